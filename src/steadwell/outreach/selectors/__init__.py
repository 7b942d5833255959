"""Reading the day's work."""

from steadwell.outreach.selectors.absence import caseload_of
from steadwell.outreach.selectors.day import (
    PROGRAM,
    consented,
    contacts_of,
    lines_of,
    promises_of,
    review_dates,
    sent_to_sign,
)

__all__ = [
    "PROGRAM",
    "caseload_of",
    "consented",
    "contacts_of",
    "lines_of",
    "promises_of",
    "review_dates",
    "sent_to_sign",
]
