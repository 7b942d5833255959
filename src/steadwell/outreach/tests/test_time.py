"""The Time page: every second with its why, entries by hand, corrections with their history."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person
from steadwell.timekeeping.models import Interval, PendingEntry
from steadwell.timekeeping.services.ledger import ALREADY_AT_WORK, add_to_ledger
from tests import cast

SignIn = Callable[[str], Client]
ENTRY = {
    "on": "2026-03-17", "start": "09:00:00", "end": "09:12:30", "activity": "care_coordination",
    "reason": "Phone in the hall", "done": "Spoke with the pharmacy", "plan_item": "plan",
}  # fmt: skip


@pytest.fixture
def interval(patient: Patient, person: Callable[[str], Person]) -> Interval:
    ben = person("ben")
    return add_to_ledger(
        Interval(
            practice=patient.practice, patient=patient, person=ben,
            membership=Membership.objects.get(person=ben), credential="clinical_staff",
            program="ccm", activity="chart_review", started_at=cast.NOW - timedelta(minutes=30),
            ended_at=cast.NOW - timedelta(minutes=17, seconds=30), source="timer", recorded_by=ben,
        )
    )  # fmt: skip


def address(patient: Patient, more: str = "") -> str:
    return f"/patients/{patient.public_id}/time/{more}"


def enter(client: Client, patient: Patient, **fields: Any) -> Any:
    return client.post(address(patient, "enter/"), {**ENTRY, **fields})


def page(client: Client, patient: Patient, query: str = "") -> str:
    return client.get(address(patient) + query).content.decode()


def test_every_entry_says_who_as_what_when_and_how(
    patient: Patient, interval: Interval, sign_in: SignIn
) -> None:
    text = page(sign_in("coco"), patient)
    for words in ("Ben Brook, RN", "As clinical staff time", "9:30:00 to 9:42:30 AM", "12:30",
                  "750 s", "Clock", "it cannot support a claim", "<b class=\"tab\">12</b>"):  # fmt: skip
        assert words in text
    assert "No work is recorded in February" in page(sign_in("coco"), patient, "?month=2026-02")
    assert "Time in March 2026" in page(sign_in("coco"), patient, "?month=nonsense")


def test_a_missing_note_is_one_form_away(
    patient: Patient, interval: Interval, sign_in: SignIn
) -> None:
    client = sign_in("ben")
    where = address(patient, f"{interval.public_id}/support/")
    assert client.post(where, {"done": "", "plan_item": "plan"}).status_code == 422
    assert client.post(where, {"done": "Read the letter", "plan_item": "plan"}).status_code == 302
    assert "Read the letter" in page(client, patient)
    assert "it cannot support a claim" not in page(client, patient)
    ana = sign_in("ana")
    other = ana.post(where, {"done": "Me too", "plan_item": "plan"})
    assert other.status_code == 422
    assert "written by whoever did it" in other.content.decode()


def test_an_entry_by_hand(patient: Patient, sign_in: SignIn) -> None:
    client = sign_in("ben")
    assert enter(client, patient).status_code == 302
    assert Interval.objects.get().seconds == 750
    again = enter(client, patient)
    assert again.status_code == 422
    assert ALREADY_AT_WORK in again.content.decode()
    assert "Spoke with the pharmacy" in again.content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"end": "08:00"}, "The end is before the start"),
        ({"end": "11:00"}, "lies in the future"),
        ({"reason": ""}, "Say why the clock did not run"),
        ({"on": "2026-03-08", "start": "02:30"}, "The clocks change at that time"),
    ],
)
def test_entries_that_are_refused(
    fields: dict[str, str], words: str, patient: Patient, sign_in: SignIn
) -> None:
    answer = enter(sign_in("ben"), patient, **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Spoke with the pharmacy" in answer.content.decode()


def test_yesterdays_work_waits_and_is_approved_by_another(
    patient: Patient, sign_in: SignIn
) -> None:
    ben = sign_in("ben")
    assert enter(ben, patient, on="2026-03-16", start="23:50", end="00:05").status_code == 302
    entry = PendingEntry.objects.get()
    assert entry.minutes == 15
    assert "Waits for a yes" in page(ben, patient)
    assert ben.get("/time/waiting/").status_code == 403
    coco = sign_in("coco")
    assert "Spoke with the pharmacy" in coco.get("/time/waiting/").content.decode()
    no = coco.post(f"/time/waiting/{entry.public_id}/decline/", {"reason": " "})
    assert no.status_code == 422
    for _ in range(2):
        assert coco.post(f"/time/waiting/{entry.public_id}/approve/").status_code == 302
    assert Interval.objects.get().approved_by is not None
    assert "Nothing waits" in coco.get("/time/waiting/").content.decode()


def test_a_correction_shows_in_the_history(
    patient: Patient, interval: Interval, sign_in: SignIn
) -> None:
    max_ = sign_in("max")
    where = address(patient, f"{interval.public_id}/correct/")
    change = {"on": "2026-03-17", "start": "09:30:00", "end": "09:40:00", "activity": "education"}
    assert max_.post(where, {**change, "reason": ""}).status_code == 422
    longer = max_.post(where, {**change, "end": "09:50", "reason": "More"})
    assert longer.status_code == 422
    assert "never longer" in longer.content.decode()
    assert max_.post(where, {**change, "reason": "Left the desk"}).status_code == 302
    text = page(max_, patient)
    assert "Left the desk" in text
    assert "became 9:30:00 to 9:40:00 AM, education" in text
    new = Interval.objects.get(superseded_by=None)
    taken = max_.post(address(patient, f"{new.public_id}/retract/"), {"reason": "Wrong chart"})
    assert taken.status_code == 302
    assert "taken out" in page(max_, patient)


@pytest.mark.parametrize(
    ("first", "enters", "corrects"),
    [("ben", 302, 302), ("ana", 302, 422), ("max", 403, 302), ("coco", 403, 403)],
)
def test_who_may(
    first: str, enters: int, corrects: int, patient: Patient, interval: Interval, sign_in: SignIn
) -> None:
    client = sign_in(first)
    assert client.get(address(patient)).status_code == 200
    assert enter(client, patient).status_code == enters
    where = address(patient, f"{interval.public_id}/retract/")
    assert client.post(where, {"reason": "Wrong"}).status_code == corrects


def test_an_entry_of_another_chart_is_not_found(
    patient: Patient, interval: Interval, sign_in: SignIn
) -> None:
    other = cast.make_patient(patient.practice, 2)
    where = address(other, f"{interval.public_id}/retract/")
    assert sign_in("ben").post(where, {"reason": "Wrong"}).status_code == 404
