"""What a program asks for beside consent, visit and time."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Final

from steadwell.rules.conditions import condition_group, distinct_groups
from steadwell.rules.counting import UNITED_STATES
from steadwell.rules.facts import ConditionFacts
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.words import Words, heading, listed
from steadwell.rules.rulebook import MonthProgram, Rule

Judge = Callable[[Chart, MonthProgram, Docket, Rule], None]


def require_all(chart: Chart, program: MonthProgram, docket: Docket, *, care: bool = True) -> None:
    """Everything but consent, visit and time; without `care`, neither plan nor elements."""
    for judge, rule in _asked(program, care=care):
        judge(chart, program, docket, rule)


@lru_cache(maxsize=2048)
def _asked(program: MonthProgram, *, care: bool) -> tuple[tuple[Judge, Rule], ...]:
    """What the program asks for in its month, in the order of looking."""
    every = (*_OF_ALL, *(_OF_CARE if care else ()), *_AT_LAST)
    return tuple([(judge, program.rule(key)) for key, judge in every if program.get(key)])


def _practitioner(chart: Chart, _program: MonthProgram, docket: Docket, rule: Rule) -> None:
    kind = chart.facts.practitioner.kind
    found = heading(kind) if kind else "Nobody named"
    docket.require(rule, "practitioner_not_eligible", met=kind in rule.value, found=found)


def _payer(chart: Chart, program: MonthProgram, docket: Docket, rule: Rule) -> None:
    payer = chart.facts.coverage.payer
    found = heading(payer) if payer else "No cover known"
    docket.require(rule, "payer_not_medicare_ffs", met=payer in rule.value, found=found)
    reviewed = program.rule("payers_reviewed")
    if payer in reviewed.value:
        docket.flag(reviewed, "payer_not_medicare_ffs", found=found)


def _cover(chart: Chart, _program: MonthProgram, docket: Docket, rule: Rule) -> None:
    cover, month = chart.facts.coverage, chart.facts.month
    begins = cover.enrolled_from or month.first
    ends = cover.enrolled_to or month.last
    docket.require(
        rule,
        "payer_not_medicare_ffs",
        met=begins <= month.last and ends >= month.first,
        found=_period(cover.enrolled_from, cover.enrolled_to),
        since=begins,
    )


def _alive(chart: Chart, _program: MonthProgram, docket: Docket, rule: Rule) -> None:
    death = chart.facts.patient.death_date
    docket.require(
        rule,
        "service_after_death",
        met=death is None or death >= chart.facts.month.first,
        found=("Died on {}", death) if death else "Living",
    )


def _country(chart: Chart, _program: MonthProgram, docket: Docket, rule: Rule) -> None:
    country = chart.facts.practice.country
    if country not in UNITED_STATES:
        docket.require(rule, "setting_not_payable", met=False, found=f"A practice in {country}")


def _conditions(chart: Chart, program: MonthProgram, docket: Docket, rule: Rule) -> None:
    lasting = [each for each in chart.facts.conditions if each.lasts_12_months]
    diseases = distinct_diseases(lasting)
    enough = len(diseases) >= rule.value
    docket.require(rule, "too_few_chronic_conditions", met=enough, found=_diseases(diseases))
    if enough:
        _require_risk(program, docket, lasting, at_least=rule.value)


def _require_risk(
    program: MonthProgram, docket: Docket, conditions: list[ConditionFacts], *, at_least: int
) -> None:
    """The practitioner's statement of risk about so many of the conditions."""
    rule = program.get("risk")
    if rule is not None:
        at_risk = distinct_diseases([each for each in conditions if each.significant_risk])
        met = len(at_risk) >= at_least
        docket.require(rule, "risk_not_documented", met=met, found=_diseases(at_risk))


def _serious(chart: Chart, program: MonthProgram, docket: Docket, rule: Rule) -> None:
    serious = [each for each in _lasting(chart) if each.serious_complex]
    _require_one(docket, rule, serious)
    if serious:
        _require_risk(program, docket, serious, at_least=1)


def _high_risk(chart: Chart, _program: MonthProgram, docket: Docket, rule: Rule) -> None:
    every = _lasting(chart)
    _require_one(docket, rule, [e for e in every if e.significant_risk or e.serious_complex])


def _one_lasting(chart: Chart, _program: MonthProgram, docket: Docket, rule: Rule) -> None:
    _require_one(docket, rule, _lasting(chart))


