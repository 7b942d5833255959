"""Whether the patient is in a program with a consent in force."""

from datetime import date, datetime, time, timedelta

from steadwell.enrollment.models import Consent, ProgramEnrollment
from steadwell.patients.models import Patient


def open_enrollment(patient: Patient, program: str = "ccm") -> ProgramEnrollment | None:
    return (
        ProgramEnrollment.objects.filter(
            practice=patient.practice_id, patient=patient, program=program, ends_on=None
        )
        .select_related("practitioner")
        .first()
    )


def consent_in_force(patient: Patient, program: str, on: date) -> Consent | None:
    """The newest consent given by the end of that day; a revocation ends it with its month."""
    following = datetime.combine(on + timedelta(days=1), time.min, tzinfo=patient.practice.zone)
    return (
        Consent.objects.filter(
            practice=patient.practice_id, patient=patient, program=program, given_at__lt=following
        )
        .exclude(revocations__revoked_on__lt=on.replace(day=1))
        .order_by("-given_at")
        .first()
    )
