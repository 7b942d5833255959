"""Blood pressure measured by the patient: teaching once, and the averages with a plan."""

from datetime import date

from steadwell.rules.decision import Missing
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.requirements import require_all
from steadwell.rules.judging.timed import require_codes
from steadwell.rules.judging.verdict import Verdict
from steadwell.rules.judging.words import count_of
from steadwell.rules.rulebook import MonthProgram

_LANES = ("teaching", "self_measured")


def judge_blood_pressure(chart: Chart, docket: Docket) -> Verdict | None:
    """In the month of the plan, and of the teaching; `None`: neither was in this month. It needs no
    consent and no enrollment of its own."""
    given = chart.facts.self_measured_bp
    taught = _in_month(chart, given.taught_on if given else None)
    sent = _in_month(chart, given.plan_sent_on if given else None)
    if given is None or (taught is None and sent is None):
        return None
    program = chart.program(docket.program)
    verdict = Verdict(docket)
    if not require_codes(chart, program, docket, _LANES):
        return verdict
    require_all(chart, program, docket, care=False)
    death = chart.facts.patient.death_date
    if death is not None and death < max(day for day in (taught, sent) if day):
        found = "Taught or sent after the death"
        docket.require(program.rule("alive"), "service_after_death", met=False, found=found)
    if taught is not None:
        _claim_teaching(chart, program, verdict, taught)
    if sent is not None:
        _claim_plan(chart, program, verdict, sent, given.readings)
    return verdict


def _in_month(chart: Chart, day: date | None) -> date | None:
    return day if day is not None and day in chart.facts.month else None


def _claim_teaching(chart: Chart, program: MonthProgram, verdict: Verdict, on: date) -> None:
    code = program.in_lane("teaching")[0]
    before = any(
        claim.code == code.code and claim.by == chart.facts.practitioner.id
        for claim in chart.facts.claimed_elsewhere
    )
    if before:
        rule = code.rule("once_per_episode")
        found = f"{code.code} was billed before"
        verdict.docket.note(rule, "once_per_episode", found=found, code=code.code)
    elif not verdict.docket.blocked:
        verdict.claim(chart, code, on)


def _claim_plan(
    chart: Chart, program: MonthProgram, verdict: Verdict, on: date, readings: int
) -> None:
    code = program.in_lane("self_measured")[0]
    rule = code.rule("readings_at_least")
    if readings < rule.value:
        verdict.docket.note(
            rule,
            "too_few_device_days",
            needed=count_of(rule.value, "reading"),
            found=count_of(readings, "reading"),
            code=code.code,
        )
        verdict.missing(code.code, Missing.READINGS, on, rule.value - readings)
    elif not verdict.docket.blocked:
        verdict.claim(chart, code, on)
