"""Setting a legal hold on a patient's record, and lifting it."""

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.patients.models import LegalHold, LegalHoldLift, Patient
from steadwell.practices.models import Person


@transaction.atomic
def set_hold(*, patient: Patient, reason: str, acting_user: Person) -> LegalHold:
    """Hold the record for one more matter; the same words said twice are one hold.

    Raises:
        Refusal: no reason is given.
    """
    reason = _said(
        reason, "Say for which matter the record is held, such as the letter and its day."
    )
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    known = LegalHold.objects.filter(
        practice_id=patient.practice_id, patient=patient, reason=reason, lifts=None
    ).first()
    if known:
        return known
    hold = LegalHold.objects.create(
        practice_id=patient.practice_id, patient=patient, reason=reason, set_at=now(),
        set_by=acting_user,
    )  # fmt: skip
    _note("patient.hold_set", hold)
    return hold


@transaction.atomic
def lift_hold(*, hold: LegalHold, reason: str, acting_user: Person) -> LegalHoldLift:
    """End one hold; others of the patient stand on.

    Raises:
        Refusal: no reason is given, or it was lifted already.
    """
    reason = _said(reason, "Say why the hold ends and who released it.")
    Patient.objects.select_for_update(no_key=True).get(pk=hold.patient_id)
    if LegalHoldLift.objects.filter(practice_id=hold.practice_id, hold=hold).exists():
        raise Refusal("This hold was lifted already. Open the record again to see by whom.")
    lift = LegalHoldLift.objects.create(
        practice_id=hold.practice_id, hold=hold, reason=reason, lifted_at=now(),
        lifted_by=acting_user,
    )  # fmt: skip
    _note("patient.hold_lifted", hold)
    return lift


def _said(reason: str, otherwise: str) -> str:
    words = " ".join(reason.split())
    if not words:
        raise Refusal(f"No reason is given. {otherwise}")
    return words


def _note(action: str, hold: LegalHold) -> None:
    """The reason may name a matter and people: it stays out of the trail."""
    record(action, subject=f"patients.legalhold/{hold.pk}", patient_ids=[hold.patient_id])
