"""Today: the written order, the filters, the roles, and a query count that does not grow."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from steadwell.audit.services import audit_trail
from steadwell.enrollment.models import (
    Consent,
    ConsentRevocation,
    DesignatedContact,
    ProgramEnrollment,
)
from steadwell.outreach.models import SavedView, StaleMark, Standing
from steadwell.outreach.services import rebuild_standings
from steadwell.patients.models import Encounter, Patient
from steadwell.practices.models import Membership, Person, Practice, Practitioner
from steadwell.timekeeping import services
from tests import cast

SignIn = Callable[[str], Client]
TODAY = cast.TODAY


def enroll(patient: Patient, ben: Person, *, revoked_on: date | None = None) -> None:
    common = {
        "practice": patient.practice, "patient": patient, "program": "ccm",
        "practitioner": Practitioner.objects.get(practice=patient.practice),
    }  # fmt: skip
    enrollment = ProgramEnrollment.objects.create(**common, starts_on=date(2026, 1, 5))
    consent = Consent.objects.create(
        **common, enrollment=enrollment, form="verbal", given_at=datetime.fromisoformat("2026-01-05T15:00Z"),
        given_by="the patient", covers=[], wording_version="1", wording="x", language="en",
        obtained_by=ben, recorded_at=cast.NOW,
    )  # fmt: skip
    if revoked_on:
        ConsentRevocation.objects.create(
            practice=patient.practice, consent=consent, patient=patient, revoked_on=revoked_on,
            recorded_by=ben, recorded_at=cast.NOW,
        )  # fmt: skip


def text(client: Client, query: str = "") -> str:
    return client.get(f"/{query}").content.decode()


def test_the_page_says_why_and_what_to_do(
    patient: Patient, sign_in: SignIn, person: Callable[[str], Person]
) -> None:
    enroll(patient, person("ben"), revoked_on=date(2026, 2, 3))
    other = cast.make_patient(patient.practice, 2)
    enroll(other, person("ben"), revoked_on=date(2026, 3, 2))  # holds to the end of March
    with audit_trail(practice_id=patient.practice_id):
        services.write_note(
            patient=other, acting_user=person("ben"), kind="call", done="Spoke.",
            occurred_at=cast.NOW - timedelta(days=9), next_step="ask about the walker",
            next_on=TODAY, disposition="reached",
        )  # fmt: skip
    page = text(sign_in("ben"))
    assert "Start with Paula2 Testa" in page  # promised and due, before a consent that is missing
    assert "Nobody has spoken with them in the" in page
    assert "Promised: ask about the walker." in page
    assert "$" not in page
    assert 'type="search" value="who=' not in page  # the search box is not the list's address
    assert "1 to 2 of 2" in text(sign_in("ben"), "?show=consent")  # one has none, one ends
    assert "1 to 1 of 1" in text(sign_in("ben"), "?show=promised")


def test_a_promise_is_kept_by_the_next_contact_not_by_a_voicemail(
    patient: Patient, sign_in: SignIn, person: Callable[[str], Person]
) -> None:
    enroll(patient, person("ben"))

    def call(days: int, disposition: str, **more: object) -> None:
        with audit_trail(practice_id=patient.practice_id):
            services.write_note(
                patient=patient, acting_user=person("ben"), kind="call", done=f"{days}",
                occurred_at=cast.NOW - timedelta(days=days), disposition=disposition, **more,  # type: ignore[arg-type]
            )  # fmt: skip

    call(9, "reached", next_step="ask about the walker", next_on=date(2026, 3, 10))
    call(3, "voicemail")
    assert "ask about the walker" in text(sign_in("ben"))
    call(1, "reached")
    assert "ask about the walker" not in text(sign_in("ben"))


def test_the_number_of_queries_does_not_grow(
    elm: Practice, sign_in: SignIn, person: Callable[[str], Person]
) -> None:
    client = sign_in("ben")

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/").status_code == 200
        return len(queries)

    enroll(cast.make_patient(elm, 100), person("ben"))
    text(client)
    one = count()
    for number in range(30):
        enroll(cast.make_patient(elm, number), person("ben"))
    text(client)  # what changed is read once, by whoever looks first
    assert count() == one <= 32
    assert "1 to 25 of 31" in text(client)
    assert "26 to 31 of 31" in text(client, "?page=2")


@pytest.mark.parametrize(
    ("first", "has", "has_not"),
    [
        ("ben", "Worklist", "Plans to sign"),
        ("ana", "Plans to sign", "Ready to be asked"),
        ("eve", "Ready to be asked", "Worklist"),
        ("max", "Time that waits for a yes", "Plans to sign"),
        ("coco", "Worklist", "Ready to be asked"),
    ],
)
def test_each_role_sees_its_own(
    first: str, has: str, has_not: str, elm: Practice, sign_in: SignIn
) -> None:
    page = text(sign_in(first))
    assert has in page
    assert has_not not in page


@pytest.mark.parametrize(
    "query", ["?show=x", "?risk=x", "?within=x", "?sort=x", "?page=x", "?who=x", "?page=999"]
)
def test_addresses_that_make_no_sense_show_the_list(
    query: str, patient: Patient, sign_in: SignIn
) -> None:
    assert sign_in("ben").get(f"/{query}").status_code == 200


def test_nobody_of_another_practice(
    oak: Practice, patient: Patient, client: Client, person: Callable[[str], Person]
) -> None:
    enroll(patient, person("ben"))
    cy = Person.objects.get(email="cy@oak.example")
    client.force_login(cy, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Nobody is enrolled yet" in text(client)


def test_a_change_is_seen_at_once_and_a_rebuild_changes_nothing(
    patient: Patient, sign_in: SignIn, person: Callable[[str], Person]
) -> None:
    enroll(patient, person("ben"))
    client = sign_in("ben")
    assert "Nobody has spoken with them" in text(client)
    with audit_trail(practice_id=patient.practice_id):
        services.write_note(
            patient=patient, acting_user=person("ben"), kind="call", done="Spoke.",
            occurred_at=cast.NOW - timedelta(days=2), next_step="ask about the walker",
            next_on=TODAY, disposition="reached",
        )  # fmt: skip
    assert "Promised: ask about the walker." in text(client)
    before = list(Standing.objects.values_list("patient_id", "place", "facts", "holds_until"))
    assert StaleMark.objects.filter(due_at=None).count() == 0
    assert rebuild_standings(patient.practice) == 1
    assert before == list(
        Standing.objects.values_list("patient_id", "place", "facts", "holds_until")
    )


def test_filters_narrow_and_stay_in_the_address(
    patient: Patient, sign_in: SignIn, person: Callable[[str], Person]
) -> None:
    enroll(patient, person("ben"))
    Encounter.objects.create(
        practice=patient.practice, patient=patient, source_key="Encounter/9", digest="0" * 64,
        received_at=cast.NOW, class_code="IMP", status="finished",
        starts_at=cast.NOW - timedelta(days=9), ends_at=cast.NOW - timedelta(days=3),
    )  # fmt: skip
    other = cast.make_patient(patient.practice, 2)
    enroll(other, person("ben"))
    client = sign_in("ben")
    page = text(client, "?risk=high&sort=name")
    assert "Home from the hospital since March 14." in page
    assert "1 to 1 of 1" in page
    assert "?who=all&amp;show=all&amp;risk=high&amp;sort=name" in page
    assert "1 to 2 of 2" in text(client, "?within=20")
    assert "Nobody is like that." in text(client, "?within=10")


def test_whose_patients(patient: Patient, sign_in: SignIn, person: Callable[[str], Person]) -> None:
    enroll(patient, person("ben"))
    enroll(cast.make_patient(patient.practice, 2), person("ben"))
    DesignatedContact.objects.create(
        practice=patient.practice, patient=patient, person=person("ben"), starts_on=TODAY
    )
    assert "1 to 1 of 1" in text(sign_in("ben"))
    assert "1 to 2 of 2" in text(sign_in("ben"), "?who=all")
    ben = Membership.objects.get(person=person("ben"))
    assert "1 to 1 of 1" in text(sign_in("ana"), f"?who={ben.public_id}")
    assert "1 to 2 of 2" in text(sign_in("ana"))


def test_views_are_kept_and_removed_by_their_own_person(patient: Patient, sign_in: SignIn) -> None:
    ben = sign_in("ben")
    answer = ben.post("/views/save/", {"name": "Risky", "query": "risk=high&evil=1&sort=name"})
    assert answer["Location"] == "/?risk=high&sort=name"
    view = SavedView.objects.get()
    assert f"/?{view.query}".replace("&", "&amp;") in text(ben)
    assert ben.post("/views/save/", {"name": " ", "query": ""}).status_code == 422
    long = ben.post("/views/save/", {"name": "x" * 41, "query": ""})
    assert long.status_code == 422
    assert "x" * 41 in long.content.decode()
    assert ben.post(f"/views/{view.public_id}/remove/").status_code == 302
    assert not SavedView.objects.exists()
    for number in range(12):
        assert ben.post("/views/save/", {"name": f"v{number}"}).status_code == 302
    assert ben.post("/views/save/", {"name": "one more"}).status_code == 422
    assert ben.post("/views/save/", {"name": "v1"}).status_code == 302
    other = SavedView.objects.first()
    assert other is not None
    assert sign_in("ana").post(f"/views/{other.public_id}/remove/").status_code == 404


@pytest.mark.parametrize("query", ["", "?show=all", "?show=short&sort=minutes"])
@pytest.mark.parametrize("path", ["/", "/forecast/"])
def test_whoever_has_time_that_counts_sees_no_dollars(
    path: str, query: str, patient: Patient, sign_in: SignIn, person: Callable[[str], Person]
) -> None:
    enroll(patient, person("ben"))
    page = sign_in("ben").get(f"{path}{query}").content.decode()
    assert "Paula1 Testa" in page
    assert "$" not in page
    assert not any(code in page for code in ("99490", "99439"))


def test_the_forecast_names_the_purpose_and_judges_itself(
    patient: Patient, sign_in: SignIn, person: Callable[[str], Person]
) -> None:
    enroll(patient, person("ben"))
    page = sign_in("ben").get("/forecast/").content.decode()
    assert "Make the care plan with them" in page
    assert "20 minutes short" in page
    assert "No full month lies behind us yet" in page
    assert "How March will end" in text(sign_in("ben"))
