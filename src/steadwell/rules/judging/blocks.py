"""Programs of one or two lanes of minutes: behavioral health, collaborative care, community health,
navigation, chronic pain."""

from dataclasses import replace
from typing import Final

from steadwell.rules.counting import BY_OTHERS, PERSONAL, POOLED, Kind, Tally
from steadwell.rules.facts import ConsentFacts, Program
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.exclusions import flag_same_day_visits, note_exclusions
from steadwell.rules.judging.ladders import Ladder
from steadwell.rules.judging.requirements import require_all
from steadwell.rules.judging.timed import (
    claim_lane,
    earned_on,
    ladder_of,
    note_threshold,
    note_time,
    note_units,
    require_codes,
    say_next,
    settle,
)
from steadwell.rules.judging.verdict import Verdict
from steadwell.rules.judging.words import length_of
from steadwell.rules.rulebook import MonthProgram

_PEER: Final = (Kind.PEER,)
_LANES: Final[dict[Program, tuple[tuple[str, tuple[Kind, ...]], ...]]] = {
    Program.BHI: (("pooled", POOLED), ("bundle", POOLED)),
    Program.CHI: (("pooled", POOLED), ("bundle", POOLED)),
    Program.PIN: (("pooled", POOLED), ("peer", _PEER), ("bundle", POOLED), ("bundle", _PEER)),
    Program.PAIN: (("personal", PERSONAL),),
}


def judge_blocks(
    chart: Chart, docket: Docket, consents: list[ConsentFacts], tally: Tally
) -> Verdict:
    program = chart.program(docket.program)
    verdict = Verdict(docket)
    lanes = _LANES[docket.program]
    is_open = require_codes(chart, program, docket, tuple(lane for lane, _kinds in lanes))
    if not program.codes:
        return verdict
    require_all(chart, program, docket)
    if not consents:
        note_exclusions(program, docket, tally)
    elif is_open:
        note_time(program, docket, tally)
        if lanes == _LANES[Program.PAIN]:
            _note_others(program, docket, tally)
        ladders = [ladder_of(chart, program, lane, kinds) for lane, kinds in lanes]
        judge_ladders(chart, program, verdict, tally, [each for each in ladders if each])
        flag_same_day_visits(chart, program, docket, tally)
    return verdict


def judge_collaborative_care(
    chart: Chart, docket: Docket, consents: list[ConsentFacts], tally: Tally
) -> Verdict:
    """The first month of an episode has a code of its own; without a start nobody can tell."""
    program = chart.program(docket.program)
    verdict = Verdict(docket)
    is_open = require_codes(chart, program, docket, ("first_month", "bundle"))
    if not program.codes:
        return verdict
    require_all(chart, program, docket)
    if not consents:
        note_exclusions(program, docket, tally)
        return verdict
    note_time(program, docket, tally)
    care = chart.facts.collaborative_care
    if care is None or care.episode_start > chart.facts.month:
        found = "Not recorded whether this is the first month of the episode"
        docket.note(program.rule("choose"), "choose_one", found=found)
        docket.flag(program.rule("choose"), "choose_one", found=found)
    elif is_open:
        is_first = care.episode_start == chart.facts.month
        ladder = ladder_of(
            chart, program, "first_month" if is_first else "later_month", POOLED, short="short"
        ) or _health_center_ladder(chart, program, is_first=is_first)
        if ladder is not None:
            judge_ladders(chart, program, verdict, tally, [ladder])
        flag_same_day_visits(chart, program, docket, tally)
    return verdict


def _health_center_ladder(chart: Chart, program: MonthProgram, *, is_first: bool) -> Ladder | None:
    """Until 2025 a health center has one code, which takes more in the first month."""
    ladder = ladder_of(chart, program, "bundle", POOLED)
    if ladder is None or not is_first:
        return ladder
    return replace(ladder, base=ladder.base.taking(program.rule("bundle_first_minutes")))


def judge_ladders(
    chart: Chart, program: MonthProgram, verdict: Verdict, tally: Tally, ladders: list[Ladder]
) -> None:
    """Claim the ladder that is earned; two at once are for a person."""
    docket = verdict.docket
    minutes = {ladder.kinds: tally.minutes(ladder.kinds) for ladder in ladders}
    earned = [
        each
        for ladder in ladders
        if (each := earned_on(ladder, minutes[ladder.kinds], docket.since))
    ]
    if not earned:
        nearest = max(ladders, key=lambda each: minutes[each.kinds])
        note_threshold(nearest, minutes[nearest.kinds], docket)
    for each in earned:
        note_threshold(each.ladder, minutes[each.ladder.kinds], docket)
        note_units(chart, program, docket, each.ladder, minutes[each.ladder.kinds])
    for each in settle(chart, docket, earned):
        if not docket.blocked:
            claim_lane(chart, program, verdict, tally, each)
    chosen = [each.ladder for each in earned] or ladders
    steps = [ladder.next_step(minutes[ladder.kinds]) for ladder in chosen]
    say_next(chart, verdict, steps)


def _note_others(program: MonthProgram, docket: Docket, tally: Tally) -> None:
    """Minutes of anybody else are no part of what the practitioner must do in person."""
    others = tally.seconds(BY_OTHERS)
    if others:
        docket.note(
            program.rule("billing_practitioner"),
            "practitioner_not_billing",
            found=f"{length_of(others)} by others",
            refs=tally.refs(BY_OTHERS),
        )
