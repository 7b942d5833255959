"""Counting time: what counts of every entry, for which program, on which day."""

from steadwell.rules.counting.admission import (
    Admission,
    close_for_consents,
    close_for_cover,
    close_for_death,
    close_for_stay,
    years_after,
)
from steadwell.rules.counting.count import UNITED_STATES, Terms, TimeCount, count_time
from steadwell.rules.counting.days import MonthDays, days_of
from steadwell.rules.counting.tally import BY_OTHERS, EVERY, PERSONAL, POOLED, Kind, Tally

__all__ = [
    "BY_OTHERS",
    "EVERY",
    "PERSONAL",
    "POOLED",
    "UNITED_STATES",
    "Admission",
    "Kind",
    "MonthDays",
    "Tally",
    "Terms",
    "TimeCount",
    "close_for_consents",
    "close_for_cover",
    "close_for_death",
    "close_for_stay",
    "count_time",
    "days_of",
    "years_after",
]
