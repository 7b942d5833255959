"""Who may do what in enrollment, and from an address to a row."""

from typing import Final
from uuid import UUID

from django.http import Http404

from steadwell.common.http import SignedInRequest
from steadwell.enrollment.models import Consent
from steadwell.patients.models import Patient
from steadwell.practices.models import Role

SWEEPERS: Final = (Role.ENROLLMENT, Role.PRACTITIONER, Role.PRACTICE_MANAGER)
CONSENT_TAKERS: Final = (
    Role.ENROLLMENT,
    Role.CARE_MANAGER,
    Role.PRACTITIONER,
    Role.PRACTICE_MANAGER,
)
VISIT_CONFIRMERS: Final = (Role.CARE_MANAGER, Role.PRACTITIONER, Role.PRACTICE_MANAGER)


def consent_for(request: SignedInRequest, patient: Patient, public_id: UUID) -> Consent:
    """The patient's consent, or not found."""
    consent = (
        Consent.objects.filter(practice=request.practice, patient=patient, public_id=public_id)
        .select_related("enrollment", "practitioner", "patient", "practice")
        .first()
    )
    if consent is None:
        raise Http404
    return consent
