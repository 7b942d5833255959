"""Work entered by hand.

Written rule: an entry for today (in the practice's zone) goes straight into the ledger, marked as
entered by hand. Work of an earlier day waits for the yes of somebody else who is practice manager,
practitioner or compliance lead; until then it counts nothing. Nobody approves their own. A practice
may let every entry wait, or none (`ClockRules.approval`).
"""

from datetime import date, datetime, timedelta
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.enrollment.models import PROGRAMS
from steadwell.patients.models import Patient
from steadwell.practices.access import has_role_in
from steadwell.practices.models import Membership, Person
from steadwell.timekeeping.access import APPROVERS, counting_of, rules_of
from steadwell.timekeeping.models import (
    Activity,
    ClockRules,
    Interval,
    Note,
    PendingEntry,
    RunningClock,
)
from steadwell.timekeeping.services.ledger import (
    ALREADY_AT_WORK,
    add_to_ledger,
    support_interval,
)
from steadwell.timekeeping.services.notes import write_note
from steadwell.timekeeping.services.places import one_at_a_time

LONGEST = timedelta(hours=8)


class Entry(TypedDict):
    """What a person enters: the work, and the note behind it."""

    program: str
    activity: str
    started_at: datetime
    ended_at: datetime
    reason: str
    done: str
    plan_item: str
    plan_item_label: str
    changed: NotRequired[str]
    next_step: NotRequired[str]
    next_on: NotRequired[date | None]
    disposition: NotRequired[str]
    during_visit: NotRequired[bool]
    outside_us: NotRequired[bool]
    proof: NotRequired[str]


def record_manual_entry(
    *, patient: Patient, membership: Membership, acting_user: Person, **entry: Unpack[Entry]
) -> Interval | PendingEntry:
    """Enter one's own work after the fact; see the module for when it waits.

    Raises:
        Refusal: it cannot be so (future, backwards, too long, no reason, nothing served), or the
            person has recorded work at that time.
    """
    _check(entry, membership)
    with one_at_a_time(acting_user):
        _refuse_running(acting_user, entry["ended_at"])
        note = write_note(
            patient=patient,
            acting_user=acting_user,
            kind=Note.Kind.CALL if entry["activity"] == Activity.PHONE_CALL else Note.Kind.NOTE,
            occurred_at=entry["started_at"],
            done=entry["done"],
            changed=entry.get("changed", ""),
            next_step=entry.get("next_step", ""),
            next_on=entry.get("next_on"),
            disposition=entry.get("disposition", ""),
        )
        pending = PendingEntry(
            practice_id=patient.practice_id, patient=patient, person=acting_user,
            membership=membership, program=entry["program"], activity=entry["activity"],
            started_at=entry["started_at"], ended_at=entry["ended_at"],
            reason=entry["reason"].strip()[:300], note=note, entered_at=now(),
            plan_item=entry["plan_item"][:60], plan_item_label=entry["plan_item_label"][:250],
            during_visit=entry.get("during_visit", False),
            outside_us=entry.get("outside_us", False), proof=entry.get("proof", "").strip()[:300],
        )  # fmt: skip
        if needs_approval(membership, entry["started_at"]):
            return _wait(pending)
        return _enter(pending, approved_by=None)


def needs_approval(membership: Membership, started_at: datetime) -> bool:
    """Whether work that began then waits for another person's yes."""
    asked = rules_of(membership.practice_id).approval
    if asked != ClockRules.Approval.EARLIER:
        return asked == ClockRules.Approval.ALWAYS
    zone = membership.practice.zone
    return started_at.astimezone(zone).date() < today_in(zone)


@transaction.atomic
def approve_entry(*, entry: PendingEntry, acting_user: Person) -> PendingEntry:
    """Say yes to somebody else's entry: it enters the ledger, once."""
    current = _decidable(entry, acting_user)
    if current.state == PendingEntry.State.APPROVED:
        return current
    if current.state == PendingEntry.State.DECLINED:
        raise Refusal("This entry was declined. Its worker can enter it again.")
    current.interval = _enter(current, approved_by=acting_user)
    return _decide(current, PendingEntry.State.APPROVED, "", acting_user)


