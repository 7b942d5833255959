"""The date of service: the first day on which everything claimed holds, outside hospital stays."""

from collections.abc import Iterable
from datetime import date, timedelta

from steadwell.rules.facts.values import Stay
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.words import on_day
from steadwell.rules.rulebook import MonthProgram


def first_lawful_day(
    chart: Chart, program: MonthProgram, docket: Docket, since: date, code: str
) -> date | None:
    """`None`: there is none, and the docket says why."""
    day = _after_stays(since, _stays(chart, program)) if chart.facts.stays else since
    for limit, key, identifier in (
        (chart.facts.patient.death_date, "alive", "service_after_death"),
        (chart.facts.coverage.enrolled_to, "covered", "payer_not_medicare_ffs"),
    ):
        if limit is not None and day > limit:
            found = f"Not before {on_day(day)}, and the last day is {on_day(limit)}"
            docket.note(program.rule(key), identifier, found=found, code=code)
            return None
    if day > chart.facts.month.last:
        rule = program.rule("placed_outside_stays")
        found = f"In a stay from {on_day(since)} to the end of the month"
        docket.note(rule, "time_in_facility_stay", found=found, code=code)
        return None
    return day


def _stays(chart: Chart, program: MonthProgram) -> list[Stay]:
    kinds = program.rule("placed_outside_stays").value
    return sorted(
        (stay for stay in chart.facts.stays if stay.kind in kinds), key=lambda stay: stay.from_
    )


def _after_stays(day: date, stays: Iterable[Stay]) -> date:
    """The day itself, or the day of the discharge. Days of admission and discharge are outside."""
    for stay in stays:
        ends = stay.to or date.max - timedelta(days=1)
        if stay.from_ < day < ends:
            day = ends
    return day
