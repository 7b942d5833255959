"""How a patient wants to be reached, and the limits that are theirs."""

from datetime import date
from decimal import Decimal
from typing import TypedDict

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.outreach.models import CallPreferences, PatientLimits
from steadwell.patients.models import Patient
from steadwell.practices.models import Person


class Wishes(TypedDict):
    """What the patient said about being called."""

    best_hour: str
    rings_long: bool
    hearing: str
    picks_up: str
    message: str
    message_words: str
    may_hear: str


class LimitValues(TypedDict):
    """The numbers beyond which somebody must act; None where the general one holds."""

    gain_day: Decimal | None
    gain_week: Decimal | None
    glucose_low: int | None
    glucose_high: int | None


@transaction.atomic
def set_preferences(*, patient: Patient, wishes: Wishes, acting_user: Person) -> CallPreferences:
    """Keep how to reach the patient.

    Raises:
        Refusal: a message is agreed, but not in which words.
    """
    if wishes["message"] == CallPreferences.Message.AGREED and not wishes["message_words"].strip():
        raise Refusal(
            "A message may be left in agreed words, but the words are missing. "
            "Write them, or choose another kind of message."
        )
    row, _ = CallPreferences.objects.update_or_create(
        practice_id=patient.practice_id,
        patient=patient,
        defaults={**wishes, "changed_at": now(), "changed_by": acting_user},
    )
    record(
        "call.preferences_set", subject=f"outreach.preferences/{row.pk}", patient_ids=[patient.pk]
    )
    return row


@transaction.atomic
def set_limits(
    *, patient: Patient, values: LimitValues, set_by: str, set_on: date, acting_user: Person
) -> PatientLimits:
    """Keep the patient's own limits, with who set them and when. The earlier ones stay.

    Raises:
        Refusal: nobody set them, the day lies ahead, or low is not under high.
    """
    if not set_by.strip():
        raise Refusal("Say who set these limits: a practitioner’s name.")
    if set_on > today_in(patient.practice.zone):
        raise Refusal(f"{set_on:%m/%d/%Y} lies ahead. Enter the day on which they were set.")
    low, high = values["glucose_low"], values["glucose_high"]
    if low is not None and high is not None and low >= high:
        raise Refusal(
            f"The low glucose limit, {low}, is not under the high one, {high}. Check both."
        )
    row = PatientLimits.objects.create(
        practice_id=patient.practice_id, patient=patient, set_by=set_by.strip(), set_on=set_on,
        recorded_at=now(), recorded_by=acting_user, **values,
    )  # fmt: skip
    record("patient.limits_set", subject=f"outreach.limits/{row.pk}", patient_ids=[patient.pk])
    return row
