"""The claims page: who sees what, writing from it, and what is downloaded."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.claims.models import ClaimFile
from steadwell.claims.tests.approved import FEBRUARY, approved_month, close, written
from steadwell.common.tenancy import Scope, enter_scope
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice, PracticeProfile
from tests import cast

SignIn = Callable[[str], Client]
WRITE = "/claims/2026-02/write/"


@pytest.fixture
def file(elm: Practice, patient: Patient) -> ClaimFile:
    approved_month(patient, lines=[("99490", 1, "65.00"), ("99439", 1, None)])
    close(elm)
    return written(elm).new_files[0]


def events(action: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action=action))


def test_an_empty_page_says_what_to_do(elm: Practice, sign_in: SignIn) -> None:
    page = sign_in("max").get("/claims/").content.decode()
    assert "No month is closed yet." in page
    assert reverse("month_end") in page


def test_a_closed_month_waits_with_its_button(
    elm: Practice, patient: Patient, sign_in: SignIn
) -> None:
    approved_month(patient)
    close(elm)
    page = sign_in("max").get("/claims/").content.decode()
    assert "1 without a claim" in page
    assert "Write claims for February" in page
    readonly = sign_in("coco").get("/claims/").content.decode()
    assert 'aria-disabled="true"' in readonly
    assert "Practice managers write claims" in readonly


def test_writing_from_the_page(elm: Practice, patient: Patient, sign_in: SignIn) -> None:
    approved_month(patient)
    close(elm)
    answer = sign_in("max").post(WRITE)
    assert answer.status_code == 200
    assert "1 file written for February 2026" in answer.content.decode()
    file = ClaimFile.objects.get()
    assert file.written_by is not None
    (event,) = events("claims.written")
    assert (event.subject, event.patient_ids) == (f"claims.file/{file.pk}", [patient.pk])
    again = sign_in("max").post(WRITE)
    assert "Nothing new" in again.content.decode()
    assert ClaimFile.objects.count() == 1


def test_faults_are_shown_with_links_and_nothing_is_written(
    elm: Practice, patient: Patient, sign_in: SignIn
) -> None:
    PracticeProfile.objects.filter(practice=elm).update(npi="")
    Patient.objects.filter(pk=patient.pk).update(signature_on_file_on=None)
    approved_month(patient)
    close(elm)
    answer = sign_in("max").post(WRITE, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<html" not in page
    assert "No claim for February 2026 was written." in page
    assert reverse("settings_practice") in page
    assert reverse("claim_details", args=[patient.public_id]) in page
    assert not ClaimFile.objects.exists()


def test_an_open_month_is_refused_in_words(elm: Practice, sign_in: SignIn) -> None:
    answer = sign_in("max").post(WRITE)
    assert answer.status_code == 422
    assert "February 2026 is not closed" in answer.content.decode()


WHO: dict[str, tuple[int, int, int, int]] = {  # list, write, download, packet
    "max": (200, 422, 200, 200),
    "ana": (200, 403, 403, 200),
    "coco": (200, 403, 403, 200),
    "ben": (403, 403, 403, 403),
    "eve": (403, 403, 403, 403),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("first", WHO)
def test_who_may(file: ClaimFile, patient: Patient, sign_in: SignIn, first: str) -> None:
    seen, write, download, packet = WHO[first]
    client = sign_in(first)
    one = reverse("claim_file", args=[file.public_id])
    assert client.get("/claims/").status_code == seen
    assert client.get(one).status_code == seen
    assert client.post("/claims/2026-01/write/").status_code == write
    assert client.get(f"{one}download/").status_code == download
    assert client.get("/claims/2026-02/superbill.csv").status_code == download
    for kind in ("pdf", "json"):
        address = f"/patients/{patient.public_id}/billing/2026-02/packet.{kind}"
        assert client.get(address).status_code == packet


def test_another_practice_finds_nothing(
    file: ClaimFile, patient: Patient, oak: Practice, client: Client
) -> None:
    from steadwell.practices.models import Membership, Person

    enter_scope(Scope(practice_id=oak.pk))
    cy = Person.objects.get(email="cy@oak.example")
    Membership.objects.filter(person=cy).update(roles=["practice_manager"])
    client.force_login(cy, backend=settings.AUTHENTICATION_BACKENDS[0])
    one = reverse("claim_file", args=[file.public_id])
    assert client.get(one).status_code == 404
    assert client.get(f"{one}download/").status_code == 404
    packet = f"/patients/{patient.public_id}/billing/2026-02/packet.pdf"
    assert client.get(packet).status_code == 404
    assert file.name not in client.get("/claims/").content.decode()


def test_the_list_and_the_file_show_their_numbers(file: ClaimFile, sign_in: SignIn) -> None:
    page = sign_in("max").get("/claims/").content.decode()
    for text in (file.name, "$170.00", "$65.00", file.sha256[:12], "Production"):
        assert text in page
    one = sign_in("max").get(reverse("claim_file", args=[file.public_id])).content.decode()
    for text in ("2602-000001-2", "99439", "02/25/2026", "E1122, I10", file.sha256, "26"):
        assert text in one


def test_the_download_is_the_kept_bytes_and_leaves_an_event(
    file: ClaimFile, patient: Patient, sign_in: SignIn
) -> None:
    answer = sign_in("max").get(reverse("claim_file_download", args=[file.public_id]))
    assert answer.content == bytes(file.content)
    assert file.name in answer["Content-Disposition"]
    (event,) = events("claims.file_downloaded")
    assert event.patient_ids == [patient.pk]


def test_the_superbill_has_each_line_and_no_formulas(
    elm: Practice, patient: Patient, sign_in: SignIn
) -> None:
    Patient.objects.filter(pk=patient.pk).update(family_name="=HYPERLINK(1)")
    approved_month(patient, lines=[("99490", 1, "65.00"), ("99439", 2, None)])
    close(elm)
    answer = sign_in("max").get("/claims/2026-02/superbill.csv")
    head, *rows = answer.content.decode("utf-8-sig").splitlines()
    assert head.startswith("Record number,Family name")
    assert len(rows) == 2
    assert "'=HYPERLINK(1)" in rows[0]
    assert "02/25/2026,99439,2,150.00,," in rows[1]
    assert len(events("claims.superbill_downloaded")) == 1


def test_an_open_month_has_no_superbill(elm: Practice, sign_in: SignIn) -> None:
    assert sign_in("max").get("/claims/2026-02/superbill.csv").status_code == 422


def test_the_packet_is_downloaded_and_leaves_an_event(
    file: ClaimFile, patient: Patient, sign_in: SignIn
) -> None:
    address = reverse("packet", args=[patient.public_id, FEBRUARY])
    answer = sign_in("coco").get(address)
    assert answer.content.startswith(b"%PDF")
    assert len(events("packet.downloaded")) == 1
    assert sign_in("coco").get(address.replace("2026-02", "2026-01")).status_code == 404


def test_a_clinic_with_institutional_claims_is_pointed_at_the_superbill(
    elm: Practice, patient: Patient, sign_in: SignIn
) -> None:
    Practice.objects.filter(pk=elm.pk).update(kind="fqhc")
    approved_month(patient)
    close(elm)
    page = sign_in("max").get("/claims/").content.decode()
    assert "institutional claims" in page
    assert "Write claims for" not in page
    assert "superbill.csv" in page


def test_a_file_of_nine_needs_as_many_queries_as_a_file_of_one(
    elm: Practice, sign_in: SignIn
) -> None:
    approved_month(cast.make_patient(elm, 1))
    close(elm)
    (one,) = written(elm).new_files
    for number in range(2, 11):
        approved_month(cast.make_patient(elm, number))
    (nine,) = written(elm).new_files
    client = sign_in("max")
    client.get("/claims/")  # signs in
    counts = []
    for file in (one, nine):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("claim_file", args=[file.public_id]))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_whoever_reads_who_was_left_out_leaves_an_event(
    elm: Practice, patient: Patient, sign_in: SignIn
) -> None:
    other = cast.make_patient(elm, 2)
    approved_month(patient)
    approved_month(other)
    Patient.objects.filter(pk=other.pk).update(medicare_number="")
    close(elm)
    client = sign_in("max")

    assert other.name in client.post(WRITE).content.decode()
    assert other.name in client.post(WRITE).content.decode()  # now refused: nothing else is left

    seen = [event.patient_ids for event in events("claims.left_out_viewed")]
    assert seen == [[other.pk], [other.pk]]
