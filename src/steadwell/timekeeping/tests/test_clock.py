"""The clock through its services, at the edges: two minutes, ten minutes, the same second."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.patients.models import Patient
from steadwell.practices.models import CredentialRule, Membership, Person, Practice
from steadwell.timekeeping import services
from steadwell.timekeeping.marks import Mark
from steadwell.timekeeping.models import Activity, Interval, RunningClock
from steadwell.timekeeping.services import Kept
from steadwell.timekeeping.tests.conftest import Wall, at_work
from tests import cast


def spans(person: Person) -> list[tuple[datetime, datetime, str]]:
    return [
        (one.started_at, one.ended_at, one.activity)
        for one in Interval.objects.filter(person=person).order_by("started_at")
    ]


def opened(patient: Patient, member: Membership, activity: str = "chart_review") -> RunningClock:
    return services.open_clock(
        patient=patient, membership=member, acting_user=member.person, activity=activity
    )


def beat(clock: RunningClock, *ages: int, key: str = "", kept: str = "") -> RunningClock | None:
    """With signs of work so many seconds ago."""
    return services.beat(
        clock_id=clock.public_id, acting_user=clock.person, key=key,
        marks=[Mark(now() - timedelta(seconds=age)) for age in ages],
        kept=Kept(words=kept) if kept else None,
    )  # fmt: skip


def test_stopping_gives_the_time_since_opening(
    patient: Patient, bens: Membership, wall: Wall
) -> None:
    opened(patient, bens)
    wall.tick(90)
    interval = services.stop_clock(acting_user=bens.person)

    assert interval is not None
    assert (interval.started_at, interval.ended_at) == (wall.at(0), wall.at(90))
    assert (interval.credential, interval.source) == ("clinical_staff", "timer")
    assert not RunningClock.objects.exists()


def test_fractions_of_a_second_are_never_earned(
    patient: Patient, bens: Membership, wall: Wall
) -> None:
    wall.tick(0.25)
    opened(patient, bens)
    wall.tick(59.9)  # 59.9 s of work: from 1 to 60
    interval = services.stop_clock(acting_user=bens.person)
    assert interval is not None
    assert (interval.started_at, interval.ended_at) == (wall.at(1), wall.at(60))


@pytest.mark.parametrize(("silence", "earned"), [(120, 120), (121, 0)])
def test_two_minutes_of_silence_are_work_and_one_second_more_is_not(
    patient: Patient, bens: Membership, wall: Wall, silence: int, earned: int
) -> None:
    clock = opened(patient, bens)
    wall.tick(silence)
    beat(clock, 0)
    wall.tick(10)
    services.stop_clock(acting_user=bens.person)
    assert sum((e - s).total_seconds() for s, e, _ in spans(bens.person)) == earned + 10


@pytest.mark.parametrize(("silence", "earned"), [(1800, 1800), (1801, 0)])
def test_on_a_call_the_silence_may_last_thirty_minutes(
    patient: Patient, bens: Membership, wall: Wall, silence: int, earned: int
) -> None:
    opened(patient, bens, Activity.PHONE_CALL)
    wall.tick(silence)
    services.stop_clock(acting_user=bens.person)
    assert sum((e - s).total_seconds() for s, e, _ in spans(bens.person)) == earned


@pytest.mark.parametrize(("silence", "runs"), [(600, True), (601, False)])
def test_ten_minutes_without_an_answer_end_the_clock(
    patient: Patient, bens: Membership, wall: Wall, silence: int, runs: bool
) -> None:
    clock = opened(patient, bens)
    wall.tick(30)
    beat(clock, 0)
    wall.tick(silence)
    assert (beat(clock) is not None) is runs
    assert RunningClock.objects.exists() is runs
    assert spans(bens.person) == ([] if runs else [(wall.at(0), wall.at(30), "chart_review")])


def test_a_closed_laptop_is_found_by_whoever_reads(
    patient: Patient, bens: Membership, elm: Practice, wall: Wall
) -> None:
    clock = opened(patient, bens)
    wall.tick(45)
    beat(clock, 5)
    wall.tick(7200)
    assert services.close_stale_clocks(practice_id=elm.pk) == 1
    assert services.close_stale_clocks(practice_id=elm.pk) == 0
    assert spans(bens.person) == [(wall.at(0), wall.at(40), "chart_review")]


def test_a_silence_is_kept_only_with_what_was_done_as_an_entry_of_its_own(
    patient: Patient, bens: Membership, wall: Wall
) -> None:
    clock = opened(patient, bens)
    wall.tick(30)
    beat(clock, 0)
    wall.tick(300)
    services.beat(
        clock_id=clock.public_id, acting_user=bens.person,
        kept=Kept(words="reading the hospital's letter", activity="data_review"),
    )  # fmt: skip
    wall.tick(40)
    services.stop_clock(acting_user=bens.person)
    assert spans(bens.person) == [
        (wall.at(0), wall.at(30), "chart_review"),
        (wall.at(30), wall.at(330), "data_review"),
        (wall.at(330), wall.at(370), "chart_review"),
    ]
    kept = Interval.objects.get(activity="data_review")
    assert kept.reason == "Without input. The person says: reading the hospital's letter."
    assert kept.evidence == ["answer"]


def test_no_gives_the_time_up_to_the_last_evidence(
    patient: Patient, bens: Membership, wall: Wall
) -> None:
    clock = opened(patient, bens)
    wall.tick(60)
    beat(clock, 0)
    wall.tick(150)
    services.stop_clock(acting_user=bens.person, at_last_evidence=True)
    assert spans(bens.person) == [(wall.at(0), wall.at(60), "chart_review")]


def test_a_replayed_beat_changes_nothing(patient: Patient, bens: Membership, wall: Wall) -> None:
    clock = opened(patient, bens)
    wall.tick(15)
    beat(clock, 0, key="tab-a:1")
    wall.tick(15)
    beat(clock, 0, key="tab-b:1")
    wall.tick(60)
    for old in ("tab-a:1", "tab-b:1", "tab-a:0"):
        beat(clock, 0, key=old)
    assert RunningClock.objects.get().last_evidence_at == wall.at(30)


def test_a_beat_of_an_earlier_run_changes_nothing(
    patient: Patient, bens: Membership, wall: Wall
) -> None:
    first = opened(patient, bens)
    wall.tick(20)
    services.switch(patient=patient, membership=bens, acting_user=bens.person, activity="education")
    wall.tick(30)
    beat(first, 0)
    assert RunningClock.objects.get().last_evidence_at == wall.at(20)


def test_a_delayed_opening_does_not_call_the_clock_back(
    elm: Practice, patient: Patient, bens: Membership, wall: Wall
) -> None:
    other = cast.make_patient(elm, 2)
    for one, key in ((patient, "a:1"), (other, "b:1"), (patient, "a:1")):
        services.open_clock(patient=one, membership=bens, acting_user=bens.person, key=key)
        wall.tick(10)
    assert RunningClock.objects.get().patient == other


def test_after_a_lost_connection_the_evidence_counts(
    patient: Patient, bens: Membership, wall: Wall
) -> None:
    clock = opened(patient, bens)
    wall.tick(420)
    beat(clock, *range(0, 421, 15))
    services.stop_clock(acting_user=bens.person)
    assert spans(bens.person) == [(wall.at(0), wall.at(420), "chart_review")]


def test_evidence_cannot_reach_back_before_the_clock(
    patient: Patient, bens: Membership, wall: Wall
) -> None:
    clock = opened(patient, bens)
    wall.tick(10)
    beat(clock, 5000, -5000)
    assert RunningClock.objects.get().started_at == wall.at(0)
    assert RunningClock.objects.get().last_evidence_at == wall.at(10)


def test_another_chart_takes_over_in_the_same_second(
    elm: Practice, patient: Patient, bens: Membership, wall: Wall
) -> None:
    other = cast.make_patient(elm, 2)
    opened(patient, bens)
    wall.tick(61.7)
    opened(other, bens)
    wall.tick(30)
    services.stop_clock(acting_user=bens.person)
    assert [(s, e) for s, e, _ in spans(bens.person)] == [
        (wall.at(0), wall.at(61)),
        (wall.at(61), wall.at(91)),
    ]


def test_opening_the_same_chart_again_keeps_what_runs(
    patient: Patient, bens: Membership, wall: Wall
) -> None:
    first = opened(patient, bens, Activity.PHONE_CALL)
    wall.tick(30)
    again = opened(patient, bens)
    assert (again.public_id, again.activity) == (first.public_id, Activity.PHONE_CALL)
    assert spans(bens.person) == []


def test_a_pause_earns_nothing(patient: Patient, bens: Membership, wall: Wall) -> None:
    clock = opened(patient, bens)
    wall.tick(30)
    services.pause(acting_user=bens.person)
    wall.tick(3000)
    beat(clock, 0)
    services.resume(acting_user=bens.person)
    wall.tick(20)
    services.stop_clock(acting_user=bens.person)
    assert [(s, e) for s, e, _ in spans(bens.person)] == [
        (wall.at(0), wall.at(30)),
        (wall.at(3030), wall.at(3050)),
    ]


def test_a_chart_in_another_practice_ends_the_clock_here(
    elm: Practice, oak: Practice, patient: Patient, bens: Membership, wall: Wall
) -> None:
    ben = bens.person
    with at_work(oak, ben):
        theirs = cast.make_patient(oak, 9)
        there = Membership.objects.create(
            practice=oak, person=ben, roles=["care_manager"], credential="rn",
            starts_on=cast.TODAY,
        )  # fmt: skip
    with at_work(elm, ben):
        opened(patient, bens)
    wall.tick(40)
    with at_work(oak, ben):
        opened(theirs, there)
        assert spans(ben) == []  # Elm Street's ledger is not seen from Oak Lane
    wall.tick(25)
    with at_work(elm, ben):
        services.stop_clock(acting_user=ben)
        assert spans(ben) == [(wall.at(0), wall.at(40), "chart_review")]
    with at_work(oak, ben):
        assert spans(ben) == [(wall.at(40), wall.at(65), "chart_review")]


@pytest.mark.parametrize("first", ["max", "coco"])
def test_no_clock_for_those_whose_time_does_not_count(
    first: str, patient: Patient, person: Callable[[str], Person], elm: Practice, trail: object
) -> None:
    member = Membership.objects.get(practice=elm, person=person(first))
    with pytest.raises(Refusal, match="no clock runs"):
        opened(patient, member)
    CredentialRule.objects.all().delete()
    with pytest.raises(Refusal, match="does not say how your credential counts"):
        opened(patient, member)


def test_an_unknown_activity_is_refused(patient: Patient, bens: Membership, wall: Wall) -> None:
    with pytest.raises(Refusal, match="dancing is not an activity"):
        opened(patient, bens, "dancing")