@transaction.atomic
def decline_entry(*, entry: PendingEntry, reason: str, acting_user: Person) -> PendingEntry:
    """Say no, and why. The note stays; the time never counts."""
    current = _decidable(entry, acting_user)
    if not reason.strip():
        raise Refusal("A no needs a reason. Say what is wrong with the entry.")
    if current.state == PendingEntry.State.DECLINED:
        return current
    if current.state == PendingEntry.State.APPROVED:
        raise Refusal("This entry was approved. Its time can be retracted on the chart.")
    return _decide(current, PendingEntry.State.DECLINED, reason.strip()[:300], acting_user)


def _check(entry: Entry, membership: Membership) -> None:
    start, end = entry["started_at"], entry["ended_at"]
    if entry["activity"] not in Activity.values or entry["program"] not in dict(PROGRAMS):
        raise Refusal("That activity or program is not in the list. Choose one that is.")
    if end <= start:
        raise Refusal("The end is before the start." if end < start else "It starts as it ends.")
    if end > now():
        raise Refusal("The end lies in the future. Enter work once it is done.")
    if end - start > LONGEST:
        raise Refusal("That is more than 8 hours in one piece. Enter it in its true pieces.")
    if not entry["reason"].strip():
        raise Refusal("The reason is missing. Say why the clock did not run.")
    if not entry["plan_item"]:
        raise Refusal("No problem or goal is named. Choose what this work served.")
    if start.astimezone(membership.practice.zone).date() < membership.starts_on:
        raise Refusal("You did not work in this practice yet on that day. Check the date.")


def _refuse_running(person: Person, end: datetime) -> None:
    """A running clock is recorded work too; the constraint sees it only once it is closed."""
    clock = RunningClock.objects.filter(person=person, paused_at=None).first()
    if clock is not None and end > clock.started_at:
        raise Refusal(ALREADY_AT_WORK)


def _wait(pending: PendingEntry) -> PendingEntry:
    taken = Interval.objects.filter(
        practice_id=pending.practice_id, person_id=pending.person_id, superseded_by=None,
        started_at__lt=pending.ended_at, ended_at__gt=pending.started_at,
        started_at__gt=pending.started_at - timedelta(days=1),
    )  # fmt: skip
    if taken.exists():
        raise Refusal(ALREADY_AT_WORK)
    pending.save()
    record(
        "time.entered",
        subject=f"timekeeping.pendingentry/{pending.pk}",
        patient_ids=[pending.patient_id],
    )
    return pending


def _enter(pending: PendingEntry, *, approved_by: Person | None) -> Interval:
    interval = add_to_ledger(
        Interval(
            practice_id=pending.practice_id, patient_id=pending.patient_id,
            person_id=pending.person_id, membership_id=pending.membership_id,
            credential=counting_of(pending.membership), program=pending.program,
            activity=pending.activity, started_at=pending.started_at, ended_at=pending.ended_at,
            source=Interval.Source.MANUAL, reason=pending.reason, proof=pending.proof,
            during_visit=pending.during_visit, outside_us=pending.outside_us,
            recorded_by_id=pending.person_id, approved_by=approved_by,
        )
    )  # fmt: skip
    support_interval(
        interval=interval, note=pending.note, plan_item=pending.plan_item,
        plan_item_label=pending.plan_item_label, acting_user=pending.person,
    )  # fmt: skip
    record(
        "time.recorded",
        subject=f"timekeeping.interval/{interval.pk}",
        patient_ids=[pending.patient_id],
        reason=pending.reason,
    )
    return interval


def _decidable(entry: PendingEntry, acting_user: Person) -> PendingEntry:
    current = PendingEntry.objects.select_for_update(of=("self",), no_key=True).get(
        practice_id=entry.practice_id, pk=entry.pk
    )
    if current.person_id == acting_user.pk:
        raise Refusal("This is your own entry. Somebody else decides on it.")
    if not has_role_in(current.practice_id, acting_user, *APPROVERS):
        raise Refusal(
            "A practice manager, a practitioner or the compliance lead decides on entries."
        )
    return current


def _decide(
    current: PendingEntry, state: PendingEntry.State, reason: str, acting_user: Person
) -> PendingEntry:
    current.state, current.decision_reason = state, reason
    current.decided_at, current.decided_by = now(), acting_user
    current.save()
    record(
        f"time.{state}",
        subject=f"timekeeping.pendingentry/{current.pk}",
        patient_ids=[current.patient_id],
        reason=reason,
    )
    return current
