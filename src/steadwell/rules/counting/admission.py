"""When time counts for a program at all: outside of which spans, and where a person must look.

Spans are seconds since 1970, half open.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from steadwell.rules.counting.days import FOREVER, MonthDays
from steadwell.rules.facts.values import ConsentFacts, CoverageFacts, PatientFacts, Stay


@dataclass(frozen=True, slots=True)
class Closed:
    """A span in which nothing counts. Where it closes a day in part, an entry without clock times
    counts, and `doubt` holds the month for a person."""

    start: int
    end: int
    identifier: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """A span in which time counts and a person looks at it."""

    start: int
    end: int
    flag: str


@dataclass(slots=True)
class Admission:
    """`is_open`: whether any time may count. Without a consent in force none does."""

    is_open: bool = True
    closed: list[Closed] = field(default_factory=list)
    watched: list[Watched] = field(default_factory=list)


def close_for_death(admission: Admission, patient: PatientFacts, days: MonthDays) -> None:
    death = patient.death_date
    if death is not None and death < days.month.last:
        admission.closed.append(Closed(days.start_after(death), FOREVER, "service_after_death"))


def close_for_cover(admission: Admission, cover: CoverageFacts, days: MonthDays) -> None:
    if cover.enrolled_from is not None and cover.enrolled_from > days.month.first:
        start = days.start_of(cover.enrolled_from)
        admission.closed.append(Closed(-FOREVER, start, "payer_not_medicare_ffs"))
    if cover.enrolled_to is not None and cover.enrolled_to < days.month.last:
        end = days.start_after(cover.enrolled_to)
        admission.closed.append(Closed(end, FOREVER, "payer_not_medicare_ffs"))


def close_for_stay(admission: Admission, stay: Stay, days: MonthDays) -> None:
    """Inside a stay nothing counts. The days of admission and discharge count, to the minute where
    the stay says when, else under a person's eye."""
    start = days.start_after(stay.from_)
    end = FOREVER if stay.to is None else days.start_of(stay.to)
    if stay.from_at is not None:
        start = days.moment(stay.from_, stay.from_at)
    elif stay.from_ in days.month:
        _watch(admission, stay.from_, days)
    if stay.to is not None and stay.to_at is not None:
        end = days.moment(stay.to, stay.to_at)
    elif stay.to is not None and stay.to in days.month:
        _watch(admission, stay.to, days)
    if start < end:
        admission.closed.append(Closed(start, end, "time_in_facility_stay", "stay_boundary"))


def close_for_consents(
    admission: Admission, consents: list[ConsentFacts], years: int | None, days: MonthDays
) -> None:
    """Time counts from the first consent in force on; where consent lasts for years only, until its
    anniversary."""
    admission.is_open = bool(consents)
    reach = -FOREVER
    for consent in sorted(consents, key=lambda each: (each.on, each.at is not None, each.at)):
        start = _consent_start(admission, consent, days)
        if start > reach:
            late = reach > -FOREVER
            identifier = "consent_expired" if late else "time_before_consent"
            admission.closed.append(Closed(reach, start, identifier, "consent_time_unknown"))
        end = FOREVER if years is None else days.start_after(years_after(consent.on, years))
        reach = max(reach, end)
    if consents and reach < FOREVER:
        admission.closed.append(Closed(reach, FOREVER, "consent_expired"))


def years_after(day: date, years: int) -> date:
    """The same day, years later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _consent_start(admission: Admission, consent: ConsentFacts, days: MonthDays) -> int:
    if consent.at is not None:
        return days.moment(consent.on, consent.at)
    start = days.start_of(consent.on)
    if consent.on in days.month:
        end = days.start_of(consent.on + timedelta(days=1))
        admission.watched.append(Watched(start, end, "consent_time_unknown"))
    return start


def _watch(admission: Admission, day: date, days: MonthDays) -> None:
    admission.watched.append(Watched(days.start_of(day), days.start_after(day), "stay_boundary"))
