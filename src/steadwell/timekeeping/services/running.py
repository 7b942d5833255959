"""How a running clock moves: evidence, silence, and what it leaves in the ledger."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.practices.models import Person
from steadwell.timekeeping.access import counting_of
from steadwell.timekeeping.idle import READING, is_over, is_silent, next_whole_second, whole_second
from steadwell.timekeeping.marks import Mark
from steadwell.timekeeping.models import Activity, EndedRun, Evidence, Interval, RunningClock
from steadwell.timekeeping.services.ledger import add_to_ledger
from steadwell.timekeeping.services.places import in_practice

LONGEST_NUMBER = 15  # digits that every browser counts exactly


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """Which message of which browser tab. The same or an earlier one changes nothing."""

    tab: str = ""
    number: int = 0

    @classmethod
    def parse(cls, text: str) -> "Key":
        """Read tab:number; anything else is a message that is new each time."""
        tab, _, number = text.rpartition(":")
        is_key = tab and number.isdecimal() and len(number) <= LONGEST_NUMBER
        return cls(tab=tab[:40], number=int(number)) if is_key else cls()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Where one stretch of work ends and where the next begins."""

    ends: datetime
    begins: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a person says they did during a silence."""

    words: str
    activity: str = ""


def clock_as_it_stands(person: Person) -> RunningClock | None:
    """The worker's clock, though nobody may have answered for it."""
    return RunningClock.objects.filter(person=person).first()


def current_clock(person: Person) -> RunningClock | None:
    """The worker's clock; one that nobody answered for is ended first."""
    return unless_over(clock_as_it_stands(person), person)


def unless_over(clock: RunningClock | None, person: Person) -> RunningClock | None:
    if clock is None or clock.paused_at is not None or not is_over(clock, now()):
        return clock
    finish(clock, until=clock.last_evidence_at, acting_user=person, silent=True)
    return None


def is_replay(clock: RunningClock, key: Key) -> bool:
    """Whether the message was seen before; it is from now on. Tabs silent for an hour are forgotten."""
    if not key.tab:
        return False
    if clock.seen.get(key.tab, [-1])[0] >= key.number:
        return True
    at = int(now().timestamp())
    recent = {tab: heard for tab, heard in clock.seen.items() if heard[1] > at - 3600}
    clock.seen = {**recent, key.tab: [key.number, at]}
    return False


def take_evidence(clock: RunningClock, marks: Iterable[Mark]) -> None:
    """Somebody was at work at these moments, oldest first. What lies behind a longer silence than
    allowed begins anew; what lies behind the end of the clock is nothing."""
    for mark in marks:
        if mark.at <= clock.last_evidence_at or is_over(clock, mark.at):
            continue
        if is_silent(clock, mark.at):
            write(clock, until=clock.last_evidence_at)
            clock.started_at = mark.at
        announced = {READING} if clock.quiet == READING else set()
        clock.heard = sorted({*clock.heard, mark.kind, *announced})
        clock.last_evidence_at = mark.at
        clock.quiet = "" if announced else clock.quiet


def keep_silence(clock: RunningClock, at: datetime, kept: Kept) -> None:
    """The person says what they did without touching this computer: an entry of its own."""
    if at <= clock.last_evidence_at or is_over(clock, at):
        return
    begin, activity = clock.last_evidence_at, clock.activity
    write(clock, until=begin)
    clock.started_at, clock.heard = begin, [Evidence.ANSWER.value]
    clock.activity, clock.last_evidence_at = kept.activity or activity, at
    write(clock, until=at, reason=f"Without input. The person says: {kept.words}.")
    clock.started_at, clock.activity, clock.quiet = at, activity, ""


def turn(clock: RunningClock, moment: datetime) -> Turn:
    """Its person presses something, which is evidence too: the same second ends and begins, unless
    there was a silence, which belongs to neither."""
    at = max(whole_second(moment), clock.last_evidence_at)
    if clock.paused_at is not None:
        return Turn(ends=clock.started_at, begins=max(next_whole_second(moment), at))
    if is_silent(clock, at):
        begins = next_whole_second(moment)
        leave_open(clock, free_until=begins)
        return Turn(ends=clock.last_evidence_at, begins=begins)
    take_evidence(clock, [Mark(at)])
    return Turn(ends=at, begins=at)


def begin_again(clock: RunningClock, at: datetime) -> None:
    clock.public_id = uuid.uuid4()
    clock.started_at = clock.last_evidence_at = at
    clock.paused_at, clock.quiet = None, ""
    clock.save()


def finish(
    clock: RunningClock, *, until: datetime, acting_user: Person, silent: bool = False
) -> Interval | None:
    """End it. `silent`: nobody said so; work may still come in late."""
    with in_practice(clock.practice_id, acting_user):
        interval = None
        if clock.paused_at is None:
            interval = write(clock, until=until)
            if silent:
                leave_open(clock)
        clock.delete()
    return interval


def leave_open(clock: RunningClock, *, free_until: datetime | None = None) -> None:
    """Keep the run's end, for signs of work that are still under way."""
    with in_practice(clock.practice_id, clock.person):
        EndedRun.objects.get_or_create(
            practice_id=clock.practice_id, person_id=clock.person_id, run=clock.public_id,
            defaults={
                "membership_id": clock.membership_id, "patient_id": clock.patient_id,
                "program": clock.program, "activity": clock.activity, "quiet": clock.quiet,
                "limits": clock.limits, "last_evidence_at": clock.last_evidence_at,
                "free_until": free_until,
            },
        )  # fmt: skip


def write(clock: RunningClock, *, until: datetime, reason: str = "") -> Interval | None:
    """What the clock earned since it began, into the ledger. Nothing of no length."""
    until, heard = min(until, clock.last_evidence_at), clock.heard
    clock.heard = []
    if until <= clock.started_at:
        return None
    if clock.activity == Activity.PHONE_CALL:
        heard = sorted({*heard, Evidence.CALL.value})
    return keep(
        Interval(
            practice_id=clock.practice_id, patient_id=clock.patient_id,
            person_id=clock.person_id, membership_id=clock.membership_id,
            credential=counting_of(clock.membership), program=clock.program,
            activity=clock.activity, started_at=clock.started_at, ended_at=until,
            evidence=heard, source=Interval.Source.TIMER, reason=reason[:300],
            recorded_by_id=clock.person_id,
        )
    )  # fmt: skip


def keep(interval: Interval) -> Interval | None:
    """Into the ledger, and into the trail."""
    try:
        add_to_ledger(interval)
    except Refusal:  # no way of entering time leads here; a clock that cannot end would be worse
        record("time.clashed", patient_ids=[interval.patient_id])
        return None
    record(
        "time.recorded",
        subject=f"timekeeping.interval/{interval.pk}",
        patient_ids=[interval.patient_id],
    )
    return interval
