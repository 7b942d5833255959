"""Work entered by hand, and another person's yes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from steadwell.common.errors import Refusal
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person
from steadwell.timekeeping import services
from steadwell.timekeeping.models import Interval, Note, PendingEntry
from steadwell.timekeeping.services.ledger import ALREADY_AT_WORK
from steadwell.timekeeping.tests.conftest import Wall
from tests import cast

Enter = Callable[..., Interval | PendingEntry]
YESTERDAY = cast.NOW - timedelta(days=1)


@pytest.fixture
def enter(patient: Patient, bens: Membership) -> Enter:
    def entered(
        start: datetime = cast.NOW - timedelta(hours=1), minutes: float = 12, **more: Any
    ) -> Any:
        given = {
            "program": "ccm", "activity": "care_coordination", "started_at": start,
            "ended_at": start + timedelta(minutes=minutes), "reason": "On the phone in the hall",
            "done": "Spoke with the pharmacy.", "plan_item": "p1", "plan_item_label": "Diabetes",
        }  # fmt: skip
        return services.record_manual_entry(
            patient=patient, membership=bens, acting_user=bens.person, **{**given, **more}
        )

    return entered


def test_an_entry_of_today_is_in_the_ledger_at_once(enter: Enter) -> None:
    interval = enter()
    assert isinstance(interval, Interval)
    assert (interval.source, interval.reason) == ("manual", "On the phone in the hall")
    assert interval.support.get().note.done == "Spoke with the pharmacy."


@pytest.mark.parametrize(
    ("start", "waits"),
    [("2026-03-16T23:59:00-04:00", True), ("2026-03-17T00:00:00-04:00", False)],
)
def test_work_of_an_earlier_day_waits(enter: Enter, start: str, waits: bool) -> None:
    assert isinstance(enter(datetime.fromisoformat(start)), PendingEntry) is waits


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"minutes": -5}, "The end is before the start"),
        ({"minutes": 0}, "starts as it ends"),
        ({"minutes": 61}, "lies in the future"),
        ({"start": YESTERDAY, "minutes": 481}, "more than 8 hours"),
        ({"reason": " "}, "why the clock did not run"),
        ({"plan_item": ""}, "No problem or goal"),
        ({"done": ""}, "what was done"),
        ({"activity": "dancing"}, "not in the list"),
        ({"start": cast.NOW.replace(year=2019)}, "did not work in this practice yet"),
    ],
)
def test_entries_that_are_refused(enter: Enter, given: dict[str, Any], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        enter(**given)
    assert not Interval.objects.exists()
    assert not Note.objects.exists()


def test_what_is_recorded_cannot_be_entered_again(enter: Enter) -> None:
    enter()
    with pytest.raises(Refusal, match=ALREADY_AT_WORK):
        enter(minutes=5)


def test_a_running_clock_is_recorded_work(
    enter: Enter, patient: Patient, bens: Membership, wall: Wall
) -> None:
    services.open_clock(patient=patient, membership=bens, acting_user=bens.person)
    wall.tick(600)
    with pytest.raises(Refusal, match=ALREADY_AT_WORK):
        enter(cast.NOW - timedelta(minutes=5), minutes=10)
    assert isinstance(enter(cast.NOW - timedelta(minutes=10), minutes=10), Interval)


def test_a_yes_puts_it_into_the_ledger_once(enter: Enter, person: Callable[[str], Person]) -> None:
    entry = enter(YESTERDAY)
    assert isinstance(entry, PendingEntry)
    assert not Interval.objects.exists()
    for _ in range(2):
        services.approve_entry(entry=entry, acting_user=person("coco"))
    interval = Interval.objects.get()
    assert (interval.approved_by, interval.started_at) == (person("coco"), YESTERDAY)
    with pytest.raises(Refusal, match="was approved"):
        services.decline_entry(entry=entry, reason="No", acting_user=person("max"))


def test_a_no_needs_a_reason_and_counts_nothing(
    enter: Enter, person: Callable[[str], Person]
) -> None:
    entry = enter(YESTERDAY)
    assert isinstance(entry, PendingEntry)
    with pytest.raises(Refusal, match="needs a reason"):
        services.decline_entry(entry=entry, reason=" ", acting_user=person("max"))
    services.decline_entry(entry=entry, reason="She was on leave", acting_user=person("max"))
    with pytest.raises(Refusal, match="was declined"):
        services.approve_entry(entry=entry, acting_user=person("max"))
    assert not Interval.objects.exists()


@pytest.mark.parametrize(
    ("first", "may"), [("ana", True), ("max", True), ("coco", True), ("eve", False)]
)
def test_who_may_say_yes(
    enter: Enter, person: Callable[[str], Person], first: str, may: bool
) -> None:
    entry = enter(YESTERDAY)
    assert isinstance(entry, PendingEntry)
    if may:
        services.approve_entry(entry=entry, acting_user=person(first))
    else:
        with pytest.raises(Refusal, match="decides on entries"):
            services.approve_entry(entry=entry, acting_user=person(first))
    assert Interval.objects.exists() is may


def test_nobody_approves_their_own(enter: Enter, bens: Membership) -> None:
    bens.roles = ["care_manager", "practice_manager"]
    bens.save()
    entry = enter(YESTERDAY)
    assert isinstance(entry, PendingEntry)
    with pytest.raises(Refusal, match="your own entry"):
        services.approve_entry(entry=entry, acting_user=bens.person)


def test_time_that_was_taken_meanwhile_is_not_approved(
    enter: Enter, person: Callable[[str], Person]
) -> None:
    first, second = enter(YESTERDAY), enter(YESTERDAY + timedelta(minutes=6))
    assert isinstance(first, PendingEntry)
    assert isinstance(second, PendingEntry)
    services.approve_entry(entry=first, acting_user=person("max"))
    with pytest.raises(Refusal, match="already have recorded work"):
        services.approve_entry(entry=second, acting_user=person("max"))
    second.refresh_from_db()
    assert second.state == "waiting"
