"""From an address to a plan version, with its check."""

from django.http import Http404

from steadwell.careplans.models import PlanVersion
from steadwell.careplans.selectors import draft_of, versions_of
from steadwell.common.http import SignedInRequest
from steadwell.patients.models import Patient
from steadwell.practices.models import Practitioner, Role

WRITERS = (Role.CARE_MANAGER, Role.PRACTITIONER)


def version_for(patient: Patient, number: int) -> PlanVersion:
    """The patient's version of that number."""
    version = versions_of(patient).filter(number=number).first()
    if version is None:
        raise Http404
    return version


def draft_for(patient: Patient) -> PlanVersion:
    """The patient's draft."""
    draft = draft_of(patient)
    if draft is None:
        raise Http404
    return draft


def practitioner_at_work(request: SignedInRequest) -> Practitioner | None:
    """The practitioner who is signed in, where this person is one here."""
    return Practitioner.objects.filter(
        practice=request.practice, person=request.user, is_active=True
    ).first()


def may_write(request: SignedInRequest) -> bool:
    return request.membership.has_role(*WRITERS)
