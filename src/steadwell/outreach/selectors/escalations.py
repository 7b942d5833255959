"""Whom an escalation waits for: computed from the time, so that no job is needed for the truth."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from steadwell.common.clock import now
from steadwell.outreach.models import Escalation
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice

SHOWN = 200
_ORDER = {"urgent": 0, "same_day": 1, "routine": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """An escalation as it stands at a moment."""

    row: Escalation
    line: list[Person]
    passed: int  # how many of the line let their minutes go by
    until: datetime  # when it goes to the next; past everybody: when the last one's minutes ended

    @property
    def state(self) -> str:
        if self.row.answered_at is not None:
            return "answered"
        if self.row.acknowledged_at is not None:
            return "taken"
        return "past" if self.passed >= len(self.line) else "waits"

    @property
    def with_now(self) -> Person:
        """Whose it is: who took it, else who is next in line, else the last of the line."""
        if self.row.acknowledged_by is not None:
            return self.row.acknowledged_by
        return self.line[min(self.passed, len(self.line) - 1)]

    @property
    def missed(self) -> list[Person]:
        """Who let it pass while nobody had taken it."""
        return self.line[: self.passed]

    @property
    def is_late(self) -> bool:
        return self.state in {"waits", "past"} and self.passed > 0

    def concerns(self, person: Person) -> bool:
        """Everybody it has reached so far sees it as theirs; it is not taken off anybody."""
        return person in self.line[: self.passed + 1]

    @property
    def sort_key(self) -> tuple[bool, bool, int, datetime]:
        taken = self.state == "taken"
        return taken, not self.is_late, _ORDER[self.row.urgency], self.row.raised_at


def stand_of(row: Escalation, moment: datetime) -> Stand:
    """Where it stands; what was taken up stands where it was then."""
    line = [one for one in (row.first, row.second, row.third) if one is not None]
    end = row.acknowledged_at or moment
    passed = min(max(0, (end - row.raised_at) // row.each), len(line))
    turn = min(passed, len(line) - 1)
    return Stand(row=row, line=line, passed=passed, until=row.raised_at + row.each * (turn + 1))


def open_escalations(practice: Practice) -> list[Stand]:
    """All without an answer: late ones first, then by urgency, then the oldest."""
    return _stands(_rows(practice).filter(answered_at=None).order_by("raised_at", "pk")[:SHOWN])


def answers_for(practice: Practice, person: Person) -> list[Stand]:
    """Answers to what the person asked, not read yet, oldest first."""
    rows = _rows(practice).filter(raised_by=person, read_at=None, answered_at__isnull=False)
    return [stand_of(one, now()) for one in rows.order_by("answered_at")[:SHOWN]]


def escalations_of(patient: Patient, *, older: int = 5) -> list[Stand]:
    """The patient's: open ones and those whose answer was not read, then the last few others."""
    rows = _rows(patient.practice).filter(patient=patient)
    waiting = Q(answered_at=None) | Q(read_at=None)
    found = [*rows.filter(waiting).order_by("-raised_at")[:SHOWN]]
    if older:
        found += rows.exclude(waiting).order_by("-raised_at")[:older]
    return [stand_of(one, now()) for one in found]


def escalated_patients(practice: Practice) -> dict[int, Stand]:
    """By patient: the most pressing escalation without an answer."""
    found: dict[int, Stand] = {}
    for one in open_escalations(practice):
        found.setdefault(one.row.patient_id, one)
    return found


def _rows(practice: Practice) -> QuerySet[Escalation]:
    return Escalation.objects.filter(practice=practice).select_related(
        "patient", "raised_by", "first", "second", "third", "acknowledged_by", "answered_by",
        "red_flag",
    )  # fmt: skip


def _stands(rows: Iterable[Escalation]) -> list[Stand]:
    moment = now()
    return sorted((stand_of(one, moment) for one in rows), key=lambda one: one.sort_key)
