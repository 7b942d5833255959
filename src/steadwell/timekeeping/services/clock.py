"""The clock. The server's time decides; the browser says only that somebody is at work.

One worker has one clock, whatever the tabs, charts and practices: opening a chart ends the clock
on another in the same second. A clock earns up to its last evidence of work. Silence up to two
minutes (thirty on a call, or as the practice sets it) is work; what is longer is kept only when the
person says what they did. After eight more minutes the clock ends at its last evidence, whoever
looks next; what a browser without a line has to add may still come in (`late`).
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.enrollment.models import PROGRAMS
from steadwell.patients.models import Patient
from steadwell.patients.selectors import share_a_household
from steadwell.practices.models import Membership, Person
from steadwell.timekeeping.access import require_clock, rules_of
from steadwell.timekeeping.idle import (
    DESK_PHONE,
    QUIET,
    is_over,
    limits_of,
    next_whole_second,
    whole_second,
)
from steadwell.timekeeping.marks import LATE, Mark, in_order
from steadwell.timekeeping.models import Activity, Interval, RunningClock
from steadwell.timekeeping.services.late import forget_old_runs, take_late
from steadwell.timekeeping.services.places import (
    in_practice,
    last_end,
    one_at_a_time,
    recorded_after,
)
from steadwell.timekeeping.services.running import (
    Kept,
    Key,
    begin_again,
    clock_as_it_stands,
    current_clock,
    finish,
    is_replay,
    keep_silence,
    take_evidence,
    turn,
    unless_over,
    write,
)

HEARD = ("started_at", "last_evidence_at", "quiet", "heard", "seen")
A_MINUTE = timedelta(minutes=1)  # no practice may allow a shorter silence


def open_clock(
    *,
    patient: Patient,
    membership: Membership,
    acting_user: Person,
    activity: str = "",
    program: str = "ccm",
    key: str = "",
    marks: Sequence[Mark] = (),
) -> RunningClock:
    """Run the clock on this chart. Where it runs here already it goes on as it is.

    Args:
        activity: where none is said, a call goes on with a member of the same household; with
            anybody else the work begins as chart review.
        marks: signs of work since the chart was opened, which a lost line kept from coming.

    Raises:
        Refusal: no clock runs for the person's credential and roles.
    """
    require_clock(membership)
    with one_at_a_time(acting_user):
        clock, moment = current_clock(acting_user), now()
        if clock is not None and is_replay(clock, Key.parse(key)):
            return clock
        if clock is not None and clock.patient_id == patient.pk and clock.paused_at is None:
            take_evidence(clock, [Mark(whole_second(moment))])
            clock.save()
            return clock
        activity = activity or _carried(clock, patient)
        _check(program, activity)
        begins = _begin(acting_user, clock, marks)
        new = RunningClock(
            practice_id=membership.practice_id, person=acting_user, membership=membership,
            patient=patient, program=program, activity=activity, seen=clock.seen if clock else {},
            limits=limits_of(rules_of(membership.practice_id)),
        )  # fmt: skip
        new.started_at = new.last_evidence_at = max(begins, last_end(membership))
        is_replay(new, Key.parse(key))
        if clock is None:
            take_evidence(new, in_order(marks, whole_second(moment)))
        new.save()
        forget_old_runs(acting_user, membership.practice_id)
        record("clock.opened", subject=f"timekeeping.clock/{new.pk}", patient_ids=[patient.pk])
        return new


def beat(
    *,
    clock_id: uuid.UUID,
    acting_user: Person,
    key: str = "",
    marks: Sequence[Mark] = (),
    kept: Kept | None = None,
) -> RunningClock | None:
    """A sign of life from a chart page; the worker's clock afterwards, None where none runs.

    Args:
        marks: when there was work; several after a lost connection. None: no work.
        kept: what the person says they did during a silence, which keeps it.
    """
    with one_at_a_time(acting_user, may_refuse=False) as here:
        clock, moment = clock_as_it_stands(acting_user), whole_second(now())
        heard = in_order(marks, moment)
        if clock is not None and clock.public_id == clock_id:
            if clock.paused_at is None and not is_replay(clock, Key.parse(key)):
                with in_practice(clock.practice_id, acting_user, here=here):
                    take_evidence(clock, heard)
                    if kept:
                        keep_silence(clock, moment, kept)
                    clock.save(update_fields=HEARD)
            return unless_over(clock, acting_user)
        clock = unless_over(clock, acting_user)
        take_late(run=clock_id, marks=heard, acting_user=acting_user, clock=clock)
        return clock


def show_work(*, patient: Patient, acting_user: Person) -> None:
    """A page of the chart was asked for: evidence of work where the clock runs on it."""
    with one_at_a_time(acting_user):
        clock = current_clock(acting_user)
        if clock and clock.patient_id == patient.pk and clock.paused_at is None:
            take_evidence(clock, [Mark(whole_second(now()))])
            clock.save()


def switch(
    *,
    patient: Patient,
    membership: Membership,
    acting_user: Person,
    activity: str,
    program: str = "ccm",
    quiet: str = "",
) -> RunningClock:
    """Go on with another activity or program: one interval ends and the next begins in the same second.

    Args:
        quiet: a silence the person announces: `reading` a document up to the next sign of work, or a
            call on the `desk_phone` as long as it is one.
    """
    require_clock(membership)
    activity = Activity.PHONE_CALL if quiet == DESK_PHONE else activity
    _check(program, activity)
    with one_at_a_time(acting_user):
        clock, moment = current_clock(acting_user), now()
        if clock is None or clock.patient_id != patient.pk:
            clock = open_clock(
                patient=patient, membership=membership, acting_user=acting_user,
                activity=activity, program=program,
            )  # fmt: skip
        elif (clock.activity, clock.program) != (activity, program) or clock.paused_at is not None:
            at = turn(clock, moment)
            write(clock, until=at.ends)
            clock.activity, clock.program = activity, program
            clock.limits = limits_of(rules_of(membership.practice_id))
            begin_again(clock, at.begins)
        elif quiet or clock.quiet:
            take_evidence(clock, [Mark(whole_second(moment))])
        clock.quiet = quiet if quiet in QUIET else ""
        clock.save()
        return clock


def pause(*, acting_user: Person) -> RunningClock | None:
    """Count nothing until the person goes on. What was done so far is in the ledger."""
    with one_at_a_time(acting_user):
        clock = current_clock(acting_user)
        if clock is None or clock.paused_at is not None:
            return clock
        at = turn(clock, now())
        with in_practice(clock.practice_id, acting_user):
            write(clock, until=at.ends)
            clock.started_at = clock.last_evidence_at = clock.paused_at = at.begins
            clock.public_id = uuid.uuid4()
            clock.save()
        return clock


def resume(*, acting_user: Person) -> RunningClock | None:
    """Go on after a pause."""
    with one_at_a_time(acting_user):
        clock = current_clock(acting_user)
        if clock is not None and clock.paused_at is not None:
            with in_practice(clock.practice_id, acting_user):
                begin_again(clock, turn(clock, now()).begins)
        return clock


def stop_clock(
    *, acting_user: Person, at_last_evidence: bool = False, silent: bool = False
) -> Interval | None:
    """End the clock, and give what it earned; None where that was nothing.

    Args:
        at_last_evidence: the person says that the silence since was no work, or signs out.
        silent: nobody pressed anything; signs of work may still be under way.
    """
    with one_at_a_time(acting_user):
        clock = current_clock(acting_user)
        if clock is None:
            return None
        until = clock.last_evidence_at if at_last_evidence else turn(clock, now()).ends
        return finish(clock, until=until, acting_user=acting_user, silent=silent)


@transaction.atomic
def close_stale_clocks(*, practice_id: int) -> int:
    """End the practice's clocks that nobody answered for; how many there were.

    Whoever reads a month calls this first, so that a closed laptop hides no work. A worker whose
    own act is under way is passed over: that act does the same.
    """
    moment, ended = now(), 0
    silent = RunningClock.objects.filter(
        practice_id=practice_id, paused_at=None, last_evidence_at__lt=moment - A_MINUTE
    )
    for person_id in [one.person_id for one in silent if is_over(one, moment)]:
        person = (
            Person.objects.select_for_update(no_key=True, skip_locked=True)
            .filter(pk=person_id)
            .first()
        )
        if person is not None:
            with one_at_a_time(person):
                ended += current_clock(person) is None
    return ended


def _begin(person: Person, clock: RunningClock | None, marks: Sequence[Mark]) -> datetime:
    """End the clock that runs, and say where the next begins."""
    moment = now()
    if clock is not None:
        at = turn(clock, moment)
        finish(clock, until=at.ends, acting_user=person)
        return at.begins
    return _since_first(person, marks, moment) if marks else next_whole_second(moment)


def _since_first(person: Person, marks: Sequence[Mark], moment: datetime) -> datetime:
    """Where work that could not be reported begins: at its first sign that comes after all else."""
    bound = moment - LATE
    bound = max([bound, *(end for _, end in recorded_after(person, bound))])
    first = next((one.at for one in in_order(marks, moment) if one.at >= bound), moment)
    return min(next_whole_second(moment), next_whole_second(first) + timedelta(seconds=1))


def _carried(clock: RunningClock | None, patient: Patient) -> str:
    """A call goes on with the next in the household, and ends with anybody else."""
    if (
        clock is not None
        and clock.activity == Activity.PHONE_CALL
        and clock.practice_id == patient.practice_id
        and share_a_household(patient, clock.patient_id)
    ):
        return Activity.PHONE_CALL.value
    return Activity.CHART_REVIEW.value


def _check(program: str, activity: str) -> None:
    if program not in dict(PROGRAMS):
        raise Refusal(f"{program} is not a program of this practice. Choose one from the list.")
    if activity not in Activity.values:
        raise Refusal(f"{activity} is not an activity. Choose one from the list.")
