"""Advanced primary care: not timed; a level by conditions and status, and behavioral care beside it."""

from collections.abc import Mapping
from datetime import date

from steadwell.rules.counting import EVERY, Tally
from steadwell.rules.decision import Missing
from steadwell.rules.facts import ConsentFacts, Program
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.conflicts import barred_by, note_barred
from steadwell.rules.judging.placing import first_lawful_day
from steadwell.rules.judging.requirements import distinct_diseases, require_all
from steadwell.rules.judging.timed import hold_for_choice, require_codes
from steadwell.rules.judging.verdict import Verdict
from steadwell.rules.judging.words import on_day
from steadwell.rules.rulebook import MonthCode, MonthProgram

_LANES = ("level_1", "level_2", "level_3")


def judge_primary_care(
    chart: Chart, docket: Docket, consents: list[ConsentFacts], _tally: Tally
) -> Verdict:
    program = chart.program(docket.program)
    verdict = Verdict(docket)
    is_open = require_codes(chart, program, docket, _LANES)
    if not program.codes:
        return verdict
    require_all(chart, program, docket)
    activity = _require_activity(chart, program, verdict, is_open=is_open and bool(consents))
    if is_open and consents and activity and not docket.blocked:
        code = _level(chart, program)
        since = max(docket.since, activity)
        day = first_lawful_day(chart, program, docket, since, code.code)
        if day is not None:
            verdict.claim(chart, code, day)
    return verdict


def _require_activity(
    chart: Chart, program: MonthProgram, verdict: Verdict, *, is_open: bool
) -> date | None:
    """The first thing done for the patient in the month."""
    care, docket = chart.facts.primary_care, verdict.docket
    days = sorted(day for day in (care.activity_on if care else ()) if day in chart.facts.month)
    in_place = bool(care and care.elements)
    if is_open and in_place and not days:
        verdict.missing(_level(chart, program).code, Missing.ACTIVITY, chart.last_day)
    docket.require(
        program.rule("activity"),
        "no_activity",
        met=bool(days),
        found=f"On {on_day(days[0])}" if days else "Nothing recorded",
    )
    docket.require(
        program.rule("practice_elements"),
        "elements_missing",
        met=in_place,
        found="In place" if in_place else "Not all in place",
    )
    return days[0] if days else None


def _level(chart: Chart, program: MonthProgram) -> MonthCode:
    fitting = [
        each for each in chart.facts.conditions if each.lasts_12_months and each.significant_risk
    ]
    enough = len(distinct_diseases(fitting)) >= program.rule("level_conditions").value
    level = 1 + enough
    if enough and chart.facts.coverage.qmb and program.rule("level_qmb").value:
        level = 3
    code = program.base_of(f"level_{level}")
    assert code is not None
    return code


def settle_behavioral_care(
    chart: Chart, verdicts: list[Verdict], tallies: Mapping[Program, Tally]
) -> None:
    """From 2026 behavioral care beside advanced primary care has codes that are not timed. Where the
    minutes earn the timed code as well, a person chooses."""
    primary = next((each for each in verdicts if each.docket.program is Program.APCM), None)
    if primary is None or not primary.lines:
        return
    program = chart.program(Program.APCM)
    for verdict in verdicts:
        code = _behavioral_code(chart, program, verdict)
        if code is None:
            continue
        barred = barred_by(chart, code.code)
        if barred is not None:
            note_barred(verdict, barred[1], barred[0])
        elif verdict.lines:
            _settle_timed(chart, primary, verdict, code, tallies[verdict.docket.program])
        elif not verdict.docket.blocked and verdict.minutes:
            _claim_beside(chart, primary, verdict, code, tallies[verdict.docket.program])


def _claim_beside(
    chart: Chart, primary: Verdict, verdict: Verdict, code: MonthCode, tally: Tally
) -> None:
    """Both codes on the first day on which both hold: the behavioral care has begun by then."""
    begun = chart.days.day_of(tally.moment_reached(EVERY, 60))
    since = max(primary.lines[0].on, verdict.docket.since, begun)
    program = chart.program(Program.APCM)
    day = first_lawful_day(chart, program, primary.docket, since, code.code)
    if day is not None:
        primary.move(chart, day)
        primary.claim(chart, code, day)


def _settle_timed(
    chart: Chart, primary: Verdict, verdict: Verdict, code: MonthCode, tally: Tally
) -> None:
    """The timed code stays where a person has chosen it."""
    codes = [code.code, verdict.lines[0].code]
    chosen = chart.chosen(codes)
    if chosen == verdict.lines[0].code:
        return
    if chosen is None:
        hold_for_choice(chart.program(Program.APCM), verdict.docket, codes)
    else:
        _claim_beside(chart, primary, verdict, code, tally)
    verdict.lines = []
    verdict.next = []


def _behavioral_code(chart: Chart, program: MonthProgram, verdict: Verdict) -> MonthCode | None:
    kind = verdict.docket.program
    if kind is Program.BHI:
        lane = "behavioral_bhi"
    elif kind is Program.COCM and chart.facts.collaborative_care is not None:
        first = chart.facts.collaborative_care.episode_start == chart.facts.month
        lane = "behavioral_first" if first else "behavioral_later"
    else:
        return None
    return next(iter(program.in_lane(lane)), None)
