"""What only the billing practitioner can say: the level of decision making, the lane, the add-on."""

from datetime import date

from django.db import transaction

from steadwell.audit.services import record
from steadwell.billing.access import require_practitioner
from steadwell.billing.models import Attestation, InitialAssessment, LaneElection
from steadwell.billing.services.guard import lock_patient, require_open
from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practitioner
from steadwell.rules.months import Month
from steadwell.timekeeping.models import Note


class NotAttested(Refusal):
    pass


class NotElected(Refusal):
    pass


class NotRecorded(Refusal):
    pass


@transaction.atomic
def attest_decision(
    *, patient: Patient, month: Month, level: str, note: Note, acting_user: Person
) -> Attestation:
    """Attest the decision making of a month on the dated note that shows it. The newest counts.

    Raises:
        NotTheirs: `acting_user` is not the month's billing practitioner.
        MonthIsClosed: the month is sealed.
        NotAttested: the level is none of the four, or the note does not show a decision of that
            month by that practitioner.
    """
    lock_patient(patient)
    practitioner = practitioner_of_month(patient, month)
    require_practitioner(acting_user, practitioner, "attest decision making")
    require_open(patient.practice, month)
    if level not in Attestation.Level.values:
        raise NotAttested("The level is missing. Choose straightforward, low, moderate or high.")
    made_on = _decided_on(patient, month, note, acting_user)
    attestation = Attestation.objects.create(
        practice_id=patient.practice_id,
        patient=patient,
        month=month.first,
        practitioner=practitioner,
        level=level,
        note=note,
        made_on=made_on,
        attested_at=now(),
        attested_by=acting_user,
    )
    record(
        "billing.decision_attested",
        subject=f"billing.attestation/{attestation.pk}",
        patient_ids=[patient.pk],
    )
    return attestation


@transaction.atomic
def elect_lane(*, patient: Patient, month: Month, lane: str, acting_user: Person) -> LaneElection:
    """Say whether the practitioner's own minutes are claimed as such or pooled. The newest counts.

    Raises:
        NotTheirs: `acting_user` is not the month's billing practitioner.
        MonthIsClosed: the month is sealed.
        NotElected: there is no such lane.
    """
    lock_patient(patient)
    practitioner = practitioner_of_month(patient, month)
    require_practitioner(acting_user, practitioner, "choose the lane")
    require_open(patient.practice, month)
    if lane not in LaneElection.Lane.values:
        raise NotElected("The lane is missing. Choose pooled, or the practitioner's own time.")
    election = LaneElection.objects.create(
        practice_id=patient.practice_id,
        patient=patient,
        month=month.first,
        practitioner=practitioner,
        lane=lane,
        elected_at=now(),
        elected_by=acting_user,
    )
    record("billing.lane_elected", subject=f"billing.lane/{election.pk}", patient_ids=[patient.pk])
    return election


@transaction.atomic
def record_assessment(
    *, patient: Patient, took_place_on: date, note: Note, acting_user: Person
) -> InitialAssessment:
    """Record the extra assessment and planning at the initiating visit (G0506): once ever.

    Raises:
        NotTheirs: `acting_user` is not the billing practitioner of that month.
        MonthIsClosed: the month of that day is sealed.
        NotRecorded: it was recorded before, lies ahead, or the note is of another patient.
    """
    lock_patient(patient)
    month = Month.of(took_place_on)
    practitioner = practitioner_of_month(patient, month)
    require_practitioner(acting_user, practitioner, "record the assessment")
    require_open(patient.practice, month)
    _check_assessment(patient, took_place_on, note)
    assessment = InitialAssessment.objects.create(
        practice_id=patient.practice_id,
        patient=patient,
        practitioner=practitioner,
        took_place_on=took_place_on,
        note=note,
        recorded_at=now(),
        recorded_by=acting_user,
    )
    record(
        "billing.assessment_recorded",
        subject=f"billing.assessment/{assessment.pk}",
        patient_ids=[patient.pk],
    )
    return assessment


def practitioner_of_month(patient: Patient, month: Month) -> Practitioner:
    """Who bills for the patient in the month.

    Raises:
        NotRecorded: the patient was not in the program then.
    """
    from steadwell.billing.facts import read_enrollments

    found = read_enrollments(patient.practice, month, [patient.pk]).get(patient.pk)
    if found is None:
        raise NotRecorded(
            f"This patient was not in chronic care management in {month.first:%B %Y}. "
            "Nothing is attested or approved for that month."
        )
    return Practitioner.objects.get(practice_id=patient.practice_id, pk=found[1])


def _decided_on(patient: Patient, month: Month, note: Note, person: Person) -> date:
    """The day of the decision the note shows."""
    if note.practice_id != patient.practice_id or note.patient_id != patient.pk:
        raise NotAttested("That note is about another patient. Choose one of this patient's notes.")
    made_on = note.occurred_at.astimezone(patient.practice.zone).date()
    if note.kind != Note.Kind.DECISION:
        raise NotAttested(
            "That note is not a decision-making note. Write one that shows problems, data and risk."
        )
    if made_on not in month:
        raise NotAttested(
            f"The note is of {made_on:%m/%d/%Y}, outside {month.first:%B %Y}. "
            "The decision has to be made in the month; attesting it may come later."
        )
    if note.author_id != person.pk:
        raise NotAttested(
            f"The note was written by {note.author.full_name}. "
            "The decision is the practitioner's own, and so is its note."
        )
    if not (note.reason.strip() and note.changed.strip() and note.done.strip()):
        raise NotAttested("The note does not show problems, data and risk. Write one that does.")
    return made_on


def _check_assessment(patient: Patient, took_place_on: date, note: Note) -> None:
    if took_place_on > today_in(patient.practice.zone):
        raise NotRecorded("That day lies ahead. Give the day of the initiating visit.")
    if note.practice_id != patient.practice_id or note.patient_id != patient.pk:
        raise NotRecorded("That note is about another patient. Choose one of this patient's notes.")
    before = InitialAssessment.objects.filter(
        practice_id=patient.practice_id, patient=patient, taken_back_at=None
    ).first()
    if before:
        raise NotRecorded(
            f"The assessment of {before.took_place_on:%m/%d/%Y} is on record. "
            "Medicare pays it once for a patient."
        )
