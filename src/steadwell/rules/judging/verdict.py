"""What one program comes to, before the programs are held against each other."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from steadwell.rules.decision import Line, Next
from steadwell.rules.facts import PracticeKind
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.rulebook import MonthCode


@dataclass(slots=True)
class Verdict:
    docket: Docket
    lines: list[Line] = field(default_factory=list)
    next: Next | None = None
    minutes: int | None = None

    def claim(
        self, chart: Chart, code: MonthCode, on: date, *, units: int = 1, lane: str = ""
    ) -> None:
        each = _allowed(chart, code.code, on)
        self.lines.append(
            Line(
                code=code.code,
                units=units,
                on=on,
                amount=None if each is None else each * units,
                program=self.docket.program,
                lane=lane or code.lane,
            )
        )

    def drop(self, lane: str) -> None:
        """Take back what a lane claimed."""
        self.lines = [line for line in self.lines if line.lane != lane]


def _allowed(chart: Chart, code: str, on: date) -> Decimal | None:
    """Health centers are paid the national nonfacility amount, whoever works there."""
    practice, practitioner = chart.facts.practice, chart.facts.practitioner
    if practice.kind in (PracticeKind.RHC, PracticeKind.FQHC):
        return chart.book.fees.allowed(code, on=on)
    qualifies = practitioner.qualifying_participant
    if qualifies is None:
        qualifies = bool(practice.qualifying_participant)
    return chart.book.fees.allowed(
        code,
        on=on,
        facility=practice.kind is PracticeKind.HOSPITAL_OUTPATIENT,
        qualifying=qualifies,
        kind=practitioner.kind,
    )
