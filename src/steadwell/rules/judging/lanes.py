"""The lanes of chronic and principal care: the practitioner's own minutes, complex care, the pool of
all minutes, a health center's bundle. One lane in a month, and never chosen by price."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from steadwell.rules.counting import BY_OTHERS, PERSONAL, POOLED, Kind, Tally
from steadwell.rules.facts import Elects
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.complex_care import complex_since
from steadwell.rules.judging.ladders import Ladder
from steadwell.rules.judging.timed import (
    Earned,
    claim_lane,
    earned_on,
    ladder_in,
    note_threshold,
    note_units,
    say_next,
    settle,
)
from steadwell.rules.judging.verdict import Verdict
from steadwell.rules.judging.words import length_of
from steadwell.rules.rulebook import MonthProgram


class _Ladders(NamedTuple):
    """The lanes that are open in this month and setting; the personal one only where elected."""

    personal: Ladder | None
    complex: Ladder | None
    pooled: Ladder | None
    bundle: Ladder | None

    @property
    def first(self) -> Ladder | None:
        return self.pooled or self.bundle


def judge_lanes(chart: Chart, program: MonthProgram, verdict: Verdict, tally: Tally) -> None:
    """Lines of the one lane that is earned; the reasons why the others are not."""
    docket, first, pooled = verdict.docket, chart.facts.month.first, tally.minutes(POOLED)
    ladders = _open_ladders(program, chart.facts.practice.kind, chart.facts.elects)
    if chart.facts.elects is Elects.PERSONAL and ladders.personal is None:
        _note_no_personal_lane(program, docket)
    earned = _personal(chart, docket, ladders.personal, tally)
    since = None
    if not earned:
        since = complex_since(chart, program, docket, ladders.complex, pooled)
        earned += _reached(ladders.complex, pooled, since)
        if ladders.first and not earned:
            note_threshold(ladders.first, pooled, docket)
    earned += _reached(ladders.pooled, pooled, first)
    bundled = _reached(ladders.bundle, pooled, first)
    lanes = earned + bundled
    if earned and bundled:
        lanes = settle(chart, docket, [earned[0], bundled[0]])
    if not docket.blocked:
        _claim_first(chart, program, verdict, tally, lanes)
        say_next(chart, verdict, _steps(ladders, verdict, tally, is_complex=since is not None))


@lru_cache(maxsize=4096)
def _open_ladders(program: MonthProgram, setting: str, elects: Elects) -> _Ladders:
    return _Ladders(
        ladder_in(program, setting, "personal", PERSONAL) if elects is Elects.PERSONAL else None,
        ladder_in(program, setting, "complex", POOLED),
        ladder_in(program, setting, "pooled", POOLED),
        ladder_in(program, setting, "bundle", POOLED),
    )


def _claim_first(
    chart: Chart, program: MonthProgram, verdict: Verdict, tally: Tally, lanes: list[Earned]
) -> None:
    """The first lane for which a day is lawful."""
    for earned in lanes:
        if claim_lane(chart, program, verdict, tally, earned):
            minutes = tally.minutes(earned.ladder.kinds)
            note_units(chart, program, verdict.docket, earned.ladder, minutes)
            _note_other_lane(program, verdict.docket, earned.ladder, tally)
            return


def _note_no_personal_lane(program: MonthProgram, docket: Docket) -> None:
    for absent in program.absent.values():
        if absent.lane == "personal" and not absent.adds_to:
            docket.note(absent.rule, "code_not_in_effect", found=absent.found, code=absent.code)


def _personal(chart: Chart, docket: Docket, ladder: Ladder | None, tally: Tally) -> list[Earned]:
    """The elected lane, if the practitioner's own minutes reach it."""
    if ladder is None:
        return []
    seconds = tally.seconds((Kind.COLLEAGUE,))
    if seconds:
        docket.note(
            chart.program(docket.program).rule("billing_practitioner"),
            "practitioner_not_billing",
            found=f"{length_of(seconds)} by another practitioner",
            code=ladder.base.code,
            refs=tally.refs((Kind.COLLEAGUE,)),
        )
    minutes = tally.minutes(PERSONAL)
    note_threshold(ladder, minutes, docket)
    return _reached(ladder, minutes, chart.facts.month.first)


def _reached(ladder: Ladder | None, minutes: int, since: date | None) -> list[Earned]:
    earned = earned_on(ladder, minutes, since) if ladder and since else None
    return [earned] if earned else []


def _note_other_lane(program: MonthProgram, docket: Docket, ladder: Ladder, tally: Tally) -> None:
    """Staff minutes are no part of the personal lane."""
    if ladder.lane == "personal" and (left := tally.seconds(BY_OTHERS)):
        docket.note(
            program.rule("one_lane"),
            "excluded_by",
            found=f"{length_of(left)} of staff time do not count beside {ladder.base.code}",
            code=ladder.base.code,
            refs=tally.refs(BY_OTHERS),
        )


def _steps(
    ladders: _Ladders, verdict: Verdict, tally: Tally, *, is_complex: bool
) -> list[tuple[str, int] | None]:
    """Steps within reach, the lane that goes before first."""
    pooled = tally.minutes(POOLED)
    steps: list[tuple[str, int] | None] = []
    if ladders.personal:
        steps.append(ladders.personal.next_step(tally.minutes(PERSONAL)))
    if ladders.complex and is_complex:
        steps.append(ladders.complex.next_step(pooled))
    taken = {line.lane for line in verdict.lines}
    if ladders.first and not taken & {"personal", "complex"}:
        steps.append(ladders.first.next_step(pooled))
    return steps
