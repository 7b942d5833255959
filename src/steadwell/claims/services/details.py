"""What only people can say for a claim: a signature is on file, and which code a condition has."""

from datetime import date

from django.db import transaction

from steadwell.audit.services import record
from steadwell.billing.access import require_member
from steadwell.claims.access import CHOOSES, RECORDS
from steadwell.claims.from_snapshot import plain_code
from steadwell.claims.models import DiagnosisChoice
from steadwell.claims.selectors import mapped_conditions
from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.patients.models import Patient
from steadwell.practices.models import Person
from steadwell.wire.x12 import is_icd10


class NotChosen(Refusal):
    """No code was chosen."""


class NotSigned(Refusal):
    """No signature was recorded."""


@transaction.atomic
def choose_diagnosis(
    *, patient: Patient, mapped_code: str, code: str, acting_user: Person
) -> DiagnosisChoice:
    """Give a condition that is known by SNOMED the ICD-10-CM code its claims carry.

    Raises:
        NotTheirs: the person is neither practitioner nor practice manager here.
        NotChosen: the code has not the form of one, or the patient has no such condition.
    """
    require_member(acting_user, patient.practice, *CHOOSES, what="choose a diagnosis code")
    given, mapped = plain_code(code), plain_code(mapped_code)
    if not is_icd10(given):
        raise NotChosen(
            f"{code or 'Nothing'} is no ICD-10-CM code. It begins with a letter and a digit, as"
            " E11.22; take it from the note of the visit."
        )
    if mapped not in {one.code for one in mapped_conditions(patient)}:
        raise NotChosen("No risk statement of this patient has that condition.")
    choice = DiagnosisChoice.objects.create(
        practice=patient.practice,
        patient=patient,
        mapped_code=mapped,
        code=given,
        chosen_at=now(),
        chosen_by=acting_user,
    )
    record(
        "claims.diagnosis_chosen", subject=f"claims.choice/{choice.pk}", patient_ids=[patient.pk]
    )
    return choice


@transaction.atomic
def record_signature(*, patient: Patient, signed_on: date, acting_user: Person) -> Patient:
    """Record that the patient's signature for release and payment lies on file since a day.

    Raises:
        NotTheirs: the person records no signatures here.
        NotSigned: the day is to come, or before the patient was born.
    """
    require_member(acting_user, patient.practice, *RECORDS, what="record a signature on file")
    if signed_on > today_in(patient.practice.zone):
        raise NotSigned(f"{signed_on:%m/%d/%Y} is still to come.")
    if signed_on < patient.birth_date:
        raise NotSigned(f"{signed_on:%m/%d/%Y} is before the patient was born.")
    patient.signature_on_file_on = signed_on
    patient.save(update_fields=["signature_on_file_on"])
    record("claims.signature_recorded", subject=f"patients.patient/{patient.pk}",
           patient_ids=[patient.pk])  # fmt: skip
    return patient
