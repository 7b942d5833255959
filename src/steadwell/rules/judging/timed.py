"""Programs paid by the month's minutes: from counted time to a lane, its codes and their date."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from steadwell.rules.counting import Kind, Tally
from steadwell.rules.decision import Missing
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.exclusions import flag_time, note_exclusions
from steadwell.rules.judging.ladders import Ladder
from steadwell.rules.judging.placing import first_lawful_day
from steadwell.rules.judging.verdict import Verdict
from steadwell.rules.judging.words import count_of, heading, listed
from steadwell.rules.rulebook import MonthCode, MonthProgram


class Earned(NamedTuple):
    """A lane whose threshold is reached. `since`: its own conditions hold from that day on."""

    ladder: Ladder
    first: MonthCode
    further: int
    since: date

    @property
    def minutes(self) -> int:
        """What everything claimed needs."""
        if self.first is not self.ladder.base:
            return self.first.need
        return self.ladder.minutes_for(self.further)


def ladder_of(
    chart: Chart, program: MonthProgram, lane: str, kinds: tuple[Kind, ...], *, short: str = ""
) -> Ladder | None:
    """`None`: the lane's first code is not in effect, or not paid in this setting."""
    return ladder_in(program, chart.facts.practice.kind, lane, kinds, short)


@lru_cache(maxsize=4096)
def ladder_in(
    program: MonthProgram, setting: str, lane: str, kinds: tuple[Kind, ...], short: str = ""
) -> Ladder | None:
    """The same, of a program and a setting."""
    base = program.base_of(lane)
    if base is None or not base.is_paid_in(setting):
        return None
    return Ladder(lane, base, program.add_on_to(base.code), kinds, program.base_of(short))


def require_codes(
    chart: Chart, program: MonthProgram, docket: Docket, lanes: tuple[str, ...]
) -> bool:
    """Whether any code of the lanes is in effect and paid in this setting."""
    bases = [base for lane in lanes if (base := program.base_of(lane))]
    if not bases:
        absent = min(
            (each for each in program.absent.values() if each.lane in lanes and not each.adds_to),
            key=lambda each: (each.rule.in_force_from, each.code),
        )
        return docket.require(
            absent.rule, "code_not_in_effect", met=False, found=absent.found, code=absent.code
        )
    kind = chart.facts.practice.kind
    paid = next((base for base in bases if base.is_paid_in(kind)), None)
    shown = paid or bases[0]
    return docket.require(
        shown.rule("settings"),
        "setting_not_payable",
        met=paid is not None,
        found=heading(kind),
        code=shown.code,
    )


def earned_on(ladder: Ladder, minutes: int, since: date) -> Earned | None:
    first = ladder.first_code(minutes)
    if first is None:
        return None
    return Earned(ladder, first, ladder.capped(ladder.further_units(minutes)), since)


def claim_lane(
    chart: Chart, program: MonthProgram, verdict: Verdict, tally: Tally, earned: Earned
) -> bool:
    """Put the lane's lines on the claim. False: no day is lawful, and the docket says why."""
    ladder, docket = earned.ladder, verdict.docket
    reached = chart.days.day_of(tally.moment_reached(ladder.kinds, earned.minutes * 60))
    since = max(docket.since, earned.since, reached)
    day = first_lawful_day(chart, program, docket, since, earned.first.code)
    if day is None:
        return False
    verdict.claim(chart, earned.first, day, lane=ladder.lane)
    if earned.further and ladder.add_on:
        verdict.claim(chart, ladder.add_on, day, units=earned.further, lane=ladder.lane)
    return True


def note_threshold(ladder: Ladder, minutes: int, docket: Docket) -> None:
    """Whether the first block of a ladder is reached, as a finding or as a reason."""
    base = ladder.lowest
    needed, found = count_of(base.need, "minute"), count_of(minutes, "minute")
    if minutes < base.need:
        docket.note(
            base.rule("minutes"), "under_threshold", needed=needed, found=found, code=base.code
        )
    else:
        docket.meet(
            base.rule("minutes"), "under_threshold", needed=needed, found=found, code=base.code
        )


def note_units(
    chart: Chart, program: MonthProgram, docket: Docket, ladder: Ladder, minutes: int
) -> None:
    """Minutes that earn nothing more: above a cap, or before the further code began."""
    if ladder.add_on is None:
        _note_absent_add_on(program, docket, ladder, minutes)
        return
    earned = ladder.further_units(minutes)
    if ladder.capped(earned) < earned:
        _note_cap(chart, docket, ladder.add_on, earned)


def _note_cap(chart: Chart, docket: Docket, code: MonthCode, earned: int) -> None:
    found = f"{count_of(earned, 'unit')} by the minutes"
    docket.note(
        code.rule("units_at_most"),
        "unit_limit",
        needed=f"At most {count_of(code.cap or 0, 'unit')} in a month",
        found=found,
        code=code.code,
    )
    caps = chart.book.caps_known
    if not caps.value:
        docket.flag(caps, "unit_cap_unverified", found=found, code=code.code)


def _note_absent_add_on(
    program: MonthProgram, docket: Docket, ladder: Ladder, minutes: int
) -> None:
    absent = next(
        (each for _, each in sorted(program.absent.items()) if ladder.base.code in each.adds_to),
        None,
    )
    if absent and minutes >= 2 * ladder.base.minutes:
        docket.note(absent.rule, "code_not_in_effect", found=absent.found, code=absent.code)


def say_next(chart: Chart, verdict: Verdict, steps: list[tuple[str, int] | None]) -> None:
    """The nearest step; of two equally near, the one named first."""
    possible = [step for step in steps if step is not None]
    if possible:
        code, minutes = min(possible, key=lambda step: step[1])
        verdict.missing(code, Missing.MINUTES, chart.last_day, minutes)


def note_time(
    program: MonthProgram, docket: Docket, tally: Tally, *, exclusions: bool = True
) -> None:
    """What did not count, and what a person has to look at."""
    if exclusions:
        note_exclusions(program, docket, tally)
    flag_time(program, docket, tally)


def settle(chart: Chart, docket: Docket, lanes: list[Earned]) -> list[Earned]:
    """Of several lawful lanes the one that a person has chosen; until somebody has, none."""
    codes = [each.first.code for each in lanes]
    if len(lanes) > 1 and chart.chosen(codes) is None:
        hold_for_choice(chart.program(docket.program), docket, codes)
        return []
    return [each for each in lanes if len(lanes) == 1 or each.first.code == chart.chosen(codes)]


def hold_for_choice(program: MonthProgram, docket: Docket, codes: list[str]) -> None:
    """Several lawful claims: a person chooses."""
    rule = program.rule("choose")
    found = f"{listed(codes)} are both lawful"
    docket.note(rule, "choose_one", found=found)
    docket.flag(rule, "choose_one", found=found)
