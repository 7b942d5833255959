"""The patient's own person in the team, and leaving the program."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from steadwell.audit.services import record
from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.enrollment.models import DesignatedContact, ProgramEnrollment
from steadwell.enrollment.selectors.team import CARE_TEAM
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person

_ONLY_WITH_A_CONSENT = {
    ProgramEnrollment.Ending.REVOKED,
    ProgramEnrollment.Ending.NEW_PRACTITIONER,
}


@transaction.atomic
def designate_contact(
    *,
    patient: Patient,
    person: Person,
    starts_on: date,
    acting_user: Person,  # noqa: ARG001  (the trail names them)
) -> DesignatedContact:
    """From that day `person` is the patient's own. Who was before ends the day before.

    Raises:
        Refusal: the day cannot be, or the person gives no care here.
    """
    if starts_on > today_in(patient.practice.zone):
        raise Refusal(f"{starts_on:%m/%d/%Y} lies ahead. Choose today or a day before.")
    _require_care_team(patient, person)
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    before = DesignatedContact.objects.filter(
        practice=patient.practice, patient=patient, ends_on=None
    ).first()
    if before and before.person_id == person.pk:
        return before
    if before:
        _end_contact(before, starts_on)
    row = DesignatedContact.objects.create(
        practice=patient.practice, patient=patient, person=person, starts_on=starts_on
    )
    record(
        "enrollment.contact_designated",
        subject=f"enrollment.contact/{row.pk}",
        patient_ids=[patient.pk],
    )
    return row


@transaction.atomic
def end_enrollment(
    *,
    enrollment: ProgramEnrollment,
    ends_on: date,
    reason: str,
    acting_user: Person,  # noqa: ARG001  (the trail names them)
) -> ProgramEnrollment:
    """The patient leaves on that day, for a reason that is no revocation.

    Raises:
        Refusal: the day cannot be, the reason is none of ours, or the patient has left already.
    """
    today = today_in(enrollment.practice.zone)
    if reason not in set(ProgramEnrollment.Ending.values) - _ONLY_WITH_A_CONSENT:
        raise Refusal("Choose why the patient leaves. Where they ask to stop, revoke the consent.")
    if not enrollment.starts_on <= ends_on <= today:
        raise Refusal(
            f"{ends_on:%m/%d/%Y} does not lie between the start, {enrollment.starts_on:%m/%d/%Y}, "
            "and today. Enter the last day in the program."
        )
    if enrollment.ends_on is not None and enrollment.ends_on < today:
        raise Refusal(f"The patient left on {enrollment.ends_on:%m/%d/%Y} already.")
    enrollment.ends_on, enrollment.end_reason = ends_on, reason
    enrollment.save(update_fields=["ends_on", "end_reason"])
    record(
        "enrollment.ended",
        subject=f"enrollment.enrollment/{enrollment.pk}",
        patient_ids=[enrollment.patient_id],
        reason=reason,
    )
    return enrollment


def _end_contact(before: DesignatedContact, starts_on: date) -> None:
    if starts_on < before.starts_on:
        raise Refusal(
            f"{before.person.full_name} has been the contact since {before.starts_on:%m/%d/%Y}. "
            "Choose that day or a later one."
        )
    before.ends_on = max(before.starts_on, starts_on - timedelta(days=1))
    before.save(update_fields=["ends_on"])


def _require_care_team(patient: Patient, person: Person) -> None:
    today = today_in(patient.practice.zone)
    works_here = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        practice=patient.practice,
        person=person,
        starts_on__lte=today,
        roles__overlap=list(CARE_TEAM),
    )
    if not works_here.exists():
        raise Refusal(
            f"{person.full_name} is no care manager or practitioner of this practice. "
            "Choose somebody the patient can reach."
        )
