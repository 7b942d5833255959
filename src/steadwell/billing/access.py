"""Who may see money, approve and close; and from a request to a record of billing."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404

from steadwell.billing.models import (
    ClaimedElsewhere,
    InitialAssessment,
    PatientStatus,
    ReviewSample,
    SampledMonth,
)
from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person, Practice, Practitioner, Role
from steadwell.rules.months import Month

SEES_AMOUNTS = (Role.PRACTITIONER, Role.PRACTICE_MANAGER, Role.COMPLIANCE)
RECORDS = (Role.CARE_MANAGER, Role.PRACTITIONER, Role.PRACTICE_MANAGER)
DETAILS = (Role.PRACTICE_MANAGER, Role.PRACTITIONER, Role.ENROLLMENT)  # what a claim says besides
WITHDRAWS = (Role.PRACTITIONER, Role.PRACTICE_MANAGER)
INSPECTS = (Role.COMPLIANCE,)
# What a practitioner said in person is taken back by them, or by whoever answers for compliance.
TAKES_BACK = {
    "elsewhere": RECORDS,
    "status": RECORDS,
    "assessment": (Role.PRACTITIONER, Role.COMPLIANCE),
}

Record = ClaimedElsewhere | InitialAssessment | PatientStatus
RECORD_KINDS: dict[str, type[ClaimedElsewhere | InitialAssessment | PatientStatus]] = {
    "elsewhere": ClaimedElsewhere,
    "assessment": InitialAssessment,
    "status": PatientStatus,
}


class NotTheirs(Refusal):
    """Somebody tried what belongs to another person."""


def may_see_amounts(membership: Membership) -> bool:
    """Care managers see minutes and reasons; care comes before money."""
    return membership.has_role(*SEES_AMOUNTS)


def practitioner_of(person: Person, practice: Practice) -> Practitioner | None:
    """The billing practitioner this person is, in this practice."""
    return (
        Practitioner.objects.filter(practice=practice, person=person, is_active=True)
        .order_by("pk")
        .first()
    )


def require_practitioner(person: Person, practitioner: Practitioner, what: str) -> None:
    """Only the practitioner in person may attest and approve.

    Raises:
        NotTheirs: `person` is somebody else.
    """
    if practitioner.person_id != person.pk:
        raise NotTheirs(
            f"Only {practitioner.display_name} may {what}, in person. "
            f"Ask {practitioner.short_name} to open this page."
        )


def holds(person: Person, practice: Practice, *roles: str) -> bool:
    """Whether the person has one of `roles` in the practice now."""
    today = today_in(practice.zone)
    running = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        practice=practice,
        person=person,
        starts_on__lte=today,
    )
    return any(membership.has_role(*roles) for membership in running)


def require_member(person: Person, practice: Practice, *roles: str, what: str) -> None:
    """The service's own check of a role, whoever calls it.

    Raises:
        NotTheirs: the person holds none of `roles` in the practice now.
    """
    if not holds(person, practice, *roles):
        names = " or ".join(Role(role).label.lower() for role in roles)
        raise NotTheirs(f"To {what} takes a {names} of this practice.")


def record_for(patient: Patient, kind: str, public_id: UUID) -> Record:
    """A record of this patient that has not been taken back."""
    model = RECORD_KINDS.get(kind)
    found = (
        model._default_manager.filter(
            practice_id=patient.practice_id,
            patient=patient,
            public_id=public_id,
            taken_back_at=None,
        ).first()
        if model
        else None
    )
    if found is None:
        raise Http404
    return found


def sample_for(practice: Practice, month: Month, public_id: UUID) -> ReviewSample:
    """The practice's sample of that month, or not found."""
    samples = ReviewSample.objects.select_related("drawn_by")
    found = samples.filter(practice=practice, month=month.first, public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def sampled_for(sample: ReviewSample, public_id: UUID) -> SampledMonth:
    """One patient-month of the sample, or not found."""
    months = SampledMonth.objects.filter(practice_id=sample.practice_id, sample=sample)
    found = months.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
