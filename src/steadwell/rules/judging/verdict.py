"""What one program comes to, before the programs are held against each other."""

from dataclasses import dataclass, field
from datetime import date

from steadwell.rules.amounts import priced
from steadwell.rules.decision import Line, Missing, Next
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.rulebook import MonthCode


@dataclass(slots=True)
class Verdict:
    docket: Docket
    lines: list[Line] = field(default_factory=list)
    next: list[Next] = field(default_factory=list)
    minutes: int | None = None

    def claim(
        self, chart: Chart, code: MonthCode, on: date, *, units: int = 1, lane: str = ""
    ) -> None:
        each = priced(chart.facts, chart.book.fees, code.code, on)
        amount = None if each.amount is None else each.amount * units
        program, basis = self.docket.program, each.basis.value
        self.lines.append(Line(code.code, units, on, amount, program, lane or code.lane, basis))

    def move(self, chart: Chart, on: date) -> None:
        """All lines to another day, at the amounts of that day."""
        lines, self.lines = self.lines, []
        codes = chart.program(self.docket.program).codes
        for line in lines:
            self.claim(chart, codes[line.code], on, units=line.units, lane=line.lane)

    def missing(self, code: str, missing: Missing, by: date, more: int = 1) -> None:
        """The next code in reach, unless something stands against all codes of the program."""
        if not self.docket.blocked:
            self.next.append(Next(self.docket.program, code, missing, more, by))

    def drop(self, lane: str) -> None:
        """Take back what a lane claimed."""
        self.lines = [line for line in self.lines if line.lane != lane]
