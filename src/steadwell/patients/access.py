"""The only ways to turn an id from a request into a patient."""

from uuid import UUID

from django.http import Http404

from steadwell.audit.services import record_view
from steadwell.common.http import SignedInRequest
from steadwell.patients.models import Patient


def patient_for(request: SignedInRequest, public_id: UUID, *, action: str) -> Patient:
    """The patient, if the practice worked in cares for them; the look is recorded as `action`.

    A patient of another practice is reported as not found, so that the answer does not
    tell a stranger that the patient exists.
    """
    patient = Patient.objects.filter(practice=request.practice, public_id=public_id).first()
    if patient is None:
        raise Http404
    patient.practice = request.practice  # it is: nobody has to read it again
    record_view(action, patient_ids=[patient.pk])
    return patient
