"""A case as text, decided: what a page shows of it. Nothing is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from steadwell.rules import Alternative, alternatives
from steadwell.rules.cases import Case, CaseError, Checked, check, read_case_text
from steadwell.rules.decision import Decision, Finding, Line
from steadwell.rules.rulebook import Source, load_rulebook
from steadwell.rules.rulebook.fees import Basis
from steadwell.rules.sentences import sentence

LONGEST: Final = 200_000
MOST_CASES: Final = 500
_NAME: Final = "text"
_BASIS: Final[dict[str, str]] = {
    Basis.LOCAL: "of the locality",
    Basis.NATIONAL: "national",
    Basis.NATIONAL_FOR_WANT_OF_INDEX: "national, for want of an index",
    Basis.HEALTH_CENTER: "national, as for health centers",
    Basis.NOT_KNOWN: "not known",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words, with the source that says so."""

    finding: Finding
    words: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Trial:
    """One case, decided. `unavailable` says why it could not be."""

    number: int
    case: Case
    decision: Decision | None
    unavailable: str
    differences: tuple[str, ...]
    lines: tuple[tuple[Line, str, str], ...] = ()
    amount: Decimal | None = None
    reasons: tuple[Told, ...] = ()
    review: tuple[Told, ...] = ()
    met: tuple[Told, ...] = ()

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """Other lawful claims; reckoned only for the case that is looked at."""
        return alternatives(self.case.facts) if self.decision else ()

    @property
    def holds(self) -> bool | None:
        """Whether what is expected was found; `None` where nothing is."""
        if not self.case.expect:
            return None
        return not self.differences


@dataclass(frozen=True, slots=True)
class Tried:
    """A text and what came of it: its cases, or the problem with the line where it is."""

    text: str
    trials: tuple[Trial, ...] = ()
    problem: str = ""
    line: int | None = None

    @property
    def only(self) -> Trial | None:
        return self.trials[0] if len(self.trials) == 1 else None

    @property
    def rows(self) -> int:
        """Lines of a field that shows the text whole, within reason."""
        most = 14 if len(self.trials) > 1 else 30
        return min(max(self.text.count("\n") + 2, 8), most)

    @property
    def held(self) -> int:
        return sum(each.holds is True for each in self.trials)

    @property
    def expecting(self) -> int:
        return sum(each.holds is not None for each in self.trials)

    @property
    def is_refused(self) -> bool:
        return bool(self.problem or (self.only and self.only.unavailable))


def try_text(text: str) -> Tried:
    """Decide every case of a text; what cannot be read is said in words."""
    if not text.strip():
        return Tried(text, problem="There is nothing to decide. Write or paste a case.")
    if len(text) > LONGEST:
        problem = f"This is longer than {LONGEST:,} characters. Decide larger files with the command line."
        return Tried(text, problem=problem)
    try:
        cases = read_case_text(text, name=_NAME)
    except CaseError as error:
        return Tried(text, problem=_in_words(str(error)), line=error.line)
    if not cases:
        return Tried(text, problem="The list of cases is empty. Write at least one.")
    if len(cases) > MOST_CASES:
        problem = f"These are {len(cases)} cases, and the page decides {MOST_CASES} at once."
        return Tried(text, problem=problem)
    return Tried(text, trials=tuple(_trial(number, each) for number, each in enumerate(cases, 1)))


def _in_words(problem: str) -> str:
    """Without the name that the text has not; a wall of text cut short."""
    words = problem.removeprefix(f"{_NAME}: ")
    return words if len(words) <= 600 else f"{words[:600]}…"


def _trial(number: int, case: Case) -> Trial:
    checked: Checked = check(case)
    decision = checked.decision
    if decision is None:
        return Trial(number, case, None, checked.differences[0], ())
    codes = load_rulebook().codes
    return Trial(
        number,
        case,
        decision,
        "",
        checked.differences,
        lines=tuple((line, codes[line.code].label, _BASIS[line.basis]) for line in decision.lines),
        amount=decision.amount,
        reasons=_told(decision.reasons),
        review=_told(decision.review),
        met=_told(each for each in decision.findings if each.met),
    )


def _told(findings: Iterable[Finding]) -> tuple[Told, ...]:
    sources = load_rulebook().sources
    return tuple(Told(each, sentence(each), sources.get(each.source)) for each in findings)
