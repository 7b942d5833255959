"""Reading the ledger. Totals are computed here each time and kept nowhere."""

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal
from difflib import SequenceMatcher

from django.db.models import DurationField, ExpressionWrapper, F, Prefetch, QuerySet, Sum, Value
from django.db.models.functions import Greatest, Least

from steadwell.common.clock import now
from steadwell.common.months import month_bounds
from steadwell.patients.models import Patient
from steadwell.practices.models import CredentialRule, Person, Practice
from steadwell.rules.months import Month
from steadwell.timekeeping.models import (
    CommittedHours,
    Interval,
    IntervalNote,
    Note,
    NoteDraft,
    PendingEntry,
    RunningClock,
)

COUNTED = (CredentialRule.Counting.PRACTITIONER, CredentialRule.Counting.CLINICAL_STAFF)
LONGEST = timedelta(days=1)  # no interval is longer: lets the btree over started_at find all
NEARLY = 0.9
CONTACTS = (Note.Kind.CALL, Note.Kind.MESSAGE)
NOT_REACHED = ("voicemail", "no_answer", "wrong_number", "call_back")


def live_between(practice_id: int, begin: datetime, end: datetime) -> QuerySet[Interval]:
    """The practice's entries that stand, and lie at least partly between two moments."""
    return Interval.objects.filter(
        practice_id=practice_id,
        superseded_by=None,
        started_at__gte=begin - LONGEST,
        started_at__lt=end,
        ended_at__gt=begin,
    ).exclude(ended_at=F("started_at"))


def intervals_in(patient: Patient, month: Month) -> list[Interval]:
    """The patient's entries that touch the month, with their notes, oldest first.

    One that crosses the month's midnight is whole here: the rules split it.
    """
    begin, end = month_bounds(month, patient.practice.zone)
    return list(
        live_between(patient.practice_id, begin, end)
        .filter(patient=patient)
        .select_related("person", "approved_by")
        .prefetch_related(support_with_notes())
        .order_by("started_at", "pk")
    )


def support_with_notes() -> "Prefetch[str]":
    return Prefetch("support", queryset=IntervalNote.objects.select_related("note").order_by("pk"))


def month_seconds(patient: Patient, month: Month, program: str = "ccm") -> int:
    """Whole seconds recorded for the patient in the month by those whose time counts.

    What of it may be billed, the month's decision says: consent and notes are its business.
    """
    return month_seconds_of(patient.practice, month, [patient.pk], program).get(patient.pk, 0)


def month_seconds_of(
    practice: Practice,
    month: Month,
    patient_ids: Collection[int] | None = None,
    program: str = "ccm",
) -> dict[int, int]:
    """The same for many patients, in one query; None takes all. Who has nothing is not in it."""
    begin, end = month_bounds(month, practice.zone)
    entries = live_between(practice.pk, begin, end).filter(
        program=program, credential__in=COUNTED, during_visit=False, outside_us=False
    )
    if patient_ids is not None:
        entries = entries.filter(patient_id__in=patient_ids)
    length = ExpressionWrapper(
        Least(F("ended_at"), Value(end)) - Greatest(F("started_at"), Value(begin)),
        output_field=DurationField(),
    )
    sums = entries.values("patient_id").annotate(total=Sum(length))
    return {row["patient_id"]: int(row["total"].total_seconds()) for row in sums}


def history_of(patient: Patient, month: Month) -> list[Interval]:
    """Entries of the month that were corrected or taken out, each with what stands in its place."""
    begin, end = month_bounds(month, patient.practice.zone)
    return list(
        Interval.objects.filter(
            practice_id=patient.practice_id,
            patient=patient,
            superseded_by__isnull=False,
            started_at__gte=begin - LONGEST,
            started_at__lt=end,
            ended_at__gt=begin,
        )
        .select_related("person", "superseded_by__recorded_by")
        .order_by("superseded_by__recorded_at", "pk")
    )


def waiting_for_note(person: Person, patient: Patient, since: datetime) -> list[Interval]:
    """The person's own entries for the patient since then that have no note behind them yet."""
    return list(
        live_between(patient.practice_id, since, now() + LONGEST)
        .filter(patient=patient, person=person, support=None)
        .order_by("started_at")
    )


def entries_of(patient: Patient) -> list[PendingEntry]:
    """Entries by hand for the patient that wait or were declined, newest first."""
    return list(
        PendingEntry.objects.filter(practice_id=patient.practice_id, patient=patient)
        .exclude(state=PendingEntry.State.APPROVED)
        .select_related("person", "decided_by", "note")
        .order_by("-started_at")[:50]
    )


def waiting_entries(practice: Practice) -> QuerySet[PendingEntry]:
    """Everything that waits for another person's yes, oldest first."""
    return (
        PendingEntry.objects.filter(practice=practice, state=PendingEntry.State.WAITING)
        .select_related("patient", "person", "note")
        .order_by("entered_at", "pk")
    )


def agreed_hours(practice: Practice) -> dict[int, Decimal]:
    """Agreed hours a week, by membership."""
    rows = CommittedHours.objects.filter(practice=practice)
    return dict(rows.values_list("membership_id", "hours_a_week"))


def running_clock_of(person: Person | int) -> RunningClock | None:
    """The worker's clock, in whatever practice."""
    return RunningClock.objects.filter(person=person).first()


def notes_of(patient: Patient, limit: int = 50) -> list[Note]:
    """The patient's notes, newest first."""
    return list(
        Note.objects.filter(practice_id=patient.practice_id, patient=patient)
        .select_related("author")
        .order_by("-occurred_at", "-pk")[:limit]
    )


def last_contact(patient: Patient) -> Note | None:
    """The newest note of a conversation; a voicemail is not one."""
    return (
        Note.objects.filter(practice_id=patient.practice_id, patient=patient, kind__in=CONTACTS)
        .exclude(disposition__in=NOT_REACHED)
        .select_related("author")
        .order_by("-occurred_at")
        .first()
    )


def draft_of(patient: Patient, person: Person) -> NoteDraft | None:
    return NoteDraft.objects.filter(
        practice_id=patient.practice_id, patient=patient, person=person
    ).first()


def nearly_the_same(patient: Patient, done: str, changed: str = "") -> Note | None:
    """A note of this or last month that says nearly the same; the newest such."""
    since = now() - timedelta(days=62)
    mine = _plain(f"{changed} {done}")
    for note in Note.objects.filter(
        practice_id=patient.practice_id, patient=patient, occurred_at__gte=since
    ).order_by("-occurred_at")[:20]:
        theirs = _plain(f"{note.changed} {note.done}")
        if SequenceMatcher(None, mine, theirs, autojunk=False).ratio() > NEARLY:
            return note
    return None


def _plain(text: str) -> str:
    return " ".join(text.lower().split())[:2000]
