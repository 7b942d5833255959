"""Remote monitoring: set-up, device days in windows of thirty, and the month's management."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from steadwell.rules.counting import POOLED, Tally
from steadwell.rules.decision import Missing
from steadwell.rules.facts import ConsentFacts, MonitoringFamily, MonitoringWindow, Program
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.conflicts import note_barred
from steadwell.rules.judging.exclusions import flag_same_day_visits, note_exclusions
from steadwell.rules.judging.requirements import require_all
from steadwell.rules.judging.timed import (
    Earned,
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
from steadwell.rules.judging.visit import require_established
from steadwell.rules.judging.words import count_of, heading, on_day
from steadwell.rules.months import Month
from steadwell.rules.rulebook import Conflict, MonthCode, MonthProgram

_WINDOW: Final = timedelta(days=29)


def judge_monitoring(
    chart: Chart, docket: Docket, consents: list[ConsentFacts], tally: Tally
) -> Verdict:
    program = chart.program(docket.program)
    verdict = Verdict(docket)
    is_open = require_codes(chart, program, docket, ("pooled", "bundle"))
    if not program.codes:
        return verdict
    require_all(chart, program, docket)
    require_established(chart, program, docket)
    note_exclusions(program, docket, tally)
    if is_open and consents:
        _judge_devices(chart, program, verdict)
        note_time(program, docket, tally, exclusions=False)
        _judge_management(chart, program, verdict, tally)
        flag_same_day_visits(chart, program, docket, tally)
    return verdict


def _judge_devices(chart: Chart, program: MonthProgram, verdict: Verdict) -> None:
    """One device code for thirty days, whatever the number of devices."""
    until: date | None = None
    for window in _windows(chart, verdict.docket.program):
        if until is not None and window.window_start <= until:
            _note_second(program, verdict.docket, window)
        elif _judge_window(chart, program, verdict, window):
            until = window.window_start + _WINDOW


def _note_second(program: MonthProgram, docket: Docket, window: MonitoringWindow) -> None:
    for code in program.in_lane(f"device_{window.family.value}")[:1]:
        docket.note(
            code.rule("units_at_most"),
            "unit_limit",
            needed="one device code in 30 days",
            found=f"The window of {on_day(window.window_start)} overlaps another",
            code=code.code,
        )


def _windows(chart: Chart, program: Program) -> Iterator[MonitoringWindow]:
    """Those whose thirtieth day lies in the month, in order; of two on one day the one with more data."""
    wanted = [
        window
        for window in chart.facts.monitoring
        if (window.family is MonitoringFamily.RPM) == (program is Program.RPM)
        and window.window_start + _WINDOW in chart.facts.month
    ]
    return iter(
        sorted(wanted, key=lambda each: (each.window_start, -each.device_days, each.family))
    )


def _judge_window(
    chart: Chart, program: MonthProgram, verdict: Verdict, window: MonitoringWindow
) -> bool:
    docket = verdict.docket
    automatic = program.get("automatic_data")
    if automatic is not None and not window.automatic:
        found = "Readings that the device did not send by itself"
        docket.note(automatic, "device_data_not_automatic", found=found)
        return False
    lane = f"device_{window.family.value}"
    codes = program.in_lane(lane)
    code = next((each for each in codes if _days_fit(each, window.device_days)), None)
    _say_next_days(chart, verdict, codes, window)
    if code is None:
        _note_too_few(docket, codes, window)
        _note_not_yet(program, docket, lane, is_open=bool(codes))
        return False
    if not code.is_paid_in(chart.facts.practice.kind):
        found = heading(chart.facts.practice.kind)
        docket.note(code.rule("settings"), "setting_not_payable", found=found, code=code.code)
        return False
    on = window.window_start + _WINDOW
    if not _is_lawful(chart, program, docket, on, code.code):
        return False
    near = _claimed_near(chart, code, on)
    if near is not None:
        note_barred(verdict, near[1], near[0])
        return False
    if not docket.blocked:
        verdict.claim(chart, code, on)
        _claim_set_up(chart, program, verdict, window, on)
    return True


def _days_fit(code: MonthCode, days: int) -> bool:
    most = code.rules.get("device_days_at_most")
    return code.rule("device_days_at_least").value <= days and (most is None or days <= most.value)


def _say_next_days(
    chart: Chart, verdict: Verdict, codes: tuple[MonthCode, ...], window: MonitoringWindow
) -> None:
    """The code that needs the fewest further days of data, until the window ends."""
    needs = [(each.rule("device_days_at_least").value, each.code) for each in codes]
    further = min((need for need in needs if need[0] > window.device_days), default=None)
    ends = window.window_start + _WINDOW
    if further is not None and ends <= chart.last_day:
        need, code = further
        verdict.missing(code, Missing.DEVICE_DAYS, ends, need - window.device_days)


def _note_too_few(docket: Docket, codes: tuple[MonthCode, ...], window: MonitoringWindow) -> None:
    lowest = min(codes, key=lambda each: each.rule("device_days_at_least").value, default=None)
    if lowest is not None:
        rule = lowest.rule("device_days_at_least")
        docket.note(
            rule,
            "too_few_device_days",
            needed=f"{count_of(rule.value, 'day')} of data in 30 days",
            found=f"{count_of(window.device_days, 'day')} from {on_day(window.window_start)}",
            code=lowest.code,
        )


def _note_not_yet(program: MonthProgram, docket: Docket, lane: str, *, is_open: bool) -> None:
    """A family of devices that no code is in effect for."""
    absent = [each for each in program.absent.values() if each.lane == lane]
    if absent and not is_open:
        first = min(absent, key=lambda each: each.rule.in_force_from)
        docket.note(first.rule, "code_not_in_effect", found=first.found, code=first.code)


def _is_lawful(chart: Chart, program: MonthProgram, docket: Docket, on: date, code: str) -> bool:
    """A window's date of service is its last day, and no other."""
    death, ends = chart.facts.patient.death_date, chart.facts.coverage.enrolled_to
    for limit, key, identifier in (
        (death, "alive", "service_after_death"),
        (ends, "covered", "payer_not_medicare_ffs"),
    ):
        if limit is not None and on > limit:
            found = f"The window ends on {on_day(on)}, after {on_day(limit)}"
            docket.note(program.rule(key), identifier, found=found, code=code)
            return False
    if docket.since > on:
        found = f"The window ends on {on_day(on)}, before the consent"
        docket.note(program.rule("after_consent"), "time_before_consent", found=found, code=code)
        return False
    return True


