"""Reading enrollment: who may be offered it, who is in it, by which consent."""

from steadwell.enrollment.selectors.cover import Cover, cover_from, cover_of, covers_of
from steadwell.enrollment.selectors.enrollments import (
    EnrollmentHeader,
    consent_in_force,
    consents_of,
    designated_contact,
    enrollment_header,
    enrollments_of,
    header_from,
    in_force_of,
    last_day_of,
    open_enrollment,
    running,
    running_of,
)
from steadwell.enrollment.selectors.practitioners import billing_practitioners, practitioner_of
from steadwell.enrollment.selectors.team import Proposal, care_team, proposed_contact

__all__ = [
    "Cover",
    "EnrollmentHeader",
    "Proposal",
    "billing_practitioners",
    "care_team",
    "consent_in_force",
    "consents_of",
    "cover_from",
    "cover_of",
    "covers_of",
    "designated_contact",
    "enrollment_header",
    "enrollments_of",
    "header_from",
    "in_force_of",
    "last_day_of",
    "open_enrollment",
    "practitioner_of",
    "proposed_contact",
    "running",
    "running_of",
]
