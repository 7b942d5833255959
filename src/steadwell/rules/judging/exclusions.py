"""Why time did not count, and time that a person has to look at."""

from typing import Final

from steadwell.rules.counting import Tally
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.words import count_of, length_of, listed, on_day
from steadwell.rules.rulebook import MonthProgram

_RULES: Final = {
    "automated_time": "people",
    "non_clinical_time": "credentials",
    "time_outside_us": "inside_us",
    "time_in_visit": "outside_visit",
    "time_not_described": "described",
    "entry_not_approved": "approved",
    "service_after_death": "alive",
    "payer_not_medicare_ffs": "covered",
    "time_before_consent": "after_consent",
    "consent_expired": "consent_years",
    "time_in_facility_stay": "outside_stays",
    "overlapping_time": "once",
}
_FLAGS: Final = {"stay_boundary": "outside_stays", "consent_time_unknown": "after_consent"}


def note_exclusions(program: MonthProgram, docket: Docket, tally: Tally) -> None:
    if not tally.excluded:
        return
    for identifier, key in _RULES.items():
        excluded = tally.excluded.get(identifier)
        if excluded is not None:
            entries = count_of(len(excluded.refs), "entry").replace("entrys", "entries")
            docket.note(
                program.rule(key),
                identifier,
                found=f"{length_of(excluded.seconds)} in {entries}",
                refs=tuple(sorted(excluded.refs)),
            )


def flag_time(program: MonthProgram, docket: Docket, tally: Tally) -> None:
    if not tally.flagged:
        return
    for flag, key in _FLAGS.items():
        refs = tally.flagged.get(flag)
        if refs:
            found = count_of(len(refs), "entry").replace("entrys", "entries")
            docket.flag(
                program.rule(key), flag, found=f"{found} on such a day", refs=tuple(sorted(refs))
            )


def flag_same_day_visits(chart: Chart, program: MonthProgram, docket: Docket, tally: Tally) -> None:
    """A visit with the billing practitioner on a day that counts: modifier 25 is for a person."""
    month, ours = chart.facts.month, ("", chart.facts.practitioner.id)
    visits = {visit.on for visit in chart.facts.visits if visit.on in month and visit.by in ours}
    visits |= {
        each.visit.on
        for each in chart.facts.discharges
        if each.visit is not None and each.visit.on in month and each.visit.by in ours
    }
    days = sorted(
        day
        for day in visits
        if tally.touches(chart.days.start_of(day), chart.days.start_after(day))
    )
    if days:
        rule = program.rule("same_day_visit")
        found = f"A visit on {listed(on_day(day) for day in days)}"
        docket.flag(rule, "same_day_visit", found=found)
