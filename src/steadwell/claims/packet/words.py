"""Dates, times and codes of a snapshot in the words of a record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from steadwell.practices.models import Payer, StaffCredential
from steadwell.timekeeping.models import Activity, Interval, Note

POINTS = {
    "availability": "that the service is available and what it is",
    "cost_sharing": "that a share of the cost may fall to the patient",
    "single_practitioner": "that only one practitioner can be paid for it in a month",
    "right_to_stop": "that it can be stopped at any time, from the end of the month",
    "specialist_consultation": "that other specialists may be consulted",
}
LANGUAGES = {"en": "English", "es": "Spanish"}
NONE = "–"


@dataclass(frozen=True, slots=True)
class Words:
    """Times as the clock on the practice's wall showed them."""

    zone: ZoneInfo

    def moment(self, text: str | None) -> str:
        """03/02/2026 10:05 AM."""
        return f"{self._local(text):%m/%d/%Y %I:%M %p}" if text else NONE

    def clock(self, text: str) -> str:
        """10:05:12 AM."""
        return f"{self._local(text):%I:%M:%S %p}"

    def day_of(self, text: str) -> str:
        return f"{self._local(text):%m/%d/%Y}"

    def _local(self, text: str) -> datetime:
        return datetime.fromisoformat(text).astimezone(self.zone)


def day(text: str | None) -> str:
    """03/02/2026, of a date."""
    return f"{date.fromisoformat(text):%m/%d/%Y}" if text else NONE


def seconds(count: int) -> str:
    """12:05, minutes and seconds."""
    return f"{count // 60}:{count % 60:02d}"


def length(interval: Mapping[str, Any]) -> int:
    """Seconds from start to end."""
    start, end = (datetime.fromisoformat(interval[key]) for key in ("started_at", "ended_at"))
    return int((end - start).total_seconds())


def points(covers: Sequence[str]) -> str:
    return "; ".join(POINTS.get(point, point) for point in covers) or NONE


def language(code: str) -> str:
    return LANGUAGES.get(code, code)


def payer(code: str | None) -> str:
    return str(Payer.Kind(code).label) if code in Payer.Kind.values else code or NONE


def credential(code: str) -> str:
    known = StaffCredential.values
    return str(StaffCredential(code).label) if code in known else code or NONE


def activity(code: str) -> str:
    return str(Activity(code).label) if code in Activity.values else code


def source(code: str) -> str:
    return str(Interval.Source(code).label) if code in Interval.Source.values else code


def note_kind(code: str) -> str:
    return str(Note.Kind(code).label) if code in Note.Kind.values else code


def yes(holds: bool) -> str:
    return "Yes" if holds else "No"
