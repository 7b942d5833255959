"""Legal holds: set and lifted with a reason, said to those who are told, and what they refuse."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.common.errors import Refusal
from steadwell.common.tenancy import Scope, enter_scope
from steadwell.patients.models import (
    HouseholdMember,
    LegalHold,
    LegalHoldLift,
    Observation,
    Patient,
    SamePersonAnswer,
)
from steadwell.patients.services import (
    leave_household,
    lift_hold,
    link_household,
    say_same_person,
    set_hold,
)
from steadwell.patients.tests.exports import Import, ndjson, pressure
from steadwell.patients.tests.exports import person as someone
from steadwell.practices.models import Person, Practice
from tests import cast

SignIn = Callable[[str], Client]
People = Callable[[str], Person]
LETTER = "Letter of Roe & Lee, 03/02/2026"


@pytest.fixture
def hold(patient: Patient, person: People, trail: object) -> LegalHold:
    return set_hold(patient=patient, reason=LETTER, acting_user=person("coco"))


def record_of(patient: Patient) -> str:
    return reverse("chart_record", args=[patient.public_id])


@pytest.mark.parametrize("name", ["coco", "max"])
def test_a_hold_is_set_and_lifted_with_reasons_and_stays_in_the_history(
    patient: Patient, sign_in: SignIn, name: str
) -> None:
    client = sign_in(name)
    assert "None. Set one when" in client.get(record_of(patient)).content.decode()
    client.post(reverse("chart_hold", args=[patient.public_id]), {"reason": f" {LETTER} "})
    hold = LegalHold.objects.get()
    assert hold.reason == LETTER
    listed = client.get(reverse("patients_holds")).content.decode()
    assert patient.list_name in listed
    assert "Roe &amp; Lee" in listed
    lift = reverse("chart_hold_lift", args=[patient.public_id, hold.public_id])
    assert client.post(lift, {"reason": "Settled, says counsel"}).status_code == 302
    page = client.get(record_of(patient)).content.decode()
    assert "Settled, says counsel" in page
    assert "Legal hold since" not in page
    assert "No record is held" in client.get(reverse("patients_holds")).content.decode()
    again = client.post(lift, {"reason": "Once more"})
    assert again.status_code == 422
    assert "lifted already" in again.content.decode()
    for action in ("patient.hold_set", "patient.hold_lifted"):
        event = AuditEvent.objects.get(action=action)
        assert event.patient_ids == [patient.pk]
        assert "Roe" not in event.reason


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_set_or_lifted(
    patient: Patient, hold: LegalHold, sign_in: SignIn, reason: str
) -> None:
    client = sign_in("coco")
    for page in (
        reverse("chart_hold", args=[patient.public_id]),
        reverse("chart_hold_lift", args=[patient.public_id, hold.public_id]),
    ):
        answer = client.post(page, {"reason": reason})
        assert answer.status_code == 422
        assert "No reason is given" in answer.content.decode()
    assert LegalHold.objects.count() == 1
    assert not LegalHoldLift.objects.exists()


@pytest.mark.parametrize(("length", "status"), [(500, 302), (501, 422)])
def test_a_reason_has_500_characters_at_most(
    patient: Patient, sign_in: SignIn, length: int, status: int
) -> None:
    page = reverse("chart_hold", args=[patient.public_id])
    assert sign_in("coco").post(page, {"reason": "x" * length}).status_code == status


def test_each_matter_is_a_hold_of_its_own(
    patient: Patient, hold: LegalHold, person: People
) -> None:
    acting = {"acting_user": person("max")}
    other = set_hold(patient=patient, reason="Subpoena of 04/01/2026", **acting)
    assert set_hold(patient=patient, reason=LETTER, **acting) == hold
    lift_hold(hold=hold, reason="Settled", **acting)
    assert LegalHold.objects.filter(lifts=None).get() == other


@pytest.mark.parametrize(
    ("name", "is_told"),
    [("coco", True), ("max", True), ("ana", True), ("ben", False), ("eve", False)],
)
def test_the_banner_tells_those_who_need_to_know(
    patient: Patient, hold: LegalHold, sign_in: SignIn, name: str, *, is_told: bool
) -> None:
    client = sign_in(name)
    for page in ("chart", "chart_record"):
        answer = client.get(reverse(page, args=[patient.public_id])).content.decode()
        assert ("Legal hold since" in answer) is is_told
    record = client.get(record_of(patient)).content.decode()
    assert ("Roe &amp; Lee" in record) is is_told
    assert ("Set a hold" in record) is (name in {"coco", "max"})


def test_the_banner_takes_one_query_and_none_for_others(patient: Patient, sign_in: SignIn) -> None:
    for name, most in (("coco", 1), ("ben", 0)):
        client = sign_in(name)
        page = reverse("chart", args=[patient.public_id])
        client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(page)
        assert sum("patients_legalhold" in one["sql"] for one in seen) == most


def test_charts_are_not_joined_while_one_is_held(
    elm: Practice, patient: Patient, hold: LegalHold, person: People
) -> None:
    both: dict[str, Any] = {
        "first": patient, "second": cast.make_patient(elm, 2), "acting_user": person("ben")
    }  # fmt: skip
    for held in (hold, set_hold(patient=both["second"], reason="B", acting_user=person("max"))):
        with pytest.raises(Refusal, match="a legal hold stands"):
            say_same_person(**both, is_same=True)
        lift_hold(hold=held, reason="Settled", acting_user=person("max"))
    assert not SamePersonAnswer.objects.exists()
    assert say_same_person(**both, is_same=True).is_same


def test_that_charts_are_two_may_be_said(
    elm: Practice, patient: Patient, hold: LegalHold, person: People
) -> None:
    other = cast.make_patient(elm, 2)
    said = say_same_person(first=patient, second=other, is_same=False, acting_user=person("ben"))
    assert not said.is_same


def test_a_household_is_not_unlinked_where_a_held_place_would_go(
    elm: Practice, patient: Patient, hold: LegalHold, person: People
) -> None:
    acting = {"acting_user": person("ben")}
    other, third = (cast.make_patient(elm, n, record_number=f"H-{n}") for n in (2, 3))
    link_household(patient=patient, record_number="H-2", **acting)
    for one in (patient, other):
        with pytest.raises(Refusal, match="a legal hold stands"):
            leave_household(patient=one, **acting)
    assert HouseholdMember.objects.count() == 2
    link_household(patient=patient, record_number="H-3", **acting)
    assert leave_household(patient=third, **acting)
    assert HouseholdMember.objects.filter(patient=patient).exists()


def test_an_import_removes_no_part_of_a_held_result(
    elm: Practice, bring_in: Import, tmp_path: Path, person: People, trail: object
) -> None:
    path = tmp_path / "a.ndjson"
    bring_in(ndjson(path, someone(), pressure("o", 128, 74, 60)))
    set_hold(patient=Patient.objects.get(), reason=LETTER, acting_user=person("coco"))
    bring_in(ndjson(path, someone(), pressure("o", 128, 70)))
    last = Observation.objects.get(source_key="Observation/o#2")
    assert last.quantity == 60
    assert last.status == "entered-in-error"
    bring_in(ndjson(path, someone(), pressure("o", 128, 70, 60)))
    last.refresh_from_db()
    assert last.status != "entered-in-error"


def test_another_practices_hold_is_not_there(
    elm: Practice, oak: Practice, patient: Patient, hold: LegalHold, sign_in: SignIn
) -> None:
    enter_scope(Scope(practice_id=oak.pk))
    theirs = cast.make_patient(oak, 5)
    assert not LegalHold.objects.exists()
    enter_scope(Scope(practice_id=elm.pk))
    client, own = sign_in("coco"), cast.make_patient(elm, 6)
    sent = {"reason": "Mine"}
    for whose in (theirs, own):
        page = reverse("chart_hold_lift", args=[whose.public_id, hold.public_id])
        assert client.post(page, sent).status_code == 404
    assert client.post(reverse("chart_hold", args=[theirs.public_id]), sent).status_code == 404


def test_the_tables_keep_their_rows(hold: LegalHold, person: People) -> None:
    lift = lift_hold(hold=hold, reason="Settled", acting_user=person("max"))
    for row in (hold, lift):
        for act in (
            row.delete,
            lambda row=row: type(row).objects.filter(pk=row.pk).update(reason="Other"),
        ):
            with (
                pytest.raises(Exception, match=r"permission denied|append-only|protected"),
                transaction.atomic(),
            ):
                act()
    with pytest.raises(IntegrityError, match="patients_legalhold_once"), transaction.atomic():
        LegalHoldLift.objects.create(
            practice=hold.practice, hold=hold, reason="Again", lifted_at=cast.NOW,
            lifted_by=person("max"),
        )  # fmt: skip
