"""Which visits count as the billing practitioner's, and which might."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from steadwell.rules.eligibility.facts import ChartFacts, VisitFact, VisitSetting
from steadwell.rules.eligibility.rulebook import Criteria

_FACE_TO_FACE: Final = frozenset({VisitSetting.OFFICE, VisitSetting.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Visits:
    """`within`: the last qualifying visit inside the look-back, with its code. `possible`: visits
    inside it that a person has to settle, newest first."""

    within: tuple[str, VisitFact] | None
    possible: Sequence[VisitFact]
    last_qualifying_on: date | None


def visits_until(facts: ChartFacts, on: date, rules: Criteria) -> Visits:
    first = years_before(on, rules.visit_within_years)
    last: tuple[str, VisitFact] | None = None
    possible: list[VisitFact] = []
    for visit in facts.visits:
        is_ours = visit.npi in facts.billing_npis
        if visit.on > on or (not is_ours and _is_npi(visit.npi)):
            continue
        code = next((code for code in visit.codes if code in rules.qualifying_visits), None)
        if code and is_ours:
            if last is None or visit.on > last[1].on:
                last = (code, visit)
        elif visit.on >= first and (code or _may_be_a_visit(visit, rules)):
            possible.append(visit)
    within = last if last and last[1].on >= first else None
    possible.sort(key=lambda visit: visit.on, reverse=True)
    return Visits(within, possible, last[1].on if last else None)


@lru_cache(maxsize=4096)
def years_before(day: date, years: int) -> date:
    """The same day, years earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@lru_cache(maxsize=4096)
def _is_npi(text: str) -> bool:
    """Whether it can be anybody's number: ten digits, the first 1 or 2, and Luhn over 80840 + NPI.
    Where it cannot (test exports hold such numbers), the chart does not say who saw the patient."""
    if len(text) != 10 or not text.isdecimal() or text[0] not in "12":
        return False
    digits = [int(digit) for digit in reversed("80840" + text)]
    doubled = (digit * 2 - 9 * (digit > 4) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _may_be_a_visit(visit: VisitFact, rules: Criteria) -> bool:
    if visit.codes and rules.not_visits.issuperset(visit.codes):
        return False
    return visit.setting in _FACE_TO_FACE
