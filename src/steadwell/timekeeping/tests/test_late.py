"""Signs of work that come in late: what a lost line may still say, and what it may not."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steadwell.common.clock import now
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person, Practice
from steadwell.timekeeping import services
from steadwell.timekeeping.marks import Mark, in_order, read_marks
from steadwell.timekeeping.models import EndedRun, Interval, RunningClock
from steadwell.timekeeping.tests.conftest import Wall, at_work
from tests import cast


def opened(patient: Patient, member: Membership, *marks: Mark) -> RunningClock:
    return services.open_clock(
        patient=patient, membership=member, acting_user=member.person, marks=marks
    )


def said(wall: Wall, first: int, last: int, every: int = 15) -> list[Mark]:
    return [Mark(wall.at(second)) for second in range(first, last + 1, every)]


def send(clock: RunningClock, marks: list[Mark], key: str = "") -> RunningClock | None:
    return services.beat(clock_id=clock.public_id, acting_user=clock.person, marks=marks, key=key)


def total(person: Person) -> int:
    return sum(one.seconds for one in Interval.objects.filter(person=person))


def test_work_of_a_cut_line_counts_though_the_clock_was_ended_meanwhile(
    patient: Patient, bens: Membership, elm: Practice, wall: Wall
) -> None:
    clock = opened(patient, bens)
    wall.tick(1200)
    assert services.close_stale_clocks(practice_id=elm.pk) == 1
    assert total(bens.person) == 0
    for key in ("a:1", "a:1", "a:2"):  # the network says it three times
        send(clock, said(wall, 15, 1200), key)
    late = Interval.objects.get()
    assert (late.started_at, late.ended_at, late.source) == (wall.at(0), wall.at(1200), "timer")
    assert late.evidence == ["input", "late"]
    assert late.reason == "The signs of this work came in late, after a lost connection."


def test_a_long_silence_inside_the_cut_ended_the_clock(
    patient: Patient, bens: Membership, wall: Wall
) -> None:
    clock = opened(patient, bens)
    wall.tick(3000)
    send(clock, [*said(wall, 15, 300), *said(wall, 901, 3000)])
    services.stop_clock(acting_user=bens.person)
    assert total(bens.person) == 300


def test_late_work_ends_where_the_worker_began_something_else(
    elm: Practice, patient: Patient, bens: Membership, wall: Wall
) -> None:
    clock = opened(patient, bens)
    wall.tick(300)
    opened(cast.make_patient(elm, 2), bens)  # on another computer, whose line is up
    wall.tick(300)
    send(clock, said(wall, 15, 600))
    assert total(bens.person) == 300


def test_late_work_ends_where_recorded_work_of_another_practice_begins(
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
        clock = opened(patient, bens)
        wall.tick(800)
        services.close_stale_clocks(practice_id=elm.pk)
    with at_work(oak, ben):
        opened(theirs, there)
        wall.tick(60)
        services.stop_clock(acting_user=ben)
        wall.tick(200)
        send(clock, said(wall, 15, 1060))
    with at_work(elm, ben):
        assert [one.seconds for one in Interval.objects.filter(person=ben)] == [795]


def test_a_no_is_not_taken_back_by_a_late_message(
    patient: Patient, bens: Membership, wall: Wall
) -> None:
    clock = opened(patient, bens)
    wall.tick(200)
    services.stop_clock(acting_user=bens.person, at_last_evidence=True)
    send(clock, said(wall, 15, 200))
    assert total(bens.person) == 0


@pytest.mark.parametrize(("hours", "counts"), [(4, True), (4.2, False)])
def test_what_is_under_way_for_more_than_four_hours_is_entered_by_hand(
    patient: Patient, bens: Membership, wall: Wall, hours: float, counts: bool
) -> None:
    clock = opened(patient, bens)
    wall.tick(hours * 3600)
    send(clock, said(wall, 15, 600))
    assert (total(bens.person) > 0) is counts


def test_nobody_speaks_for_another_persons_run(
    patient: Patient, bens: Membership, person: Callable[[str], Person], wall: Wall
) -> None:
    clock = opened(patient, bens)
    wall.tick(900)
    services.stop_clock(acting_user=bens.person, at_last_evidence=True, silent=True)
    services.beat(clock_id=clock.public_id, acting_user=person("ana"), marks=said(wall, 15, 900))
    assert not Interval.objects.exists()


def test_old_runs_are_forgotten(patient: Patient, bens: Membership, wall: Wall) -> None:
    opened(patient, bens)
    wall.tick(5 * 3600)
    opened(patient, bens)
    assert not EndedRun.objects.exists()


def test_a_chart_worked_on_before_the_line_came_back_counts_from_the_first_sign(
    patient: Patient, bens: Membership, wall: Wall
) -> None:
    wall.tick(400)
    clock = opened(patient, bens, *said(wall, 100, 400))
    assert (clock.started_at, clock.last_evidence_at) == (wall.at(101), wall.at(400))


def test_no_opening_reaches_into_recorded_work(
    patient: Patient, bens: Membership, wall: Wall
) -> None:
    opened(patient, bens)
    wall.tick(60)
    services.stop_clock(acting_user=bens.person)
    wall.tick(60)
    clock = opened(patient, bens, *said(wall, 0, 50))  # an old opening, delivered again
    assert (clock.started_at, clock.last_evidence_at) == (wall.at(120), wall.at(120))


def test_marks_are_read_and_put_in_order() -> None:
    moment = cast.NOW
    second = int(moment.timestamp())
    read = read_marks(f"{second + 900}i,{second - 5}d,-5i,x,,{second - 9}i,99999999999i,1²i")
    assert [(int((one.at - moment).total_seconds()), one.kind) for one in in_order(read, moment)] == [
        (-9, "input"), (-5, "dictation"), (0, "input"),
    ]  # fmt: skip


class Browser:
    """What clock.js does, with a line that comes and goes: it keeps signs of work until an answer."""

    def __init__(self, patient: Patient, member: Membership, wall: Wall) -> None:
        self.patient, self.member, self.wall = patient, member, wall
        self.run: RunningClock | None = None
        self.marks: list[Mark] = []
        self.unsent: list[tuple[RunningClock, list[Mark]]] = []

    def work(self, *, line: bool) -> None:
        if self.marks or self.run:
            self.marks.append(Mark(self.wall.now))
        elif line:
            self.open()
        else:
            self.marks.append(Mark(self.wall.now))

    def open(self) -> None:
        waiting, self.marks = self.marks, []
        self.run = opened(self.patient, self.member, *(waiting if len(waiting) > 1 else ()))

    def beat(self, *, answered: bool) -> None:
        """The message arrives; the answer may not."""
        for run, marks in self.unsent:
            send(run, marks)
        if self.run is None:
            self.open() if self.marks else None
            return
        clock = send(self.run, self.marks)
        if not answered:
            return
        self.marks, self.unsent = [], []
        self.run = clock


@pytest.mark.exhaustive
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000))
def test_no_cut_and_no_lost_answer_costs_more_than_a_heartbeat(
    seed: int, elm: Practice, patient: Patient, bens: Membership, wall: Wall
) -> None:
    """Work without a break for half an hour; the line, the readers and the server do what they like."""
    from django.db import transaction

    chance, began = Random(seed), wall.now
    with transaction.atomic():
        page, line = Browser(patient, bens, wall), True
        for second in range(0, 1800, 5):
            page.work(line=line)
            if second % 15 == 0 and line:
                page.beat(answered=chance.random() < 0.7)
            if chance.random() < 0.02:
                line = not line
            if chance.random() < 0.02:
                services.close_stale_clocks(practice_id=elm.pk)
            wall.tick(5)
        page.beat(answered=True)
        services.stop_clock(acting_user=bens.person)
        worked = (now() - began) / timedelta(seconds=1)
        assert worked - 15 <= total(bens.person) <= worked
        transaction.set_rollback(True)
    wall.now = began
