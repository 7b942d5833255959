"""What stands on top of a call: the promise, the wishes, the tries, and what to ask."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from steadwell.common.clock import now, today_in
from steadwell.outreach.models import Call, CallPreferences
from steadwell.outreach.questions import CallQuestions, QuestionSet, questions_on
from steadwell.outreach.selectors.practice import settings_of
from steadwell.patients.models import Condition, Patient
from steadwell.practices.models import Person, Practice
from steadwell.rules.eligibility import ConditionFact
from steadwell.rules.eligibility.diseases import diseases_on
from steadwell.timekeeping.models import Note
from steadwell.timekeeping.selectors import CONTACTS, NOT_REACHED

LOOK_BACK = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """Tries since somebody last spoke with the patient."""

    tries: list[tuple[datetime, str]]  # newest first: when, and how it ended
    today: int
    limit: int
    letter_after: int

    @property
    def voicemails(self) -> int:
        return sum(one == "voicemail" for _, one in self.tries)

    @property
    def is_over(self) -> bool:
        return self.today >= self.limit

    @property
    def to_letter(self) -> int:
        """How many more voicemails until the letter is made ready."""
        return max(0, self.letter_after - self.voicemails)


def open_call_of(patient: Patient, person: Person) -> Call | None:
    """The person's call with the patient that has not ended."""
    return Call.objects.filter(
        practice_id=patient.practice_id, patient=patient, person=person, ended_at=None
    ).first()


def preferences_of(patient: Patient) -> CallPreferences:
    """How the patient wants to be reached; an empty row where nobody has asked."""
    return CallPreferences.objects.filter(
        practice_id=patient.practice_id, patient=patient
    ).select_related("changed_by").first() or CallPreferences(
        practice_id=patient.practice_id, patient=patient
    )


def attempts_of(patient: Patient) -> Attempts:
    """Counted from the notes, so that tries written on the chart count as well."""
    zone = patient.practice.zone
    settings = settings_of(patient.practice)
    rows = Note.objects.filter(
        practice_id=patient.practice_id, patient=patient, kind__in=CONTACTS
    ).order_by("-occurred_at", "-pk")
    tries = []
    for at, end in rows.values_list("occurred_at", "disposition")[:LOOK_BACK]:
        if end not in NOT_REACHED:
            break
        tries.append((at, end))
    today = today_in(zone)
    return Attempts(
        tries=tries,
        today=sum(at.astimezone(zone).date() == today for at, _ in tries),
        limit=settings.attempts_a_day,
        letter_after=settings.voicemails_before_letter,
    )


def last_promise(patient: Patient) -> Note | None:
    """The newest note that promised something, whoever wrote it."""
    return (
        Note.objects.filter(practice_id=patient.practice_id, patient=patient)
        .exclude(next_step="")
        .select_related("author")
        .order_by("-occurred_at", "-pk")
        .first()
    )


def questions_for(patient: Patient) -> tuple[CallQuestions, list[QuestionSet]]:
    """Today's questions, and those that go with the patient's diseases."""
    questions = questions_on(today_in(patient.practice.zone))
    return questions, questions.sets_for(disease_keys(patient, today_in(patient.practice.zone)))


def disease_keys(patient: Patient, on: date) -> set[str]:
    """The chronic diseases of the chart, by key of their group."""
    rows = Condition.objects.filter(practice_id=patient.practice_id, patient=patient)
    facts = [
        ConditionFact(
            row=str(one.public_id), icd10=one.icd10, snomed=one.snomed,
            clinical_status=one.clinical_status, verification_status=one.verification_status,
            onset_on=one.onset_on, abated_on=one.abated_on,
        )
        for one in rows
    ]  # fmt: skip
    return {one.group.key for one in diseases_on(facts, on).counted}


def call_backs_of(
    practice: Practice, *, within: timedelta = timedelta(days=1)
) -> dict[int, datetime]:
    """By patient: when they asked to be called back, where nobody has reached them since.

    Those due up to `within` from now.
    """
    calls = (
        Call.objects.filter(practice=practice, call_back_at__isnull=False)
        .order_by("patient_id", "-started_at")
        .distinct("patient_id")
        .values_list("patient_id", "started_at", "call_back_at")
    )
    latest = now() + within
    found = {pk: (start, back) for pk, start, back in calls if back and back <= latest}
    since = dict(
        Note.objects.filter(practice=practice, patient_id__in=list(found), kind__in=CONTACTS)
        .exclude(disposition__in=NOT_REACHED)
        .order_by("patient_id", "occurred_at")
        .values_list("patient_id", "occurred_at")
    )
    return {pk: back for pk, (start, back) in found.items() if pk not in since or since[pk] < start}


def calls_on(practice: Practice, person: Person, day: date) -> list[Call]:
    """The person's calls that ended on the day, in order; those not made left out."""
    begin = datetime.combine(day, datetime.min.time(), tzinfo=practice.zone)
    return list(
        Call.objects.filter(
            practice=practice, person=person, started_at__gte=begin,
            started_at__lt=begin + timedelta(days=1), ended_at__isnull=False,
        )
        .exclude(disposition=Call.NOT_MADE)
        .select_related("patient")
        .order_by("started_at")
    )  # fmt: skip
