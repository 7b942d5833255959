"""What a program asks for beside consent, visit and time."""

from datetime import date

from steadwell.rules.conditions import condition_group, distinct_groups
from steadwell.rules.counting import UNITED_STATES
from steadwell.rules.facts import ConditionFacts
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.words import capital, count_of, listed, on_day, plain
from steadwell.rules.rulebook import MonthProgram

_ELEMENTS = ("after_hours_access", "designated_contact", "structured_record")


def require_all(chart: Chart, program: MonthProgram, docket: Docket, *, care: bool = True) -> None:
    """Everything but consent, visit and time; without `care`, neither plan nor elements."""
    require_practitioner(chart, program, docket)
    require_payer(chart, program, docket)
    require_cover(chart, program, docket)
    require_alive(chart, program, docket)
    require_country(chart, program, docket)
    require_conditions(chart, program, docket)
    require_program_conditions(chart, program, docket)
    if care:
        require_care_plan(chart, program, docket)
        require_elements(chart, program, docket)
    bar = program.get("no_home_health")
    if bar is not None:
        is_there = chart.facts.home_health
        found = "A home health plan of care stands against it" if is_there else "None known"
        docket.require(bar, "excluded_by", met=not is_there, found=found, code="G0181")
        if is_there:
            docket.flag(bar, "excluded_by", found=found, code="G0181")
    if chart.facts.hospice:
        docket.flag(program.rule("hospice"), "hospice", found="In hospice")


def require_practitioner(chart: Chart, program: MonthProgram, docket: Docket) -> None:
    rule = program.rule("practitioners")
    kind = chart.facts.practitioner.kind
    docket.require(
        rule,
        "practitioner_not_eligible",
        met=kind in rule.value,
        found=capital(plain(kind)) if kind else "Nobody named",
    )


def require_payer(chart: Chart, program: MonthProgram, docket: Docket) -> None:
    rule = program.rule("payers_claimed")
    payer = chart.facts.coverage.payer
    found = capital(plain(payer)) if payer else "No cover known"
    docket.require(rule, "payer_not_medicare_ffs", met=payer in rule.value, found=found)
    reviewed = program.rule("payers_reviewed")
    if payer in reviewed.value:
        docket.flag(reviewed, "payer_not_medicare_ffs", found=found)


def require_cover(chart: Chart, program: MonthProgram, docket: Docket) -> None:
    cover, month = chart.facts.coverage, chart.facts.month
    begins = cover.enrolled_from or month.first
    ends = cover.enrolled_to or month.last
    docket.require(
        program.rule("covered"),
        "payer_not_medicare_ffs",
        met=begins <= month.last and ends >= month.first,
        found=_period(cover.enrolled_from, cover.enrolled_to),
        since=begins,
    )


def require_alive(chart: Chart, program: MonthProgram, docket: Docket) -> None:
    death = chart.facts.patient.death_date
    docket.require(
        program.rule("alive"),
        "service_after_death",
        met=death is None or death >= chart.facts.month.first,
        found=f"Died on {on_day(death)}" if death else "Living",
    )


def require_country(chart: Chart, program: MonthProgram, docket: Docket) -> None:
    country = chart.facts.practice.country
    if country not in UNITED_STATES:
        docket.require(
            program.rule("inside_us"),
            "setting_not_payable",
            met=False,
            found=f"A practice in {country}",
        )


def require_conditions(chart: Chart, program: MonthProgram, docket: Docket) -> None:
    rule = program.get("conditions_at_least")
    if rule is None:
        return
    lasting = [each for each in chart.facts.conditions if each.lasts_12_months]
    diseases = distinct_diseases(lasting)
    enough = docket.require(
        rule,
        "too_few_chronic_conditions",
        met=len(diseases) >= rule.value,
        found=_diseases(diseases),
    )
    if enough:
        require_risk(program, docket, lasting, at_least=rule.value)


def require_risk(
    program: MonthProgram, docket: Docket, conditions: list[ConditionFacts], *, at_least: int
) -> None:
    """The practitioner's statement of risk about so many of the conditions."""
    rule = program.get("risk")
    if rule is not None:
        at_risk = distinct_diseases([each for each in conditions if each.significant_risk])
        met = len(at_risk) >= at_least
        docket.require(rule, "risk_not_documented", met=met, found=_diseases(at_risk))


def require_program_conditions(chart: Chart, program: MonthProgram, docket: Docket) -> None:
    """The one condition that some programs are about."""
    lasting = [
        each for each in chart.facts.conditions if each.lasts_3_months or each.lasts_12_months
    ]
    for key, fitting in (
        ("serious_condition", [each for each in lasting if each.serious_complex]),
        (
            "high_risk_condition",
            [each for each in lasting if each.significant_risk or each.serious_complex],
        ),
        ("lasting_condition", lasting),
    ):
        rule = program.get(key)
        if rule is not None:
            found = listed(each.code for each in fitting) or "None"
            docket.require(rule, "serious_condition_missing", met=bool(fitting), found=found)
        if key == "serious_condition" and fitting:
            require_risk(program, docket, fitting, at_least=1)


def distinct_diseases(conditions: list[ConditionFacts]) -> list[str]:
    """Each disease once, though several codes name it. A code that is in no group of ours counts by
    its category, because the practitioner's statement says that it lasts."""
    groups = [(each, condition_group(each.code)) for each in conditions]
    known = distinct_groups(group for _each, group in groups if group)
    others = {each.code.strip().upper()[:3] for each, group in groups if not group}
    return [group.label for group in known] + sorted(others)


def require_care_plan(chart: Chart, program: MonthProgram, docket: Docket) -> None:
    rule = program.get("care_plan")
    if rule is None:
        return
    plan, last = chart.facts.care_plan, chart.facts.month.last
    established = plan.established_on if plan else None
    if plan is None or established is None or established > last:
        found = f"Not before {on_day(established)}" if established else "No care plan"
        docket.require(rule, "care_plan_missing", met=False, found=found)
        return
    found = f"Established on {on_day(established)}"
    docket.require(rule, "care_plan_missing", met=True, found=found, since=established)
    signed = program.get("care_plan_signed")
    if signed is not None:
        docket.require(
            signed,
            "care_plan_unsigned",
            met=bool(plan.signed_by) and plan.signed_by == chart.facts.practitioner.id,
            found=f"Signed by {plan.signed_by}" if plan.signed_by else "Not signed",
        )
    copy, given = program.get("care_plan_copy"), plan.copy_given_on
    if copy is not None:
        docket.require(
            copy,
            "care_plan_copy_not_given",
            met=given is not None and given <= last,
            found=f"Given on {on_day(given)}" if given else "Not given",
            since=given,
        )


def require_elements(chart: Chart, program: MonthProgram, docket: Docket) -> None:
    for element in _ELEMENTS:
        rule = program.get(element)
        if rule is not None:
            is_there = bool(getattr(chart.facts.elements, element))
            docket.require(
                rule,
                f"{element}_missing",
                met=is_there,
                found="In place" if is_there else "Missing",
            )


def _diseases(labels: list[str]) -> str:
    if not labels:
        return "None"
    return f"{count_of(len(labels), 'condition')}: {listed(labels)}"


def _period(begins: date | None, ends: date | None) -> str:
    parts = []
    if begins:
        parts.append(f"from {on_day(begins)}")
    if ends:
        parts.append(f"until {on_day(ends)}")
    return f"Cover {' '.join(parts)}" if parts else "No end known"
