"""How a month will end: counts, the contacts that would help most, and how good it was before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Greatest, Least

from steadwell.careplans.selectors import content_of, last_signed_of
from steadwell.common.months import month_bounds
from steadwell.enrollment.models import ProgramEnrollment
from steadwell.outreach.models import Standing
from steadwell.outreach.selectors.day import PAGE, midnight, outlooks_of, short_of
from steadwell.outreach.selectors.facts import PROGRAM, USUAL_MONTHS
from steadwell.outreach.worklist import Risk, from_json, risk_of
from steadwell.outreach.worklist.forecast import (
    FROM_DAY,
    Judged,
    Outlook,
    Pace,
    contacts_needed,
    is_said_on,
    judge,
    outlook_of,
    projected,
    together,
)
from steadwell.outreach.worklist.order import STEPS
from steadwell.outreach.worklist.purpose import Purpose, purpose_of
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from steadwell.rules.months import Month
from steadwell.timekeeping.models import Note
from steadwell.timekeeping.selectors import CONTACTS, COUNTED, NOT_REACHED, live_between

JUDGED_MONTHS = 6
A_DAY = 24 * 3600
WORDS = {
    Outlook.THERE: "At 20 minutes or more",
    Outlook.ON_TRACK: "On track at this pace",
    Outlook.AT_RISK: "One missed call decides",
    Outlook.MISSES: "Will miss 20 minutes",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A patient who will miss the step, and what the next contact is for."""

    patient: Patient
    seconds: int
    outlook: Outlook
    ends_at: int  # minutes at the month's end, at this pace
    contacts: int  # of the patient's usual length, to the step
    purpose: Purpose
    risk: Risk

    @property
    def short(self) -> int:
        return -(-(STEPS[0] - self.seconds) // 60)

    @property
    def minutes(self) -> int:
        return self.seconds // 60

    @property
    def outlook_words(self) -> str:
        return WORDS[self.outlook]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Of a list of patients, from the 10th day on."""

    counts: Mapping[Outlook, int]
    contacts: list[Contact]

    @property
    def parts(self) -> list[tuple[str, str, int]]:
        """As the page shows them: the segment's class, the words, how many."""
        kinds = zip("abcd", WORDS.items(), strict=True)
        return [(f"seg-{letter}", words, self.counts[key]) for letter, (key, words) in kinds]


def forecast_of(
    practice: Practice, rows: QuerySet[Standing], today: date, most: int = PAGE
) -> Forecast:
    """How many end how, and whom to speak with first: of those short, higher risk, then nearest."""
    found = list(short_of(rows, today).select_related("patient")[:most])
    plans = last_signed_of(practice, [one.patient for one in found])
    contacts = []
    for one in found:
        plan = plans.get(one.patient_id)
        facts, pace = from_json(one.facts), _pace(one, today)
        contacts.append(
            Contact(
                patient=one.patient, seconds=one.seconds, outlook=outlook_of(pace, today),
                ends_at=projected(one.seconds, today) // 60, contacts=contacts_needed(pace),
                purpose=purpose_of(facts, content_of(plan) if plan else None, today),
                risk=risk_of(facts.risk, today),
            )
        )  # fmt: skip
    return Forecast(counts=outlooks_of(rows, today), contacts=contacts)


def judged(practice: Practice, today: date) -> Judged:
    """The last full months. What is over stays as it was for a day; late entries are seen tomorrow."""
    months, month = [], Month.of(today)
    for _ in range(JUDGED_MONTHS):
        month = month.before
        key = f"forecast:{practice.pk}:{month}:{today}"
        kept = cache.get(key)
        if kept is None:
            kept = judge(_stands(practice, month), month)
            cache.set(key, kept, A_DAY)
        if kept.patients:
            months.append(kept)
    return together(months)


def _stands(practice: Practice, month: Month) -> list[tuple[Pace, int]]:
    """Whoever was enrolled from the 10th to the end: what was known that evening, and the total."""
    day = month.first.replace(day=FROM_DAY)
    begin, end = month_bounds(month, practice.zone)
    evening = midnight(day + timedelta(days=1), practice)
    enrolled = ProgramEnrollment.objects.filter(
        practice=practice, program=PROGRAM, starts_on__lte=day
    ).exclude(ends_on__lte=month.last)
    known, total = _seconds(practice, begin, evening), _seconds(practice, begin, end)
    if not total:
        return []  # nobody worked here yet
    usual, planned = _usual(practice, month), _planned(practice, evening, day, month.last)
    return [
        (
            Pace(seconds=known.get(pk, 0), usual=usual.get(pk, 0), is_planned=pk in planned),
            total.get(pk, 0),
        )
        for pk in set(enrolled.values_list("patient_id", flat=True))
    ]


def _seconds(practice: Practice, begin: datetime, end: datetime) -> dict[int, int]:
    """Of those whose time counts, between two moments."""
    rows = (
        live_between(practice.pk, begin, end)
        .filter(program=PROGRAM, credential__in=COUNTED, during_visit=False, outside_us=False)
        .values_list("patient_id")
        .annotate(time=Sum(Least(F("ended_at"), end) - Greatest(F("started_at"), begin)))
    )
    return {pk: int(time.total_seconds()) for pk, time in rows}


def _usual(practice: Practice, month: Month) -> dict[int, int]:
    """Seconds of a contact in the three months before."""
    first = month
    for _ in range(USUAL_MONTHS):
        first = first.before
    begin, end = midnight(first.first, practice), midnight(month.first, practice)
    seconds = _seconds(practice, begin, end)
    times = (
        Note.objects.filter(
            practice=practice, kind__in=CONTACTS, occurred_at__gte=begin, occurred_at__lt=end
        )
        .exclude(disposition__in=NOT_REACHED)
        .values_list("patient_id")
        .annotate(times=Count("pk"))
    )
    return {pk: seconds[pk] // count for pk, count in times if pk in seconds}


def _planned(practice: Practice, evening: datetime, day: date, last: date) -> set[int]:
    """Whose newest promise of that evening fell into the rest of the month."""
    rows = (
        Note.objects.filter(practice=practice, written_at__lt=evening, next_on__isnull=False)
        .order_by("patient_id", "-occurred_at", "-pk")
        .distinct("patient_id")
        .values_list("patient_id", "next_on")
    )
    return {pk for pk, on in rows if on is not None and day <= on <= last}


def _pace(one: Standing, today: date) -> Pace:
    planned = one.planned_on is not None and today <= one.planned_on <= Month.of(today).last
    return Pace(seconds=one.seconds, usual=one.usual, is_planned=planned)


def is_early(today: date) -> bool:
    """Before the 10th nothing is said."""
    return not is_said_on(today)
