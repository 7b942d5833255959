"""Tasks: given, moved, done, dropped. What recurs gets its row when somebody acts on it."""

from datetime import date

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.outreach.models import RecurringTask, Task
from steadwell.outreach.selectors.tasks import due_in
from steadwell.outreach.selectors.team import people_of
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from steadwell.rules.months import Month

LAST_DAY = 28  # every month has it


@transaction.atomic
def make_task(  # noqa: PLR0913  (a task is just that much)
    *,
    practice: Practice,
    owner: Person,
    title: str,
    due_on: date,
    acting_user: Person,
    patient: Patient | None = None,
    details: str = "",
    kind: str = Task.Kind.PLAIN,
) -> Task:
    """Give somebody a task.

    Raises:
        Refusal: it says nothing, it was due before today, or the owner does not work here.
    """
    if not title.strip():
        raise Refusal("The task says nothing. Start with a verb: “Renew furosemide”.")
    if due_on < today_in(practice.zone):
        raise Refusal(f"{due_on:%m/%d/%Y} is over. A task is due today or later.")
    check_works_here(practice, owner)
    row = Task.objects.create(
        practice=practice, patient=patient, owner=owner, kind=kind, title=title.strip()[:200],
        details=details.strip(), due_on=due_on, made_at=now(), made_by=acting_user,
    )  # fmt: skip
    _record("made", row)
    return row


@transaction.atomic
def make_recurring(
    *,
    practice: Practice,
    owner: Person,
    title: str,
    day: int,
    acting_user: Person,
    patient: Patient | None = None,
) -> RecurringTask:
    """A task of every month, from this month on where its day is still to come."""
    if not title.strip():
        raise Refusal("The task says nothing. Start with a verb: “Check the weight log”.")
    if not 1 <= day <= LAST_DAY:
        raise Refusal(f"Day {day} is not in every month. Choose 1 to {LAST_DAY}.")
    check_works_here(practice, owner)
    row = RecurringTask.objects.create(
        practice=practice, patient=patient, owner=owner, title=title.strip()[:200], day=day,
        starts_on=today_in(practice.zone), made_at=now(), made_by=acting_user,
    )  # fmt: skip
    record(
        "task.recurring_made", subject=f"outreach.recurringtask/{row.pk}",
        patient_ids=[patient.pk] if patient else [],
    )  # fmt: skip
    return row


@transaction.atomic
def end_recurring(*, recurring: RecurringTask, acting_user: Person) -> RecurringTask:  # noqa: ARG001
    """No further ones. What is due until today stays to be done or dropped."""
    today = today_in(recurring.practice.zone)
    if recurring.ends_on is None or recurring.ends_on > today:
        recurring.ends_on = today
        recurring.save(update_fields=["ends_on"])
        record("task.recurring_ended", subject=f"outreach.recurringtask/{recurring.pk}")
    return recurring


@transaction.atomic
def occurrence(*, recurring: RecurringTask, month: Month, acting_user: Person) -> Task:
    """The row of one month, made when it is needed. Asked for again, the same row.

    Raises:
        Refusal: it does not recur in that month.
    """
    due = due_in(recurring, month)
    if due < recurring.starts_on or (recurring.ends_on is not None and due > recurring.ends_on):
        raise Refusal(f"“{recurring.title}” is not due in {month.first:%B %Y}.")
    if month > Month.of(today_in(recurring.practice.zone)):
        raise Refusal(f"{month.first:%B %Y} has not begun.")
    row, is_new = Task.objects.get_or_create(
        practice_id=recurring.practice_id, recurring=recurring, period=month.first,
        defaults={
            "patient": recurring.patient, "owner": recurring.owner, "title": recurring.title,
            "due_on": due, "made_at": now(), "made_by": acting_user,
        },
    )  # fmt: skip
    if is_new:
        _record("made", row)
    return row


@transaction.atomic
def finish_task(*, task: Task, done_on: date, acting_user: Person) -> Task:
    """It is done, on the day it was really done; the due day stays as it was. Twice changes nothing.

    Raises:
        Refusal: the day lies ahead or before the task, or it was dropped.
    """
    row = _locked(task)
    if row.outcome == Task.Outcome.DONE:
        return row
    _check_open(row)
    zone = row.practice.zone
    if done_on > today_in(zone):
        raise Refusal(f"{done_on:%m/%d/%Y} lies ahead. A task is done today or was done before.")
    if done_on < row.made_at.astimezone(zone).date() and row.recurring_id is None:
        raise Refusal(
            f"The task was given on {row.made_at.astimezone(zone):%m/%d/%Y}. It cannot have been "
            f"done on {done_on:%m/%d/%Y}."
        )
    return _close(row, Task.Outcome.DONE, acting_user, done_on=done_on)


@transaction.atomic
def drop_task(*, task: Task, reason: str, acting_user: Person) -> Task:
    """It is no longer needed, for a reason."""
    row = _locked(task)
    _check_open(row)
    if not reason.strip():
        raise Refusal("Say why the task is no longer needed.")
    return _close(row, Task.Outcome.DROPPED, acting_user, reason=reason.strip()[:300])


@transaction.atomic
def give_task(*, task: Task, owner: Person, acting_user: Person) -> Task:  # noqa: ARG001
    """Somebody else's from now on. The due day stays."""
    row = _locked(task)
    _check_open(row)
    check_works_here(row.practice, owner)
    if row.owner_id != owner.pk:
        row.owner = owner
        row.save(update_fields=["owner"])
        _record("given", row)
    return row


def _close(row: Task, outcome: str, person: Person, **more: object) -> Task:
    values = {"outcome": outcome, "closed_at": now(), "closed_by": person, **more}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    _record(outcome, row)
    return row


def _check_open(row: Task) -> None:
    if row.closed_at is not None:
        raise Refusal(
            f"“{row.title}” was closed by {row.closed_by} on "
            f"{row.closed_at.astimezone(row.practice.zone):%m/%d/%Y}. Make a new task."
        )


def check_works_here(practice: Practice, person: Person) -> None:
    if not people_of(practice).filter(pk=person.pk).exists():
        raise Refusal(f"{person.full_name} does not work here today. Choose somebody who does.")


def _locked(task: Task) -> Task:
    return (
        Task.objects.select_for_update(of=("self",))
        .select_related("practice", "closed_by")
        .get(practice_id=task.practice_id, pk=task.pk)
    )


def _record(what: str, row: Task) -> None:
    record(
        f"task.{what}", subject=f"outreach.task/{row.pk}",
        patient_ids=[row.patient_id] if row.patient_id else [],
    )  # fmt: skip
