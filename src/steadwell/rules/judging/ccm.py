"""Chronic care management, and the assessment at its start."""

from steadwell.rules.counting import Tally
from steadwell.rules.facts import ConsentFacts
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.exclusions import flag_same_day_visits, note_exclusions
from steadwell.rules.judging.lanes import judge_lanes
from steadwell.rules.judging.requirements import require_all
from steadwell.rules.judging.timed import note_time, require_codes
from steadwell.rules.judging.verdict import Verdict
from steadwell.rules.judging.visit import qualifying_visits
from steadwell.rules.judging.words import on_day
from steadwell.rules.rulebook import MonthCode, MonthProgram

_LANES = ("pooled", "bundle")
_ASSESSMENT = "G0506"


def judge_care_management(
    chart: Chart, docket: Docket, consents: list[ConsentFacts], tally: Tally
) -> Verdict:
    """Chronic or principal care: requirements, time, one lane."""
    program = chart.program(docket.program)
    verdict = Verdict(docket)
    is_open = require_codes(chart, program, docket, _LANES)
    if not program.codes:
        return verdict
    require_all(chart, program, docket)
    if not consents:
        note_exclusions(program, docket, tally)
    elif is_open:
        note_time(program, docket, tally)
        judge_lanes(chart, program, verdict, tally)
        flag_same_day_visits(chart, program, docket, tally)
    return verdict


def judge_assessment(chart: Chart, docket: Docket) -> Verdict | None:
    """G0506, in the month of the visit it belongs to; `None`: there was no such assessment."""
    given = chart.facts.assessment_addon
    if given is None or given.on not in chart.facts.month:
        return None
    program = chart.program(docket.program)
    verdict = Verdict(docket)
    if not require_codes(chart, program, docket, ("assessment",)):
        return verdict
    code = program.codes[_ASSESSMENT]
    require_all(chart, program, docket, care=False)
    _require_person_and_visit(chart, program, docket, code)
    _require_first_time(chart, program, docket, code)
    if not docket.blocked:
        verdict.claim(chart, code, given.on)
    return verdict


def _require_person_and_visit(
    chart: Chart, program: MonthProgram, docket: Docket, code: MonthCode
) -> None:
    given, death = chart.facts.assessment_addon, chart.facts.patient.death_date
    assert given is not None
    docket.require(
        program.rule("billing_practitioner"),
        "practitioner_not_billing",
        met=bool(given.by) and given.by == chart.facts.practitioner.id,
        found=f"By {given.by or 'nobody named'}",
        code=code.code,
    )
    if death is not None and given.on > death:
        found = f"{on_day(given.on)}, after the death on {on_day(death)}"
        docket.require(program.rule("alive"), "service_after_death", met=False, found=found)
    visits = qualifying_visits(chart, program.rule("visit_codes").value)
    visit = next((each for each in visits if each.on == given.on), None)
    docket.require(
        code.rule("base_visit"),
        "add_on_without_base",
        met=visit is not None,
        found=f"{visit.code} on {on_day(visit.on)}" if visit else f"None on {on_day(given.on)}",
        code=code.code,
    )


def _require_first_time(
    chart: Chart, program: MonthProgram, docket: Docket, code: MonthCode
) -> None:
    """Once for a patient and a practitioner, and at the start: care already claimed is no start."""
    ours = [
        claim for claim in chart.facts.claimed_elsewhere if claim.by == chart.facts.practitioner.id
    ]
    before = any(claim.code == code.code for claim in ours)
    docket.require(
        code.rule("once_per_practitioner"),
        "once_per_episode",
        met=not before,
        found=f"{code.code} was billed before" if before else "Not billed before",
        code=code.code,
    )
    running = sorted(
        claim.code
        for claim in ours
        if claim.code in program.codes
        and claim.code != code.code
        and (claim.in_month or chart.facts.month) < chart.facts.month
    )
    if running:
        found = f"{running[0]} was billed in an earlier month: care had begun"
        docket.require(
            code.rule("base_visit"), "add_on_without_base", met=False, found=found, code=code.code
        )
