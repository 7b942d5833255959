"""Who may open and go on with cases; and from a request to a case or a claim."""

from uuid import UUID

from django.http import Http404

from steadwell.claims.cases.reads import cases_of
from steadwell.claims.cases.standing import Standing, standing_of
from steadwell.claims.models import Claim
from steadwell.claims.selectors import claim_of
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from steadwell.rules.months import Month


def case_for(practice: Practice, public_id: UUID) -> Standing:
    """The practice's case with its steps, or not found."""
    case = cases_of(practice).filter(public_id=public_id).first()
    if case is None:
        raise Http404
    case.practice = practice
    return standing_of(case, list(case.steps.all()))


def claim_for(patient: Patient, month: Month) -> Claim:
    """The newest claim of the patient's month, or not found."""
    claim = claim_of(patient.practice, patient.pk, month)
    if claim is None:
        raise Http404
    claim.practice = patient.practice
    claim.patient = patient
    return claim
