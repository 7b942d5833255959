"""How a case stands: what its steps say, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from steadwell.claims.deadlines import Clock, repayment_due
from steadwell.claims.models import Case, CaseStep

Step = CaseStep.Kind
ENDS: Final = (Step.RESULT, Step.REFUNDED, Step.CLOSED)
_TELLING: Final = frozenset({*Step.values} - {Step.NOTE, Step.RECEIPT})
_OVERPAID: Final = (Step.INVESTIGATION, Step.INVESTIGATED, Step.REFUNDED, Step.RECEIPT)
_SENT: Final = (Step.PREPARED, Step.SENT, Step.RECEIPT, Step.RESULT)


def steps_for(kind: str) -> tuple[CaseStep.Kind, ...]:
    """Which steps a case of the kind may take."""
    own = _OVERPAID if kind == Case.Kind.OVERPAYMENT else _SENT
    return (*own, Step.NOTE, Step.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A case, its steps in order, and its clock."""

    case: Case
    steps: tuple[CaseStep, ...]

    @property
    def is_open(self) -> bool:
        return not any(step.kind in ENDS for step in self.steps)

    @property
    def is_sent(self) -> bool:
        """Our part is done, and an answer is awaited."""
        return self.is_open and self.clock.done_on is not None

    @property
    def state(self) -> str:
        """The last thing that happened to it, in words."""
        last = next((step for step in reversed(self.steps) if step.kind in _TELLING), None)
        if last is None:
            return "Opened"
        said = last.get_result_display() if last.kind == Step.RESULT else last.get_kind_display()
        return f"{said} {last.happened_on:%m/%d/%Y}"

    @property
    def clock(self) -> Clock:
        """The case's own clock; done on the day on which our part of it was done."""
        if self.case.kind == Case.Kind.OVERPAYMENT:
            return Clock("Report and refund", self.due_on, self._day_of(Step.REFUNDED))
        return Clock(self.case.get_kind_display(), self.due_on, self._day_of(Step.SENT))

    @property
    def due_on(self) -> date:
        """The last day; of an overpayment with what its investigation holds back."""
        if self.case.kind != Case.Kind.OVERPAYMENT:
            return self.case.due_on
        return repayment_due(
            self.case.begun_on,
            began_on=self._day_of(Step.INVESTIGATION),
            ended_on=self._day_of(Step.INVESTIGATED),
        )

    @property
    def is_investigated(self) -> bool:
        """An investigation runs: the last day is the latest possible."""
        return bool(self._day_of(Step.INVESTIGATION)) and not self._day_of(Step.INVESTIGATED)

    def words(self, today: date) -> str:
        """The clock in words; nothing where the case was closed without our part being done."""
        clock = self.clock
        if not self.is_open and clock.done_on is None:
            return "no longer runs"
        said = clock.words(today)
        return f"{said}, at the latest" if self.is_open and self.is_investigated else said

    def is_late(self, today: date) -> bool:
        return self.is_open and self.clock.is_late(today)

    def _day_of(self, kind: CaseStep.Kind) -> date | None:
        return next((step.happened_on for step in self.steps if step.kind == kind), None)


def standing_of(case: Case, steps: Sequence[CaseStep]) -> Standing:
    return Standing(case=case, steps=tuple(sorted(steps, key=lambda step: step.pk)))
