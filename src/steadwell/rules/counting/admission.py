"""When time counts for a program at all: outside of which spans, and where a person must look.

Spans are seconds since 1970, half open, and lie in the month: what lies outside it closes nothing.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from steadwell.rules.counting.days import FOREVER, MonthDays
from steadwell.rules.facts.values import ConsentFacts, CoverageFacts, PatientFacts, Stay


class Closed(NamedTuple):
    """A span in which nothing counts. Where it closes a day in part, an entry without clock times
    counts, and `doubt` holds the month for a person."""

    start: int
    end: int
    identifier: str
    doubt: str = ""


class Watched(NamedTuple):
    """A span in which time counts and a person looks at it."""

    start: int
    end: int
    flag: str


@dataclass(slots=True)
class Admission:
    """`is_open`: whether any time may count. Without a consent in force none does."""

    days: MonthDays
    is_open: bool = True
    closed: list[Closed] = field(default_factory=list)
    watched: list[Watched] = field(default_factory=list)

    def close(self, start: int, end: int, identifier: str, doubt: str = "") -> None:
        if start < end and start < self.days.end and self.days.start < end:
            self.closed.append(Closed(start, end, identifier, doubt))

    def watch(self, day: date, flag: str) -> None:
        if day in self.days.month:
            start, end = self.days.start_of(day), self.days.start_after(day)
            self.watched.append(Watched(start, end, flag))


def close_for_death(admission: Admission, patient: PatientFacts) -> None:
    if patient.death_date is not None:
        start = admission.days.start_after(patient.death_date)
        admission.close(start, FOREVER, "service_after_death")


def close_for_cover(admission: Admission, cover: CoverageFacts) -> None:
    if cover.enrolled_from is not None:
        start = admission.days.start_of(cover.enrolled_from)
        admission.close(-FOREVER, start, "payer_not_medicare_ffs")
    if cover.enrolled_to is not None:
        end = admission.days.start_after(cover.enrolled_to)
        admission.close(end, FOREVER, "payer_not_medicare_ffs")


def close_for_stay(admission: Admission, stay: Stay) -> None:
    """Inside a stay nothing counts. The days of admission and discharge count, to the minute where
    the stay says when, else under a person's eye."""
    days = admission.days
    if stay.from_at is None:
        start = days.start_after(stay.from_)
        admission.watch(stay.from_, "stay_boundary")
    else:
        start = days.moment(stay.from_, stay.from_at)
    if stay.to is None:
        end = FOREVER
    elif stay.to_at is None:
        end = days.start_of(stay.to)
        admission.watch(stay.to, "stay_boundary")
    else:
        end = days.moment(stay.to, stay.to_at)
    admission.close(start, end, "time_in_facility_stay", "stay_boundary")


def close_for_consents(
    admission: Admission, consents: list[ConsentFacts], years: int | None
) -> None:
    """Time counts from the first consent in force on; where consent lasts for years only, until its
    anniversary."""
    days = admission.days
    admission.is_open = bool(consents)
    reach = -FOREVER
    for consent in sorted(consents, key=lambda each: (each.on, each.at is not None, each.at)):
        start = _consent_start(admission, consent)
        if start > reach:
            late = reach > -FOREVER
            identifier = "consent_expired" if late else "time_before_consent"
            admission.close(reach, start, identifier, "consent_time_unknown")
        end = FOREVER if years is None else days.start_after(years_after(consent.on, years))
        reach = max(reach, end)
    if consents:
        admission.close(reach, FOREVER, "consent_expired")


def years_after(day: date, years: int) -> date:
    """The same day, years later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _consent_start(admission: Admission, consent: ConsentFacts) -> int:
    if consent.at is not None:
        return admission.days.moment(consent.on, consent.at)
    admission.watch(consent.on, "consent_time_unknown")
    return admission.days.start_of(consent.on)
