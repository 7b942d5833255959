"""Consent: which consents are in force in the month, and what is wrong with the others."""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from steadwell.rules.counting import years_after
from steadwell.rules.facts import ConsentFacts
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.words import Words, capital, plain
from steadwell.rules.months import Month
from steadwell.rules.rulebook import MonthProgram, Rule

Holds = Callable[[Chart, Rule, ConsentFacts], bool]
Found = Callable[[Chart, Rule, ConsentFacts], Words]


class _Point(NamedTuple):
    """One thing that is asked of a consent: the rule's key, the reason it gives, whether it holds
    and what was found."""

    key: str
    identifier: str
    holds: Holds
    found: Found


def consents_in_force(chart: Chart, program: MonthProgram, docket: Docket) -> list[ConsentFacts]:
    """Empty where none is, with the reason of the one that came nearest."""
    rule = program.get("consent")
    if rule is None:
        return []
    given = [each for each in chart.facts.consents if each.program == docket.program]
    if not given:
        docket.require(rule, "consent_missing", met=False, found="None on record")
        return []
    good: list[ConsentFacts] = []
    faulty: list[tuple[_Point, ConsentFacts]] = []
    for each in given:
        fault = _first_fault(chart, program, each)
        if fault is None:
            good.append(each)
        else:
            faulty.append((fault, each))
    if good:
        _say_all_met(chart, program, docket, min(good, key=lambda each: each.on))
    else:
        fault, each = max(faulty, key=lambda pair: (_POINTS.index(pair[0]), pair[1].on))
        asked = program.rule(fault.key)
        found = fault.found(chart, asked, each)
        docket.require(asked, fault.identifier, met=False, found=found)
    return good


def _say_all_met(
    chart: Chart, program: MonthProgram, docket: Docket, consent: ConsentFacts
) -> None:
    for point, rule in _asked(program):
        found = point.found(chart, rule, consent)
        docket.require(rule, point.identifier, met=True, found=found, since=consent.on)


def _asked(program: MonthProgram) -> Iterator[tuple[_Point, Rule]]:
    """The points that the program asks for."""
    for point in _POINTS:
        rule = program.get(point.key)
        if rule is not None:
            yield point, rule


def _first_fault(chart: Chart, program: MonthProgram, consent: ConsentFacts) -> _Point | None:
    for point, rule in _asked(program):
        if not point.holds(chart, rule, consent):
            return point
    return None


def _is_to_practitioner(chart: Chart, rule: Rule, consent: ConsentFacts) -> bool:
    """A later consent to somebody else, given before the month, takes the place of this one."""
    ours = chart.facts.practitioner.id
    if not ours or consent.to != ours:
        return False
    return not any(
        other.to not in ("", ours)
        and other.program == consent.program
        and consent.on < other.on < chart.facts.month.first
        and _is_not_revoked(chart, rule, other)
        for other in chart.facts.consents
    )


def _to_whom(chart: Chart, _rule: Rule, consent: ConsentFacts) -> Words:
    if not consent.to:
        return "The consent of {} does not say to whom", consent.on
    if consent.to == chart.facts.practitioner.id:
        return "Consent of {} to the billing practitioner", consent.on
    return "Consent of {} to {}", consent.on, consent.to


def _is_before_the_end(chart: Chart, _rule: Rule, consent: ConsentFacts) -> bool:
    return consent.on <= chart.facts.month.last


def _given_when(_chart: Chart, _rule: Rule, consent: ConsentFacts) -> Words:
    return "Consent of {}", consent.on


def _has_form(_chart: Chart, rule: Rule, consent: ConsentFacts) -> bool:
    return consent.form is not None and consent.form in rule.value


def _given_how(_chart: Chart, _rule: Rule, consent: ConsentFacts) -> Words:
    return "{} consent of {}", capital(plain(consent.form or "no")), consent.on


def _covers_all(_chart: Chart, rule: Rule, consent: ConsentFacts) -> bool:
    return set(rule.value) <= set(consent.covers)


def _not_covered(_chart: Chart, rule: Rule, consent: ConsentFacts) -> Words:
    missing = tuple([plain(each) for each in rule.value if each not in consent.covers])
    return ("Not covered: {}", missing) if missing else "All points covered"


def _is_not_revoked(chart: Chart, _rule: Rule, consent: ConsentFacts) -> bool:
    """It holds to the end of the month in which it is taken back."""
    return consent.revoked_on is None or Month.of(consent.revoked_on) >= chart.facts.month


def _revoked_when(_chart: Chart, _rule: Rule, consent: ConsentFacts) -> Words:
    return ("Revoked on {}", consent.revoked_on) if consent.revoked_on else "Not revoked"


def _has_not_run_out(chart: Chart, rule: Rule, consent: ConsentFacts) -> bool:
    return years_after(consent.on, rule.value) >= chart.facts.month.first


def _good_until(_chart: Chart, rule: Rule, consent: ConsentFacts) -> Words:
    return "Good until {}", years_after(consent.on, rule.value)


_POINTS: Final = (
    _Point(
        "consent_to_practitioner",
        "consent_for_other_practitioner",
        _is_to_practitioner,
        _to_whom,
    ),
    _Point("consent", "consent_missing", _is_before_the_end, _given_when),
    _Point("consent_forms", "consent_incomplete", _has_form, _given_how),
    _Point("consent_covers", "consent_incomplete", _covers_all, _not_covered),
    _Point("consent_until_month_end", "consent_revoked", _is_not_revoked, _revoked_when),
    _Point("consent_years", "consent_expired", _has_not_run_out, _good_until),
)
