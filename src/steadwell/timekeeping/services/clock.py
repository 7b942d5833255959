"""The clock. The server's time decides; the browser says only that somebody is at work.

One worker has one clock, whatever the tabs, charts and practices: opening a chart ends the clock
on another in the same second. A clock earns up to its last evidence of work. Silence up to two
minutes (thirty on a call) is work; what is longer is kept only when the person says what they did.
After eight more minutes the clock ends at its last evidence, whoever looks next.
"""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.enrollment.models import PROGRAMS
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person
from steadwell.timekeeping.access import require_clock
from steadwell.timekeeping.idle import idle_limit, is_stale, next_whole_second, whole_second
from steadwell.timekeeping.models import Activity, Interval, RunningClock
from steadwell.timekeeping.services.places import in_practice_of, one_at_a_time
from steadwell.timekeeping.services.running import (
    Key,
    begin_again,
    current_clock,
    finish,
    is_replay,
    keep_silence,
    last_end,
    take_evidence,
    turn,
    write,
)


def open_clock(
    *,
    patient: Patient,
    membership: Membership,
    acting_user: Person,
    activity: str = Activity.CHART_REVIEW,
    program: str = "ccm",
    key: str = "",
) -> RunningClock:
    """Run the clock on this chart. Where it runs here already it goes on as it is.

    Raises:
        Refusal: no clock runs for the person's credential.
    """
    require_clock(membership)
    _check(program, activity)
    with one_at_a_time(acting_user):
        clock, moment = current_clock(acting_user), now()
        if clock is not None and is_replay(clock, Key.parse(key)):
            return clock
        if clock is not None and clock.patient_id == patient.pk and clock.paused_at is None:
            take_evidence(clock, whole_second(moment))
            clock.save()
            return clock
        begins = next_whole_second(moment)
        if clock is not None:
            at = turn(clock, moment)
            begins = at.begins
            finish(clock, until=at.ends, acting_user=acting_user)
        begins = max(begins, last_end(membership))
        new = RunningClock(
            practice_id=membership.practice_id, person=acting_user, membership=membership,
            patient=patient, program=program, activity=activity,
            started_at=begins, last_evidence_at=begins, seen=clock.seen if clock else {},
        )  # fmt: skip
        is_replay(new, Key.parse(key))
        new.save()
        record("clock.opened", subject=f"timekeeping.clock/{new.pk}", patient_ids=[patient.pk])
        return new


def beat(
    *,
    clock_id: uuid.UUID,
    acting_user: Person,
    key: str = "",
    ages: Sequence[int] = (),
    kept: str = "",
) -> RunningClock | None:
    """A sign of life from a chart page; the worker's clock afterwards, None where none runs.

    Args:
        ages: how many seconds ago there was work; several after a lost connection. None: no work.
        kept: what the person says they did during a silence, which keeps it.
    """
    with one_at_a_time(acting_user):
        clock, moment = current_clock(acting_user), whole_second(now())
        if clock is None:
            return None
        is_old = clock.public_id != clock_id or is_replay(clock, Key.parse(key))
        if is_old or clock.paused_at is not None:
            return clock
        with in_practice_of(clock, acting_user):
            if kept:
                keep_silence(clock, moment, kept)
            for age in sorted(ages, reverse=True):
                take_evidence(clock, moment - timedelta(seconds=max(age, 0)))
            clock.save()
        return clock


def show_work(*, patient: Patient, acting_user: Person) -> None:
    """A page of the chart was asked for: evidence of work where the clock runs on it."""
    with one_at_a_time(acting_user):
        clock = current_clock(acting_user)
        if clock and clock.patient_id == patient.pk and clock.paused_at is None:
            take_evidence(clock, whole_second(now()))
            clock.save()


def switch(
    *,
    patient: Patient,
    membership: Membership,
    acting_user: Person,
    activity: str,
    program: str = "ccm",
) -> RunningClock:
    """Go on with another activity: one interval ends and the next begins in the same second."""
    require_clock(membership)
    _check(program, activity)
    with one_at_a_time(acting_user):
        clock, moment = current_clock(acting_user), now()
        if clock is None or clock.patient_id != patient.pk:
            return open_clock(
                patient=patient, membership=membership, acting_user=acting_user,
                activity=activity, program=program,
            )  # fmt: skip
        if (clock.activity, clock.program) != (activity, program) or clock.paused_at is not None:
            at = turn(clock, moment)
            write(clock, until=at.ends)
            clock.activity, clock.program = activity, program
            begin_again(clock, at.begins)
        return clock


def pause(*, acting_user: Person) -> RunningClock | None:
    """Count nothing until the person goes on. What was done so far is in the ledger."""
    with one_at_a_time(acting_user):
        clock = current_clock(acting_user)
        if clock is None or clock.paused_at is not None:
            return clock
        at = turn(clock, now())
        with in_practice_of(clock, acting_user):
            write(clock, until=at.ends)
            clock.started_at = clock.last_evidence_at = clock.paused_at = at.begins
            clock.save()
        return clock


def resume(*, acting_user: Person) -> RunningClock | None:
    """Go on after a pause."""
    with one_at_a_time(acting_user):
        clock = current_clock(acting_user)
        if clock is not None and clock.paused_at is not None:
            with in_practice_of(clock, acting_user):
                begin_again(clock, turn(clock, now()).begins)
        return clock


def stop_clock(*, acting_user: Person, at_last_evidence: bool = False) -> Interval | None:
    """End the clock, and give what it earned; None where that was nothing."""
    with one_at_a_time(acting_user):
        clock = current_clock(acting_user)
        if clock is None:
            return None
        until = clock.last_evidence_at if at_last_evidence else turn(clock, now()).ends
        return finish(clock, until=until, acting_user=acting_user)


@transaction.atomic
def close_stale_clocks(*, practice_id: int) -> int:
    """End the practice's clocks that nobody answered for; how many there were.

    Whoever reads a month calls this first, so that a closed laptop hides no work. A worker whose
    own act is under way is passed over: that act does the same.
    """
    moment, ended = now(), 0
    silent = RunningClock.objects.filter(
        practice_id=practice_id, paused_at=None, last_evidence_at__lt=moment - idle_limit("")
    )
    for person_id in [one.person_id for one in silent if is_stale(one, moment)]:
        person = (
            Person.objects.select_for_update(no_key=True, skip_locked=True)
            .filter(pk=person_id)
            .first()
        )
        if person is not None:
            with one_at_a_time(person):
                ended += current_clock(person) is None
    return ended


def _check(program: str, activity: str) -> None:
    if program not in dict(PROGRAMS):
        raise Refusal(f"{program} is not a program of this practice. Choose one from the list.")
    if activity not in Activity.values:
        raise Refusal(f"{activity} is not an activity. Choose one from the list.")
