"""The facts of a patient-month beside the rules of that month, and what was found so far."""

from dataclasses import dataclass, field
from datetime import date

from steadwell.rules.counting import MonthDays
from steadwell.rules.decision import Finding
from steadwell.rules.facts import PatientMonth, Program
from steadwell.rules.rulebook import MonthBook, MonthProgram, Rule


@dataclass(frozen=True, slots=True)
class Chart:
    facts: PatientMonth
    book: MonthBook
    days: MonthDays

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
        found: str,
        since: date | None = None,
        code: str | None = None,
    ) -> bool:
        finding = self._finding(rule, identifier, met=met, found=found, code=code)
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
        found: str,
        needed: str = "",
        code: str | None = None,
        refs: tuple[str, ...] = (),
    ) -> None:
        """Why something is not claimed, though the rest may be."""
        finding = self._finding(
            rule, identifier, met=False, found=found, needed=needed, code=code, refs=refs
        )
        self.findings.append(finding)
        self.notes.append(finding)

    def meet(self, rule: Rule, identifier: str, *, found: str, needed: str, code: str) -> None:
        """A rule about one code that is met."""
        self.findings.append(
            self._finding(rule, identifier, met=True, found=found, needed=needed, code=code)
        )

    def flag(
        self,
        rule: Rule,
        identifier: str,
        *,
        found: str,
        code: str | None = None,
        refs: tuple[str, ...] = (),
    ) -> None:
        """What a person has to look at before anything is claimed."""
        self.review.append(
            self._finding(rule, identifier, met=False, found=found, code=code, refs=refs)
        )

    def _finding(
        self,
        rule: Rule,
        identifier: str,
        *,
        met: bool,
        found: str,
        needed: str = "",
        code: str | None = None,
        refs: tuple[str, ...] = (),
    ) -> Finding:
        return Finding(
            identifier=identifier,
            program=self.program,
            rule=rule.id,
            met=met,
            needed=needed or rule.needed,
            found=found,
            source=rule.source,
            in_force_from=rule.in_force_from,
            in_force_to=rule.in_force_to,
            code=code,
            refs=refs,
        )