def _claimed_near(chart: Chart, code: MonthCode, on: date) -> tuple[str, Conflict] | None:
    """A device code of another month whose thirty days share a day with these."""
    if not chart.facts.claimed_elsewhere:
        return None
    devices = {
        each.code
        for program in (Program.RPM, Program.RTM)
        for each in chart.program(program).codes.values()
        if each.lane.startswith("device_")
    }
    for claim in chart.facts.claimed_elsewhere:
        if claim.code not in devices or claim.on is None or claim.on in chart.facts.month:
            continue
        who = "same" if claim.by == chart.facts.practitioner.id else "other"
        conflict = chart.book.conflicts.get((code.code, claim.code, who))
        if conflict is not None and abs(on - claim.on) <= _WINDOW:
            return claim.code, conflict
    return None


def _claim_set_up(
    chart: Chart, program: MonthProgram, verdict: Verdict, window: MonitoringWindow, on: date
) -> None:
    """Set-up and teaching, once in an episode, when the data show that it took place."""
    code = program.base_of("set_up")
    if not window.new_episode or code is None or not _days_fit(code, window.device_days):
        return
    began = Month.of(window.set_up_on or window.window_start)
    earlier = any(
        claim.code == code.code
        and claim.by == chart.facts.practitioner.id
        and (claim.in_month or chart.facts.month) >= began
        for claim in chart.facts.claimed_elsewhere
    )
    claimed = any(line.code == code.code for line in verdict.lines)
    if earlier or claimed:
        rule = code.rule("once_per_episode")
        found = "Claimed for this episode already"
        verdict.docket.note(rule, "once_per_episode", found=found, code=code.code)
        return
    verdict.claim(chart, code, on)


def _judge_management(chart: Chart, program: MonthProgram, verdict: Verdict, tally: Tally) -> None:
    ladders = [
        ladder
        for ladder in (
            ladder_of(chart, program, "pooled", POOLED, short="short"),
            ladder_of(chart, program, "bundle", POOLED),
        )
        if ladder is not None
    ]
    docket, minutes = verdict.docket, tally.minutes(POOLED)
    has_time = any(entry.program is docket.program for entry in chart.facts.time)
    if has_time or not chart.facts.monitoring:
        note_threshold(ladders[0], minutes, docket)
    earned = [each for ladder in ladders if (each := earned_on(ladder, minutes, docket.since))]
    if earned:
        _claim_management(chart, program, verdict, tally, earned)
    say_next(chart, verdict, [ladder.next_step(minutes) for ladder in ladders])


def _claim_management(
    chart: Chart, program: MonthProgram, verdict: Verdict, tally: Tally, earned: list[Earned]
) -> None:
    first, docket = earned[0], verdict.docket
    talked = _live_contact(chart, program, docket, first.first)
    note_units(chart, program, docket, first.ladder, tally.minutes(POOLED))
    if talked is None:
        verdict.missing(first.first.code, Missing.LIVE_CONTACT, chart.last_day)
        return
    for each in settle(chart, docket, earned):
        if not docket.blocked:
            claim_lane(chart, program, verdict, tally, each._replace(since=talked))


def _live_contact(
    chart: Chart, program: MonthProgram, docket: Docket, code: MonthCode
) -> date | None:
    """The first live contact of the month. Without one there is no management."""
    days = [
        contact.on
        for contact in chart.facts.live_contacts
        if contact.program is docket.program and contact.on in chart.facts.month
    ]
    rule = (program.base_of("pooled") or code).rule("live_contact")
    if not days:
        docket.note(rule, "no_live_contact", found="None", code=code.code)
        return None
    needed = "A live two-way contact in the month"
    docket.meet(
        rule, "no_live_contact", needed=needed, found=f"On {on_day(min(days))}", code=code.code
    )
    return min(days)
