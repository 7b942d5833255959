"""Other lawful claims of the same month, and what each of them would need. Nobody chooses by price:
the default is what the practitioner attested and elected, and the order here is fixed."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final, NamedTuple

from steadwell.rules.deciding import decide
from steadwell.rules.decision import Decision, Line
from steadwell.rules.facts import AttestedMdm, Elects, MdmLevel, PatientMonth
from steadwell.rules.facts.kinds import Program, Word
from steadwell.rules.rulebook import Rulebook, load_rulebook


class Need(Word):
    """What somebody would have to do first."""

    ELECT_POOLED = "elect_pooled"
    ELECT_PERSONAL = "elect_personal"
    ATTEST_DECISION_MAKING = "attest_decision_making"
    LEAVE_COMPLEX = "leave_complex"
    CHOOSE = "choose"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS: Final = {
    Need.ELECT_POOLED: "The practitioner elects to pool all minutes",
    Need.ELECT_PERSONAL: "The practitioner elects the lane of their own minutes",
    Need.ATTEST_DECISION_MAKING: "The practitioner attests moderate or high decision making in the month",
    Need.LEAVE_COMPLEX: "The practitioner leaves complex care aside for the month",
    Need.CHOOSE: "A person chooses this claim over the one that excludes it",
}


class Alternative(NamedTuple):
    """One lawful claim in place of the default."""

    lines: tuple[Line, ...]
    needs: tuple[Need, ...]

    @property
    def amount(self) -> Decimal | None:
        """What all lines are allowed together; `None` where one has no amount."""
        amounts = [line.amount for line in self.lines]
        return None if None in amounts else sum((each for each in amounts if each), Decimal())

    def as_mapping(self) -> dict[str, Any]:
        return {
            "lines": [line.as_mapping() for line in self.lines],
            "amount": None if self.amount is None else str(self.amount),
            "needs": [each.value for each in self.needs],
        }


_UNDECIDED: Final = frozenset({"choose_one", "excluded_by"})


def alternatives(facts: PatientMonth, rulebook: Rulebook | None = None) -> tuple[Alternative, ...]:
    """All other claims that the same facts allow: lanes in the order pooled, complex, personal, then
    by program and code. Minutes, consents and visits are never supposed. Of complex care that nobody
    has attested the date is the earliest it could have.

    Raises:
        NotVerifiedError: the month lies outside what the rule files vouch for.
    """
    book = rulebook or load_rulebook()
    default = decide(facts, book)
    seen = {_claim(default), _claim_of(())}
    found = []
    for supposed, needs in _lanes(facts):
        decision = decide(supposed, book)
        for chosen, more in _choices(supposed, decision, book):
            if _claim(chosen) not in seen:
                seen.add(_claim(chosen))
                found.append(Alternative(chosen.lines, (*needs, *more)))
    return tuple(found)


def _lanes(facts: PatientMonth) -> Iterator[tuple[PatientMonth, tuple[Need, ...]]]:
    """The month as it stands, then in each lane that the practitioner could elect or attest."""
    yield facts, ()
    elected = facts.elects is Elects.PERSONAL
    pooled = (Need.ELECT_POOLED,) if elected else ()
    if facts.attested_mdm is None:
        yield replace(facts, elects=Elects.POOLED), pooled
        attested = replace(facts, elects=Elects.POOLED, attested_mdm=_moderate(facts))
        yield attested, (*pooled, Need.ATTEST_DECISION_MAKING)
    else:
        simple = replace(facts, elects=Elects.POOLED, attested_mdm=None)
        yield simple, (*pooled, Need.LEAVE_COMPLEX)
        yield replace(facts, elects=Elects.POOLED), pooled
    if not elected:
        yield replace(facts, elects=Elects.PERSONAL), (Need.ELECT_PERSONAL,)


def _moderate(facts: PatientMonth) -> AttestedMdm:
    first, ours = facts.month.first, facts.practitioner.id
    return AttestedMdm(level=MdmLevel.MODERATE, by=ours, on=first, made_on=first)


def _choices(
    facts: PatientMonth, decision: Decision, book: Rulebook
) -> Iterator[tuple[Decision, tuple[Need, ...]]]:
    """The decision itself, and where claims exclude each other, one for each that may be chosen."""
    yield decision, ()
    if not _UNDECIDED & set(decision.because):
        return
    month = book.in_month(facts.month)
    judged = {each.program for each in decision.findings}
    for code in [code for each in Program if each in judged for code in month.programs[each].codes]:
        yield decide(replace(facts, chooses=(code,)), book), (Need.CHOOSE,)


def _claim(decision: Decision) -> frozenset[tuple[str, int]]:
    return _claim_of(decision.lines)


def _claim_of(lines: tuple[Line, ...]) -> frozenset[tuple[str, int]]:
    """Codes and units; a different date alone is no other claim."""
    return frozenset((line.code, line.units) for line in lines)
