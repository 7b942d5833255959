"""How a running clock moves: evidence, silence, and what it leaves in the ledger."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.practices.models import Membership, Person
from steadwell.timekeeping.access import counting_of
from steadwell.timekeeping.idle import is_silent, is_stale, next_whole_second, whole_second
from steadwell.timekeeping.models import Interval, RunningClock
from steadwell.timekeeping.services.ledger import add_to_ledger
from steadwell.timekeeping.services.places import in_practice_of

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


def current_clock(person: Person) -> RunningClock | None:
    """The worker's clock; one that nobody answered for is ended first."""
    clock = RunningClock.objects.filter(person=person).first()
    return _unless_stale(clock, person) if clock else None


def _unless_stale(clock: RunningClock, person: Person) -> RunningClock | None:
    if not is_stale(clock, now()):
        return clock
    finish(clock, until=clock.last_evidence_at, acting_user=person)
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


def take_evidence(clock: RunningClock, at: datetime) -> None:
    """Somebody was at work at that moment. What lies behind a longer silence begins anew."""
    if at <= clock.last_evidence_at or is_stale(clock, at):
        return
    if is_silent(clock, at):
        write(clock, until=clock.last_evidence_at)
        clock.started_at = at
    clock.last_evidence_at = at


def keep_silence(clock: RunningClock, at: datetime, kept: str) -> None:
    """The person says what they did without touching this computer: that time is theirs."""
    if at <= clock.last_evidence_at or is_stale(clock, at):
        return
    zone = clock.membership.practice.zone
    begin, end = (
        one.astimezone(zone).strftime("%-I:%M %p") for one in (clock.last_evidence_at, at)
    )
    clock.kept = f"{clock.kept} Without input {begin} to {end}: {kept}.".strip()[:300]
    clock.last_evidence_at = at


def turn(clock: RunningClock, moment: datetime) -> Turn:
    """Its person presses something, which is evidence too: the same second ends and begins, unless
    there was a silence, which belongs to neither."""
    at = max(whole_second(moment), clock.last_evidence_at)
    if clock.paused_at is not None:
        return Turn(ends=clock.started_at, begins=max(next_whole_second(moment), at))
    if is_silent(clock, at):
        return Turn(ends=clock.last_evidence_at, begins=next_whole_second(moment))
    clock.last_evidence_at = at
    return Turn(ends=at, begins=at)


def last_end(membership: Membership) -> datetime:
    """Where the worker's last interval here ends: a server's clock that was set back begins there."""
    last = (
        Interval.objects.filter(
            practice_id=membership.practice_id, person_id=membership.person_id, superseded_by=None
        )
        .order_by("-started_at")
        .values_list("ended_at", flat=True)
        .first()
    )
    return last or datetime.min.replace(tzinfo=UTC)


def begin_again(clock: RunningClock, at: datetime) -> None:
    clock.public_id = uuid.uuid4()
    clock.started_at = clock.last_evidence_at = at
    clock.paused_at = None
    clock.save()


def finish(clock: RunningClock, *, until: datetime, acting_user: Person) -> Interval | None:
    with in_practice_of(clock, acting_user):
        interval = None if clock.paused_at is not None else write(clock, until=until)
        clock.delete()
    return interval


def write(clock: RunningClock, *, until: datetime) -> Interval | None:
    """What the clock earned since it began, into the ledger. Nothing of no length."""
    until = min(until, clock.last_evidence_at)
    if until <= clock.started_at:
        return None
    interval = Interval(
        practice_id=clock.practice_id, patient_id=clock.patient_id,
        person_id=clock.person_id, membership_id=clock.membership_id,
        credential=counting_of(clock.membership), program=clock.program,
        activity=clock.activity, started_at=clock.started_at, ended_at=until,
        source=Interval.Source.TIMER, reason=clock.kept, recorded_by_id=clock.person_id,
    )  # fmt: skip
    clock.kept = ""
    try:
        add_to_ledger(interval)
    except Refusal:  # no way of entering time leads here; a clock that cannot end would be worse
        record("time.clashed", patient_ids=[clock.patient_id])
        return None
    record(
        "time.recorded",
        subject=f"timekeeping.interval/{interval.pk}",
        patient_ids=[clock.patient_id],
    )
    return interval
