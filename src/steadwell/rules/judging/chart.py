"""The facts of a patient-month beside the rules of that month, and what was found so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final, NamedTuple

from steadwell.rules.counting import MonthDays
from steadwell.rules.decision import Finding
from steadwell.rules.facts import PatientMonth, Program
from steadwell.rules.judging.words import Words
from steadwell.rules.rulebook import MonthBook, MonthProgram, Rule

_finding: Final = partial(tuple.__new__, Finding)
"""A finding of all its eight fields. There are twenty in a decision: this is twice as fast."""


class Chart(NamedTuple):
    facts: PatientMonth
    book: MonthBook
    days: MonthDays

    @property
    def last_day(self) -> date:
        """The last day of the month on which anything may still be done."""
        cover, death = self.facts.coverage.enrolled_to, self.facts.patient.death_date
        last = self.facts.month.last
        if cover is None and death is None:
            return last
        return min(last, cover or last, death or last)

    def chosen(self, codes: Iterable[str]) -> str | None:
        """The one of several lawful codes that a person has chosen."""
        chosen = [code for code in codes if code in self.facts.chooses]
        return chosen[0] if len(chosen) == 1 else None

    def program(self, program: Program) -> MonthProgram:
        return self.book.programs[program]


@dataclass(slots=True)
class Docket:
    """Findings about one program, in the order they are made.

    A requirement that is not met blocks every line of the program; a note says only why one code is
    not claimed; a flag holds the month for a person. `since` is the first day on which all
    requirements met so far hold.
    """

    program: Program
    since: date
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    review: list[Finding] = field(default_factory=list)
    blocked: bool = False

    def require(
        self,
        rule: Rule,
        identifier: str,
        *,
        met: bool,
        found: Words,
        since: date | None = None,
        code: str | None = None,
    ) -> bool:
        finding = _finding((identifier, self.program, rule, met, found, "", code, ()))
        self.findings.append(finding)
        if not met:
            self.notes.append(finding)
            self.blocked = True
        elif since is not None and since > self.since:
            self.since = since
        return met

    def note(
        self,
        rule: Rule,
        identifier: str,
        *,
        found: Words,
        needed: str = "",
        code: str | None = None,
        refs: tuple[str, ...] = (),
    ) -> None:
        """Why something is not claimed, though the rest may be."""
        finding = _finding((identifier, self.program, rule, False, found, needed, code, refs))
        self.findings.append(finding)
        self.notes.append(finding)

    def meet(self, rule: Rule, identifier: str, *, found: Words, needed: str, code: str) -> None:
        """A rule about one code that is met."""
        finding = _finding((identifier, self.program, rule, True, found, needed, code, ()))
        self.findings.append(finding)

    def flag(
        self,
        rule: Rule,
        identifier: str,
        *,
        found: Words,
        code: str | None = None,
        refs: tuple[str, ...] = (),
    ) -> None:
        """What a person has to look at before anything is claimed."""
        finding = _finding((identifier, self.program, rule, False, found, "", code, refs))
        self.review.append(finding)
