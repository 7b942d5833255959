"""Tasks as they stand: rows, and the month's occurrences of recurring ones that have no row yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from steadwell.common.clock import today_in
from steadwell.outreach.models import RecurringTask, Task
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from steadwell.rules.months import Month

SHOWN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A task to show: one that has a row, or an occurrence that will get one when acted on."""

    public_id: UUID  # of the task; of the recurring one, where there is no row yet
    title: str
    details: str
    kind: str
    due_on: date
    owner: Person
    patient: Patient | None
    period: Month | None = None  # given: an occurrence without a row

    def days_late(self, today: date) -> int:
        return max(0, (today - self.due_on).days)


def open_tasks(
    practice: Practice, *, owner: Person | None = None, patient: Patient | None = None
) -> list[TaskLine]:
    """What is to be done, the earliest due first: of one owner, about one patient, or all."""
    wanted = _wanted(practice, owner, patient)
    rows = (
        Task.objects.filter(**wanted, closed_at=None)
        .select_related("owner", "patient")
        .order_by("due_on", "pk")[:SHOWN]
    )
    lines = [_line(one) for one in rows]
    lines += occurrences(practice, today_in(practice.zone), wanted)
    return sorted(lines, key=lambda one: (one.due_on, one.title))


def done_tasks(
    practice: Practice, *, owner: Person | None = None, patient: Patient | None = None
) -> list[Task]:
    """The last fifty that were done or dropped."""
    return list(
        Task.objects.filter(**_wanted(practice, owner, patient), closed_at__isnull=False)
        .select_related("owner", "patient", "closed_by")
        .order_by("-closed_at", "-pk")[:50]
    )


def late_tasks_of(practice: Practice, today: date) -> dict[int, TaskLine]:
    """By patient: the task that is late the longest."""
    found: dict[int, TaskLine] = {}
    for one in open_tasks(practice):
        if one.patient is not None and one.due_on < today:
            found.setdefault(one.patient.pk, one)
    return found


def occurrences(practice: Practice, today: date, wanted: dict[str, Any]) -> Iterator[TaskLine]:
    """Of this month and the last: what recurs and has no row yet. Nothing is written for it."""
    months = (Month.of(today).before, Month.of(today))
    recurring = list(running(practice, months[0].first).filter(**wanted)[:SHOWN])
    made = set(
        Task.objects.filter(
            practice=practice, recurring__in=recurring, period__gte=months[0].first
        ).values_list("recurring_id", "period")
    )
    for one in recurring:
        for month in months:
            due = due_in(one, month)
            runs = one.starts_on <= due and (one.ends_on is None or due <= one.ends_on)
            if runs and (one.pk, month.first) not in made:
                yield TaskLine(
                    public_id=one.public_id, title=one.title, details="", kind=Task.Kind.PLAIN,
                    due_on=due, owner=one.owner, patient=one.patient, period=month,
                )  # fmt: skip


def running(practice: Practice, since: date) -> QuerySet[RecurringTask]:
    return (
        RecurringTask.objects.filter(Q(ends_on=None) | Q(ends_on__gte=since), practice=practice)
        .select_related("owner", "patient")
        .order_by("pk")
    )


def due_in(one: RecurringTask, month: Month) -> date:
    return month.first.replace(day=one.day)


def _wanted(practice: Practice, owner: Person | None, patient: Patient | None) -> dict[str, Any]:
    wanted: dict[str, Any] = {"practice": practice}
    if owner is not None:
        wanted["owner"] = owner
    if patient is not None:
        wanted["patient"] = patient
    return wanted


def _line(one: Task) -> TaskLine:
    return TaskLine(
        public_id=one.public_id, title=one.title, details=one.details, kind=one.kind,
        due_on=one.due_on, owner=one.owner, patient=one.patient,
    )  # fmt: skip
