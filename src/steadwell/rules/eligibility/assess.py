"""Facts of one chart and a day, to a candidacy."""

from datetime import date
from typing import Final

from steadwell.rules.eligibility import checks
from steadwell.rules.eligibility.diseases import Diseases, diseases_on
from steadwell.rules.eligibility.facts import ChartFacts
from steadwell.rules.eligibility.results import Candidacy, Evidence, Met, Missing, Standing
from steadwell.rules.eligibility.rulebook import Criteria, criteria_on
from steadwell.rules.eligibility.visits import Visits, visits_until

_DECIDES: Final = frozenset({"alive", "cover", "conditions"})
"""Criteria that end it when not met. The others wait for a person, a visit or a discharge."""


def assess(facts: ChartFacts, on: date) -> Candidacy:
    """As the chart stands on that day; whatever is dated later is not seen.

    Raises:
        ValueError: `on` lies before the first day that the criteria cover.
    """
    rules = criteria_on(on)
    cover = checks.cover_on(facts, on)
    diseases = diseases_on(facts.conditions, on)
    visits = visits_until(facts, on, rules)
    checked = _check_all(facts, on, rules, (cover, diseases, visits))
    evidence = tuple(each for each, _ in checked)
    missing = tuple(each for _, found in checked for each in found)
    standing = _standing(evidence, missing)
    return Candidacy(
        standing=standing,
        evidence=evidence,
        missing=missing if standing is Standing.INCOMPLETE else (),
        conditions=diseases.counted,
        payer_kind=cover.kind,
        last_visit_on=visits.last_qualifying_on,
        needs_initiating_visit=_needs_initiating_visit(visits),
        age=_age(facts.birth_date, on),
    )


def _check_all(
    facts: ChartFacts, on: date, rules: Criteria, read: tuple[checks.Cover, Diseases, Visits]
) -> tuple[checks.Checked, ...]:
    cover, diseases, visits = read
    return (
        checks.check_alive(facts, on, rules),
        checks.check_cover(cover, rules),
        checks.check_conditions(diseases, rules),
        checks.check_risk(facts, on, rules),
        checks.check_visit(visits, rules),
        checks.check_stay(facts, on, rules),
        checks.check_hospice(facts, rules),
        checks.check_known_elsewhere("esrd", facts.esrd + diseases.dialysis_rows, rules),
        checks.check_known_elsewhere("home_health", facts.home_health, rules),
        checks.check_known_elsewhere("one_biller", facts.billed_elsewhere, rules),
    )


def _standing(evidence: tuple[Evidence, ...], missing: tuple[Missing, ...]) -> Standing:
    for each in evidence:
        if each.met is Met.NOT_MET and each.criterion.key in _DECIDES:
            return Standing.DOES_NOT
    return Standing.INCOMPLETE if missing else Standing.QUALIFIES


def _needs_initiating_visit(visits: Visits) -> bool | None:
    if visits.within:
        return False
    return None if visits.possible else True


def _age(birth_date: date | None, on: date) -> int | None:
    if birth_date is None:
        return None
    had_birthday = (on.month, on.day) >= (birth_date.month, birth_date.day)
    return on.year - birth_date.year - (not had_birthday)
