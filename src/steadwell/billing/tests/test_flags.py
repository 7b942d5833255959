"""What to look at before approving: each flag on both sides of its boundary, and none that blocks."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from steadwell.billing.facts import read_setting
from steadwell.billing.flags import Recorded, Work, flags_of, likeness, plain, repeats
from steadwell.billing.models import MonthApproval
from steadwell.billing.selectors import flags_in
from steadwell.billing.tests.acts import PAGE, post_approve_all
from steadwell.billing.tests.golden import (
    FEBRUARY,
    SIGNED_AT,
    Golden,
    make_golden,
    record_work,
    slot,
    write,
)
from steadwell.careplans.models import PlanVersion
from steadwell.practices.models import Practice

SignIn = Callable[[str], Client]
START = datetime(2026, 2, 3, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def work(minutes: float = 7, *, late: timedelta = timedelta(), **fields: Any) -> Work:
    end = START + timedelta(minutes=minutes)
    standard = {"activity": "phone_call", "is_manual": False}
    return Work(started_at=START, ended_at=end, recorded_at=end + late, **{**standard, **fields})


def told(**fields: Any) -> set[str]:
    standard: dict[str, Any] = {"minutes": 33, "work": [work()]}
    return {flag.identifier for flag in flags_of(Recorded(**{**standard, **fields}))}


LONG = "Asked about dizziness on standing, reviewed the glucose log and agreed on smaller meals."
NEARLY = f"{LONG} Again."
OTHER = (
    "Daughter reports a fall in the bathroom; referred to physical therapy, rails ordered today."
)


@pytest.mark.parametrize(
    ("fields", "flag", "is_told"),
    [
        ({"minutes": 19}, "just_past_threshold", False),
        ({"minutes": 20}, "just_past_threshold", True),
        ({"minutes": 21}, "just_past_threshold", True),
        ({"minutes": 22}, "just_past_threshold", False),
        ({"minutes": 61}, "just_past_threshold", True),
        ({"work": [work(10)] * 3}, "round_numbers", True),
        ({"work": [work(10)] * 2}, "round_numbers", False),
        ({"work": [work(10), work(10), work(10.1)]}, "round_numbers", False),
        ({"work": [work(activity="chart_review")]}, "no_contact", True),
        ({"work": [work(activity="chart_review"), work()]}, "no_contact", False),
        ({"work": [work(5, is_manual=True), work(5)]}, "mostly_manual", True),
        ({"work": [work(4.9, is_manual=True), work(5)]}, "mostly_manual", False),
        ({"work": [work(late=3 * DAY)]}, "late_entries", False),
        ({"work": [work(late=3 * DAY + timedelta(seconds=1))]}, "late_entries", True),
        ({"signed_after": timedelta(seconds=19)}, "signed_unread", True),
        ({"signed_after": timedelta(seconds=20)}, "signed_unread", False),
        ({"shared_notes": 1}, "note_shared", True),
        ({"is_risk_shared": True}, "risk_shared", True),
        ({"is_plan_shared": True}, "plan_shared", True),
        ({"notes": [NEARLY], "earlier_notes": [LONG]}, "note_repeats", True),
        ({"notes": [OTHER], "earlier_notes": [LONG]}, "note_repeats", False),
    ],
)
def test_a_flag_stands_on_its_side_of_the_boundary(
    fields: dict[str, Any], flag: str, is_told: bool
) -> None:
    assert (flag in told(**fields)) is is_told


def test_a_month_in_order_is_told_nothing_of() -> None:
    assert told() == set()


def test_words_are_compared_whoever_typed_them() -> None:
    assert plain("Asked—about  DIZZINESS!") == "asked about dizziness"
    assert likeness("one two three four", "One, two; three: four.") == 1
    assert likeness("one two three", "four five six") == 0
    assert not repeats(["Called."], ["Called."])  # says nothing, and means nothing by it


def found(golden: Golden, minutes: int = 33) -> set[str]:
    setting = read_setting(golden.practice, FEBRUARY)
    (flags,) = flags_in(setting, {golden.patient.pk: minutes}).values()
    return {flag.identifier for flag in flags}


def test_the_same_note_at_two_patients_is_told_of_both(elm: Practice) -> None:
    first, second = make_golden(elm, 1), make_golden(elm, 2)
    write(first, first.doctor, slot(1), done=LONG)
    assert "note_shared" in found(first)  # what the golden patients' calls all say
    lone = make_golden(elm, 3, minutes=())
    write(lone, lone.doctor, slot(3), done=OTHER)
    assert "note_shared" not in found(lone)
    write(second, second.doctor, slot(2), done=OTHER.upper())
    assert "note_shared" in found(lone)


def test_statements_and_plans_that_are_alike_are_told(elm: Practice) -> None:
    first = make_golden(elm, 1)
    assert not {"risk_shared", "plan_shared"} & found(first)
    make_golden(elm, 2)
    assert {"risk_shared", "plan_shared"} <= found(first)


def test_plans_signed_faster_than_anybody_reads_are_told(elm: Practice) -> None:
    first, second = make_golden(elm, 1), make_golden(elm, 2, without=["plan", "copy"])
    PlanVersion.objects.create(
        practice=elm, patient=second.patient, number=1, content={}, started_at=SIGNED_AT,
        started_by=second.doctor, changed_at=SIGNED_AT, changed_by=second.doctor,
        signed_at=SIGNED_AT + timedelta(seconds=4), signed_by=second.doctor,
        practitioner=second.practitioner, digest="b" * 64,
    )  # fmt: skip
    assert "signed_unread" not in found(first)
    assert "signed_unread" in found(second)


def test_entries_by_hand_and_late_are_told(elm: Practice) -> None:
    golden = make_golden(elm)
    assert not {"mostly_manual", "late_entries"} & found(golden)
    hand = make_golden(elm, 2, minutes=())
    record_work(
        hand, slot(2), slot(2) + timedelta(minutes=20),
        source="manual", recorded_at=slot(2) + timedelta(days=4),
    )  # fmt: skip
    assert {"mostly_manual", "late_entries"} <= found(hand)


def test_flags_stand_in_the_row_and_stop_nothing(elm: Practice, sign_in: SignIn) -> None:
    make_golden(elm)
    client = sign_in("ana")
    page = client.get(PAGE).content.decode()
    assert "the month ends just past the threshold of 20" in page
    assert re.search(r"<summary[^>]*>.* Look at 1 thing<span", page)
    assert post_approve_all(client).status_code == 302
    assert MonthApproval.objects.count() == 1


def test_flags_stand_before_the_button_of_one_month(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm)
    address = f"/patients/{golden.patient.public_id}/billing/?month=2026-02"
    page = sign_in("ana").get(address).content.decode()
    assert "Look at this before you approve" in page
    assert page.index("just past the threshold") < page.index("writing-sign")


def test_flags_of_many_take_as_many_queries_as_of_one(elm: Practice) -> None:
    setting = read_setting(elm, FEBRUARY)

    def queries(*goldens: Golden) -> int:
        with CaptureQueriesContext(connection) as captured:
            flags_in(setting, {golden.patient.pk: 20 for golden in goldens})
        return len(captured)

    first = make_golden(elm, 1)
    one = queries(first)
    assert queries(first, *(make_golden(elm, number) for number in range(2, 8))) == one
