"""Consent: which consents are in force in the month, and what is wrong with the others."""

from steadwell.rules.counting import years_after
from steadwell.rules.facts import ConsentFacts
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.words import capital, listed, on_day, plain
from steadwell.rules.months import Month
from steadwell.rules.rulebook import MonthProgram, Rule

_STEPS = (
    "consent_to_practitioner",
    "consent",
    "consent_forms",
    "consent_covers",
    "consent_until_month_end",
    "consent_years",
)
_IDENTIFIERS = {
    "consent": "consent_missing",
    "consent_to_practitioner": "consent_for_other_practitioner",
    "consent_forms": "consent_incomplete",
    "consent_covers": "consent_incomplete",
    "consent_until_month_end": "consent_revoked",
    "consent_years": "consent_expired",
}


def consents_in_force(chart: Chart, program: MonthProgram, docket: Docket) -> list[ConsentFacts]:
    """Empty where none is, with the reason of the one that came nearest."""
    rule = program.get("consent")
    if rule is None:
        return []
    given = [each for each in chart.facts.consents if each.program == docket.program]
    if not given:
        docket.require(rule, "consent_missing", met=False, found="None on record")
        return []
    judged = [(_first_fault(chart, program, each, given), each) for each in given]
    good = [each for fault, each in judged if fault is None]
    if good:
        first = min(good, key=lambda each: each.on)
        _say_all_met(chart, program, docket, first)
        return good
    fault, nearest = max(judged, key=lambda pair: (_STEPS.index(str(pair[0])), pair[1].on))
    broken = program.rule(str(fault))
    docket.require(
        broken, _IDENTIFIERS[broken.key], met=False, found=_found(chart, broken, nearest)
    )
    return []


def _say_all_met(
    chart: Chart, program: MonthProgram, docket: Docket, consent: ConsentFacts
) -> None:
    for step in _STEPS:
        rule = program.get(step)
        if rule is not None:
            found = _found(chart, rule, consent)
            docket.require(rule, _IDENTIFIERS[step], met=True, found=found, since=consent.on)


def _first_fault(
    chart: Chart, program: MonthProgram, consent: ConsentFacts, given: list[ConsentFacts]
) -> str | None:
    for step in _STEPS:
        rule = program.get(step)
        if rule is not None and not _holds(chart, rule, consent, given):
            return step
    return None


def _holds(chart: Chart, rule: Rule, consent: ConsentFacts, given: list[ConsentFacts]) -> bool:
    month = chart.facts.month
    if rule.key == "consent_to_practitioner":
        return _is_to_practitioner(chart, consent, given)
    if rule.key == "consent":
        return consent.on <= month.last
    if rule.key == "consent_forms":
        return consent.form is not None and consent.form in rule.value
    if rule.key == "consent_covers":
        return set(rule.value) <= set(consent.covers)
    if rule.key == "consent_until_month_end":
        return consent.revoked_on is None or Month.of(consent.revoked_on) >= month
    return years_after(consent.on, rule.value) >= month.first


def _is_to_practitioner(chart: Chart, consent: ConsentFacts, given: list[ConsentFacts]) -> bool:
    """A later consent to somebody else, given before the month, takes the place of this one."""
    ours = chart.facts.practitioner.id
    if not ours or consent.to != ours:
        return False
    return not any(
        other.to not in ("", ours)
        and consent.on < other.on < chart.facts.month.first
        and (other.revoked_on is None or Month.of(other.revoked_on) >= chart.facts.month)
        for other in given
    )


def _found(chart: Chart, rule: Rule, consent: ConsentFacts) -> str:
    if rule.key == "consent_to_practitioner":
        return _to_whom(chart, consent)
    if rule.key == "consent_forms":
        return f"{capital(plain(consent.form or 'no'))} consent of {on_day(consent.on)}"
    if rule.key == "consent_covers":
        missing = [plain(each) for each in rule.value if each not in consent.covers]
        return f"Not covered: {listed(missing)}" if missing else "All points covered"
    if rule.key == "consent_until_month_end":
        revoked = consent.revoked_on
        return f"Revoked on {on_day(revoked)}" if revoked else "Not revoked"
    if rule.key == "consent_years":
        return f"Good until {on_day(years_after(consent.on, rule.value))}"
    return f"Consent of {on_day(consent.on)}"


def _to_whom(chart: Chart, consent: ConsentFacts) -> str:
    if not consent.to:
        return f"The consent of {on_day(consent.on)} does not say to whom"
    if consent.to == chart.facts.practitioner.id:
        return f"Consent of {on_day(consent.on)} to the billing practitioner"
    return f"Consent of {on_day(consent.on)} to {consent.to}"
