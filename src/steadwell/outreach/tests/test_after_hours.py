"""Who answers at night, gaps as an alarm, and the record of who called."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from steadwell.audit.services import Trail
from steadwell.common.errors import Refusal
from steadwell.outreach import services
from steadwell.outreach.models import OnCallShift, UrgentContact
from steadwell.outreach.selectors.after_hours import AHEAD, Gap, gaps_of, tonight_of
from steadwell.outreach.tests.conftest import later
from steadwell.outreach.tests.test_calls import at
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from tests import cast

SignIn = Callable[[str], Client]
HOUR = timedelta(hours=1)
SHIFT = {"name": "Dee", "phone": "7405550111", "from_on": "2026-03-17", "from_at": "17:00",
         "to_on": "2026-03-18", "to_at": "08:00"}  # fmt: skip
URGENT = {"called_on": "2026-03-16", "called_at": "23:10", "caller": "Her daughter",
          "answered_by": "Dee", "about": "Dizzy", "outcome": "Sent to the emergency room"}  # fmt: skip


def shift(
    elm: Practice, person: Any, begins: datetime, ends: datetime, name: str = "Dee"
) -> OnCallShift:
    return services.add_shift(
        practice=elm, name=name, phone="7405550111", starts_at=begins, ends_at=ends,
        acting_user=person("max"),
    )  # fmt: skip


def test_an_empty_schedule_is_one_gap_of_two_weeks(elm: Practice) -> None:
    assert gaps_of(elm) == [Gap(begins=cast.NOW, ends=cast.NOW + AHEAD)]


def test_gaps_are_what_the_shifts_leave_open(elm: Practice, person: Any, trail: Trail) -> None:
    now, end = cast.NOW, cast.NOW + AHEAD
    shift(elm, person, now - HOUR, now + 10 * HOUR)
    shift(elm, person, now + 5 * HOUR, now + 9 * HOUR)  # inside the first
    shift(elm, person, now + 12 * HOUR, end)
    assert gaps_of(elm) == [Gap(begins=now + 10 * HOUR, ends=now + 12 * HOUR)]
    services.remove_shift(
        shift=shift(elm, person, now + 10 * HOUR, now + 12 * HOUR), acting_user=person("max")
    )
    assert len(gaps_of(elm)) == 1
    shift(elm, person, now + 10 * HOUR, now + 12 * HOUR)
    assert gaps_of(elm) == []


def test_who_answers_now_stands_on_every_chart(
    elm: Practice, patient: Patient, person: Any, sign_in: SignIn, trail: Trail
) -> None:
    client = sign_in("ben")
    page = client.get(at(patient, "")).content.decode()
    assert "nobody is named for now; the practice says: On-call nurse" in page
    shift(elm, person, cast.NOW - HOUR, cast.NOW + HOUR)
    for page in ("", "call/", "plan/", "time/"):
        text = client.get(at(patient, page)).content.decode()
        assert "At any hour (740) 555-0199" in text
        assert "now Dee, (740) 555-0111, until Tue 11:00 AM" in text
    with later(cast.NOW + HOUR):
        assert tonight_of(elm).shift is None


def test_a_manager_fills_the_schedule_and_the_set_up_says_what_is_open(sign_in: SignIn) -> None:
    client = sign_in("max")
    assert "Nobody is named to answer" in client.get("/settings/").content.decode()
    assert client.post("/settings/on-call/", SHIFT).status_code == 302
    row = OnCallShift.objects.get()
    assert (row.ends_at - row.starts_at) == 15 * HOUR
    assert "Dee" in client.get("/settings/on-call/").content.decode()
    assert client.post(f"/settings/on-call/{row.public_id}/remove/").status_code == 302
    assert "Dee" not in client.get("/settings/on-call/").content.decode()
    assert sign_in("ana").post("/settings/on-call/", SHIFT).status_code == 403


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " "}, "This field is required"),
        ({"to_on": "2026-03-17"}, "The end is not after the start"),
        ({"from_on": "2026-03-15", "to_on": "2026-03-16"}, "over already"),
        ({"to_on": "2026-05-17"}, "more than a month"),
    ],
)
def test_shifts_that_cannot_be(fields: dict[str, str], words: str, sign_in: SignIn) -> None:
    page = sign_in("max").post("/settings/on-call/", {**SHIFT, **fields})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not OnCallShift.objects.exists()


def test_an_urgent_call_is_recorded(patient: Patient, sign_in: SignIn) -> None:
    client = sign_in("ben")
    assert client.post(at(patient, "after-hours/"), URGENT).status_code == 302
    page = client.get(at(patient, "after-hours/")).content.decode()
    assert "Her daughter called, Dee answered" in page
    assert "03/16/2026 11:10 PM" in page
    assert sign_in("max").post(at(patient, "after-hours/"), URGENT).status_code == 403


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"outcome": " "}, "Say what came of it."),
        ({"caller": "", "about": ""}, "Say who called, what it was about."),
        ({"called_on": "2026-03-17", "called_at": "10:01"}, "lies ahead"),
    ],
)
def test_urgent_calls_that_cannot_be(
    fields: dict[str, str], words: str, patient: Patient, sign_in: SignIn
) -> None:
    page = sign_in("ben").post(at(patient, "after-hours/"), {**URGENT, **fields})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not UrgentContact.objects.exists()


def test_nobody_answers_without_a_name(elm: Practice, person: Any, trail: Trail) -> None:
    with pytest.raises(Refusal, match="Say who answers"):
        shift(elm, person, cast.NOW, cast.NOW + HOUR, name=" ")
