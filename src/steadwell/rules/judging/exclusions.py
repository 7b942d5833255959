"""Why time did not count, and time that a person has to look at."""

from datetime import date
from typing import Final

from steadwell.rules.counting import Tally
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.words import count_of, length_of
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
    days = chart.days
    seen = [on for on in _visited(chart) if tally.touches(days.start_of(on), days.start_after(on))]
    if seen:
        rule = program.rule("same_day_visit")
        docket.flag(rule, "same_day_visit", found=("A visit on {}", tuple(sorted(seen))))


def _visited(chart: Chart) -> set[date]:
    """Days of the month on which the billing practitioner, or nobody named, saw the patient."""
    month, ours = chart.facts.month, ("", chart.facts.practitioner.id)
    seen = {visit.on for visit in chart.facts.visits if visit.on in month and visit.by in ours}
    for each in chart.facts.discharges:
        visit = each.visit
        if visit is not None and visit.on in month and visit.by in ours:
            seen.add(visit.on)
    return seen
