"""Loops: opened, taken step by step, put off, given to somebody else, stopped for a reason."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.outreach.loopsteps import due_after, next_after, step_before, steps_after
from steadwell.outreach.models import Loop, LoopEvent, LoopStep
from steadwell.outreach.services.tasks import check_works_here
from steadwell.patients.models import Patient
from steadwell.practices.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A step as somebody says it: on which day, by whom, what about it, and by when the next."""

    on: date
    by_whom: str = ""  # empty: whoever records it
    words: str = ""
    due_on: date | None = None  # of the next step; None: the usual days


@transaction.atomic
def open_loop(
    *,
    patient: Patient,
    kind: str,
    title: str,
    owner: Person,
    happened: Happened,
    acting_user: Person,
    with_whom: str = "",
) -> Loop:
    """Something was asked for. Whose it is follows it until the patient knows.

    Raises:
        Refusal: it says not what, its days cannot be, or the owner does not work here.
    """
    if not title.strip():
        raise Refusal("Say what was asked for: “Cardiology”, “A1c”, “Metformin 500 mg”.")
    check_works_here(patient.practice, owner)
    row = Loop(
        practice_id=patient.practice_id, patient=patient, kind=kind, title=title.strip()[:120],
        with_whom=with_whom.strip()[:120], owner=owner, made_at=now(), made_by=acting_user,
    )  # fmt: skip
    _check_days(row, happened, None)
    row.save()
    _take(row, LoopStep.ASKED, happened, acting_user)
    return row


@transaction.atomic
def take_step(*, loop: Loop, step: str, happened: Happened, acting_user: Person) -> Loop:
    """A step was done. The same step again changes nothing; after the last the loop is closed.

    Raises:
        Refusal: it is not the next one, its days cannot be, or a result says nothing.
    """
    row = _locked(loop)
    steps = {one.step: one for one in row.events.filter(kind=LoopEvent.Kind.STEP)}
    if step in steps:
        return row
    _check_open(row)
    before = step_before(row.kind, row.next_step)
    if step not in steps_after(row.kind, before):
        due = LoopStep(row.next_step).label.lower()
        raise Refusal(f"First comes: {due}. Record that, then this one.")
    if step == LoopStep.READ and not happened.words.strip():
        raise Refusal("Say in a sentence what the result says, and what follows from it.")
    _check_days(row, happened, steps[before].happened_on)
    _take(row, step, happened, acting_user)
    return row


@transaction.atomic
def move_step(*, loop: Loop, due_on: date, reason: str, acting_user: Person) -> Loop:
    """The next step has another day, for a reason; that it was late once stays on record.

    Raises:
        Refusal: no reason is given, or the day is over.
    """
    row = _locked(loop)
    _check_open(row)
    if not reason.strip():
        raise Refusal("Say why the day moves: “First free visit is December 4”.")
    if due_on < today_in(row.practice.zone):
        raise Refusal(f"{due_on:%m/%d/%Y} is over. Choose today or a later day.")
    if due_on != row.due_on:
        _add(row, LoopEvent.Kind.MOVED, acting_user, words=reason, due_on=due_on)
        _stand(row, row.next_step, due_on)
    return row


@transaction.atomic
def give_loop(*, loop: Loop, owner: Person, acting_user: Person) -> Loop:
    """Somebody else follows it from now on. Its days stay."""
    row = _locked(loop)
    _check_open(row)
    check_works_here(row.practice, owner)
    if row.owner_id != owner.pk:
        row.owner = owner
        row.save(update_fields=["owner"])
        _add(
            row, LoopEvent.Kind.GIVEN, acting_user, words=f"To {owner.full_name}", due_on=row.due_on
        )
    return row


@transaction.atomic
def stop_loop(*, loop: Loop, reason: str, acting_user: Person) -> Loop:
    """It goes no further, for a reason that stays with it."""
    row = _locked(loop)
    _check_open(row)
    if not reason.strip():
        raise Refusal("Say why it goes no further: “Declined by the patient on the phone today”.")
    _add(row, LoopEvent.Kind.STOPPED, acting_user, words=reason)
    _stand(row, "", None)
    return row


def _take(row: Loop, step: str, happened: Happened, person: Person) -> None:
    due_on = happened.due_on or due_after(row.kind, step, happened.on)
    following = next_after(row.kind, step)
    LoopEvent.objects.create(
        practice_id=row.practice_id, loop=row, kind=LoopEvent.Kind.STEP, step=step,
        happened_on=happened.on, by_whom=(happened.by_whom.strip() or person.full_name)[:120],
        words=happened.words.strip()[:500], due_on=due_on if following else None,
        recorded_at=now(), recorded_by=person,
    )  # fmt: skip
    _stand(row, following, due_on if following else None)
    _record(step, row)


def _add(
    row: Loop, kind: str, person: Person, *, words: str, due_on: date | None = None
) -> None:  # fmt: skip
    LoopEvent.objects.create(
        practice_id=row.practice_id, loop=row, kind=kind, happened_on=today_in(row.practice.zone),
        by_whom=person.full_name[:120], words=words.strip()[:500], due_on=due_on,
        recorded_at=now(), recorded_by=person,
    )  # fmt: skip
    _record(kind, row)


def _stand(row: Loop, next_step: str, due_on: date | None) -> None:
    row.next_step, row.due_on = next_step, due_on
    row.closed_at = None if next_step else now()
    row.save(update_fields=["next_step", "due_on", "closed_at"])


def _check_days(row: Loop, happened: Happened, before: date | None) -> None:
    if happened.on > today_in(row.practice.zone):
        raise Refusal(
            f"{happened.on:%m/%d/%Y} lies ahead. Record what was done, today or before; the day "
            "to come belongs under “Next step by”."
        )
    if before is not None and happened.on < before:
        raise Refusal(
            f"The step before was on {before:%m/%d/%Y}. This one cannot have been on "
            f"{happened.on:%m/%d/%Y}."
        )
    if happened.due_on is not None and happened.due_on < happened.on:
        raise Refusal(
            f"The next step cannot be due on {happened.due_on:%m/%d/%Y}, before this one. "
            "Choose a later day, or leave it empty for the usual days."
        )


def _check_open(row: Loop) -> None:
    if row.closed_at is not None:
        raise Refusal(
            f"“{row.title}” was closed on {row.closed_at.astimezone(row.practice.zone):%m/%d/%Y}. "
            "Open a new one if it is needed again."
        )


def _locked(loop: Loop) -> Loop:
    return (
        Loop.objects.select_for_update(of=("self",))
        .select_related("practice")
        .get(practice_id=loop.practice_id, pk=loop.pk)
    )


def _record(what: str, row: Loop) -> None:
    record(f"loop.{what}", subject=f"outreach.loop/{row.pk}", patient_ids=[row.patient_id])
