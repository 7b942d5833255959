"""Reading patients and their charts."""

from steadwell.patients.selectors.chronic import chronic_counts
from steadwell.patients.selectors.coverage import CoverageNow, current_coverage
from steadwell.patients.selectors.household import (
    household_of,
    next_in_household,
    share_a_household,
)
from steadwell.patients.selectors.record import Section, SectionPage, record_sections, section_page
from steadwell.patients.selectors.search import search_patients

__all__ = [
    "CoverageNow",
    "Section",
    "SectionPage",
    "chronic_counts",
    "current_coverage",
    "household_of",
    "next_in_household",
    "record_sections",
    "search_patients",
    "section_page",
    "share_a_household",
]
