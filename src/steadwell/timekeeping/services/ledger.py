"""The ledger itself: rows are added and superseded, never changed."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from psycopg.errors import ExclusionViolation

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.practices.access import has_role_in
from steadwell.practices.models import Person, Role
from steadwell.timekeeping.models import Activity, Interval, IntervalNote, Note

ALREADY_AT_WORK = "You already have recorded work at that time."
# Of another practice's work nothing more may be said, so of one's own nothing more is said either.


class Change(TypedDict, total=False):
    """What a correction may change. Left out means: as it was."""

    activity: str
    started_at: datetime
    ended_at: datetime
    during_visit: bool
    outside_us: bool


def add_to_ledger(interval: Interval) -> Interval:
    """Write a new row.

    Raises:
        Refusal: the worker has recorded work at that time, for whatever patient or practice.
    """
    interval.span = DateTimeTZRange(interval.started_at, interval.ended_at, "[)")
    interval.recorded_at = now()
    try:
        with transaction.atomic():
            interval.save(force_insert=True)
    except IntegrityError as error:
        if isinstance(error.__cause__, ExclusionViolation):
            raise Refusal(ALREADY_AT_WORK) from None
        raise
    return interval


@transaction.atomic
def correct_interval(
    *, interval: Interval, reason: str, acting_user: Person, **change: Unpack[Change]
) -> Interval:
    """Replace an entry by a corrected one that keeps the notes behind it.

    A correction never adds time: the new span lies inside the old one. More work is an entry by
    hand, with its own reason and, where it is late, another person's yes.

    Raises:
        Refusal: no reason, not one's own to correct, already corrected, or more time than before.
    """
    current = _live(interval, reason, acting_user)
    new = _copy_of(current, reason, acting_user)
    for name, value in change.items():
        setattr(new, name, value)
    if new.activity not in Activity.values:
        raise Refusal(f"{new.activity} is not an activity. Choose one from the list.")
    _refuse_more_time(current, new)
    _supersede(current, new)
    for support in current.support.select_related("note"):
        _bind(new, support.note, support.plan_item, support.plan_item_label)
    record(
        "time.corrected",
        subject=f"timekeeping.interval/{current.pk}",
        patient_ids=[current.patient_id],
        reason=reason[:300],
    )
    return new


@transaction.atomic
def retract_interval(*, interval: Interval, reason: str, acting_user: Person) -> Interval:
    """Take an entry out: it points at a row without length that says who did so and why."""
    current = _live(interval, reason, acting_user)
    new = _copy_of(current, reason, acting_user)
    new.ended_at = new.started_at
    _supersede(current, new)
    record(
        "time.retracted",
        subject=f"timekeeping.interval/{current.pk}",
        patient_ids=[current.patient_id],
        reason=reason[:300],
    )
    return new


@transaction.atomic
def support_interval(
    *, interval: Interval, note: Note, plan_item: str, plan_item_label: str, acting_user: Person
) -> IntervalNote:
    """Put a note behind an entry, and name the problem or goal of the plan it served. Twice is once.

    Raises:
        Refusal: no problem or goal is named, or the note is not the worker's own about this patient.
    """
    if not plan_item or not plan_item_label:
        raise Refusal("No problem or goal is named. Choose what this work served.")
    people = {note.author_id, interval.person_id, acting_user.pk}
    if note.patient_id != interval.patient_id or len(people) > 1:
        raise Refusal(
            "The note behind work is written by whoever did it, about the same patient. "
            "Ask them to write one."
        )
    if interval.superseded_by_id is not None:
        raise Refusal("This entry was corrected. Put the note behind its newest version.")
    support, is_new = _bind(interval, note, plan_item, plan_item_label)
    if is_new:
        record(
            "time.supported",
            subject=f"timekeeping.interval/{interval.pk}",
            patient_ids=[interval.patient_id],
        )
    return support


def _bind(interval: Interval, note: Note, item: str, label: str) -> tuple[IntervalNote, bool]:
    return IntervalNote.objects.get_or_create(
        practice_id=interval.practice_id,
        interval=interval,
        note=note,
        defaults={"plan_item": item[:60], "plan_item_label": label[:250]},
    )


def _live(interval: Interval, reason: str, acting_user: Person) -> Interval:
    """The row itself, locked, if this person may replace it."""
    if not reason.strip():
        raise Refusal("A correction needs a reason. Say what was wrong.")
    row = Interval.objects.select_for_update(of=("self",), no_key=True).get(
        practice_id=interval.practice_id, pk=interval.pk
    )
    if row.superseded_by_id is not None or row.started_at == row.ended_at:
        raise Refusal("This entry was already corrected. Open its newest version.")
    manages = has_role_in(row.practice_id, acting_user, Role.PRACTICE_MANAGER)
    if row.person_id != acting_user.pk and not manages:
        raise Refusal(
            "Only the person who did the work, or the practice manager, corrects an entry."
        )
    return row


def _copy_of(old: Interval, reason: str, acting_user: Person) -> Interval:
    kept = ("practice_id", "patient_id", "person_id", "membership_id", "credential", "program",
            "activity", "started_at", "ended_at", "during_visit", "outside_us", "approved_by_id", "evidence",
            "proof")  # fmt: skip
    return Interval(
        **{name: getattr(old, name) for name in kept},
        source=Interval.Source.CORRECTION,
        reason=reason.strip()[:300],
        recorded_by=acting_user,
    )


def _refuse_more_time(old: Interval, new: Interval) -> None:
    if new.ended_at <= new.started_at:
        raise Refusal("The end is not after the start. To take the entry out, retract it.")
    if new.started_at < old.started_at or new.ended_at > old.ended_at:
        raise Refusal(
            "A correction can make an entry shorter, never longer. "
            "Enter the time that is missing by hand."
        )


def _supersede(old: Interval, new: Interval) -> None:
    """Point the old row at the new one's number first: the ledger never holds both alive."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('timekeeping_interval', 'id'))")
        new.pk = cursor.fetchone()[0]
    Interval.objects.filter(practice_id=old.practice_id, pk=old.pk).update(superseded_by_id=new.pk)
    add_to_ledger(new)