def _lasting(chart: Chart) -> list[ConditionFacts]:
    return [each for each in chart.facts.conditions if each.lasts_3_months or each.lasts_12_months]


def _require_one(docket: Docket, rule: Rule, conditions: list[ConditionFacts]) -> None:
    """The one condition that some programs are about."""
    found = listed(each.code for each in conditions) or "None"
    docket.require(rule, "serious_condition_missing", met=bool(conditions), found=found)


def distinct_diseases(conditions: list[ConditionFacts]) -> tuple[str, ...]:
    """Each disease once, though several codes name it. A code that is in no group of ours counts by
    its category, because the practitioner's statement says that it lasts."""
    return _diseases_of(tuple([each.code for each in conditions]))


@lru_cache(maxsize=4096)
def _diseases_of(codes: tuple[str, ...]) -> tuple[str, ...]:
    groups = [(code, condition_group(code)) for code in codes]
    known = distinct_groups([group for _code, group in groups if group])
    others = {code.strip().upper()[:3] for code, group in groups if not group}
    return (*(group.label for group in known), *sorted(others))


def _care_plan(chart: Chart, program: MonthProgram, docket: Docket, rule: Rule) -> None:
    plan, last = chart.facts.care_plan, chart.facts.month.last
    established = plan.established_on if plan else None
    if plan is None or established is None or established > last:
        found: Words = ("Not before {}", established) if established else "No care plan"
        docket.require(rule, "care_plan_missing", met=False, found=found)
        return
    found = ("Established on {}", established)
    docket.require(rule, "care_plan_missing", met=True, found=found, since=established)
    signed = program.get("care_plan_signed")
    if signed is not None:
        found = f"Signed by {plan.signed_by}" if plan.signed_by else "Not signed"
        ours = bool(plan.signed_by) and plan.signed_by == chart.facts.practitioner.id
        docket.require(signed, "care_plan_unsigned", met=ours, found=found)
    copy, given = program.get("care_plan_copy"), plan.copy_given_on
    if copy is not None:
        found = ("Given on {}", given) if given else "Not given"
        met = given is not None and given <= last
        docket.require(copy, "care_plan_copy_not_given", met=met, found=found, since=given)


def _element(chart: Chart, _program: MonthProgram, docket: Docket, rule: Rule) -> None:
    is_there = bool(getattr(chart.facts.elements, rule.key))
    found = "In place" if is_there else "Missing"
    docket.require(rule, f"{rule.key}_missing", met=is_there, found=found)


def _home_health(chart: Chart, _program: MonthProgram, docket: Docket, rule: Rule) -> None:
    is_there = chart.facts.home_health
    found = "A home health plan of care stands against it" if is_there else "None known"
    docket.require(rule, "excluded_by", met=not is_there, found=found, code="G0181")
    if is_there:
        docket.flag(rule, "excluded_by", found=found, code="G0181")


def _hospice(chart: Chart, _program: MonthProgram, docket: Docket, rule: Rule) -> None:
    if chart.facts.hospice:
        docket.flag(rule, "hospice", found="In hospice")


def _diseases(labels: tuple[str, ...]) -> Words:
    if len(labels) < 2:
        return f"1 condition: {labels[0]}" if labels else "None"
    return "{} conditions: {}", len(labels), labels


def _period(begins: date | None, ends: date | None) -> Words:
    if begins and ends:
        return "Cover from {} until {}", begins, ends
    if begins:
        return "Cover from {}", begins
    return ("Cover until {}", ends) if ends else "No end known"


_OF_ALL: Final[tuple[tuple[str, Judge], ...]] = (
    ("practitioners", _practitioner),
    ("payers_claimed", _payer),
    ("covered", _cover),
    ("alive", _alive),
    ("inside_us", _country),
    ("conditions_at_least", _conditions),
    ("serious_condition", _serious),
    ("high_risk_condition", _high_risk),
    ("lasting_condition", _one_lasting),
)
_OF_CARE: Final[tuple[tuple[str, Judge], ...]] = (
    ("care_plan", _care_plan),
    ("after_hours_access", _element),
    ("designated_contact", _element),
    ("structured_record", _element),
)
_AT_LAST: Final[tuple[tuple[str, Judge], ...]] = (
    ("no_home_health", _home_health),
    ("hospice", _hospice),
)
