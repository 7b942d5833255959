"""Loops as they stand: of a patient, or of everybody, the earliest due first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from steadwell.outreach.loopsteps import SAYS, WAYS, step_before, steps_after
from steadwell.outreach.models import Loop, LoopEvent, LoopStep
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice

SHOWN = 300
CLOSED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of a loop to show: taken, passed over, or to come."""

    label: str
    event: LoopEvent | None
    is_next: bool
    is_skipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopLine:
    """A loop with all that happened to it, the oldest first."""

    row: Loop
    events: list[LoopEvent]

    @property
    def says(self) -> str:
        return words_of(self.row)

    @property
    def is_stopped(self) -> bool:
        return bool(self.events) and self.events[-1].kind == LoopEvent.Kind.STOPPED

    @property
    def last(self) -> LoopEvent:
        return self.events[-1]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What may be recorded next."""
        if not self.row.next_step:
            return []
        allowed = steps_after(self.row.kind, step_before(self.row.kind, self.row.next_step))
        return [(one, LoopStep(one).label) for one in allowed]

    @property
    def stages(self) -> list[Stage]:
        taken = {one.step: one for one in self.events if one.kind == LoopEvent.Kind.STEP}
        way = WAYS[self.row.kind]
        last = max((way.index(one) for one in taken), default=-1)
        return [
            Stage(
                label=LoopStep(one).label, event=taken.get(one),
                is_next=one == self.row.next_step,
                is_skipped=one not in taken and place < last,
            )
            for place, one in enumerate(way)
        ]  # fmt: skip


def words_of(row: Loop) -> str:
    """As the worklist says it: The referral “Cardiology” has not been booked."""
    kind = row.get_kind_display().lower()
    return SAYS[row.next_step].format(kind=kind, title=row.title) if row.next_step else ""


def loops_of(patient: Patient) -> list[LoopLine]:
    """All of a patient's: the open ones first, by their day; then the closed ones, newest first."""
    rows = _read(Loop.objects.filter(practice_id=patient.practice_id, patient=patient))
    opened = sorted((one for one in rows if not one.row.closed_at), key=_by_day)
    return opened + sorted((one for one in rows if one.row.closed_at), key=_newest)


def open_loops(
    practice: Practice, *, owner: Person | None = None, late_on: date | None = None
) -> list[LoopLine]:
    """Everybody's that are open. `late_on`: only those whose day was before that one."""
    rows = _of(practice, owner).filter(closed_at=None)
    if late_on is not None:
        rows = rows.filter(due_on__lt=late_on)
    return _read(rows.order_by("due_on", "pk")[:SHOWN])


def closed_loops(practice: Practice, *, owner: Person | None = None) -> list[LoopLine]:
    rows = _of(practice, owner).filter(closed_at__isnull=False)
    return _read(rows.order_by("-closed_at", "-pk")[:CLOSED])


def _of(practice: Practice, owner: Person | None) -> QuerySet[Loop]:
    rows = Loop.objects.filter(practice=practice)
    return rows.filter(owner=owner) if owner is not None else rows


def _read(rows: QuerySet[Loop]) -> list[LoopLine]:
    events = LoopEvent.objects.select_related("recorded_by").order_by("recorded_at", "pk")
    found = rows.select_related("owner", "patient").prefetch_related(
        Prefetch("events", queryset=events)
    )
    return [LoopLine(row=one, events=list(one.events.all())) for one in found]


def _by_day(one: LoopLine) -> tuple[date, int]:
    return one.row.due_on or date.max, one.row.pk


def _newest(one: LoopLine) -> float:
    return -one.row.closed_at.timestamp() if one.row.closed_at else 0
