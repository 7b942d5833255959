"""Who is enrolled, under whose number, by which consent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from steadwell.common.clock import today_in
from steadwell.enrollment.models import Consent, DesignatedContact, ProgramEnrollment
from steadwell.enrollment.selectors.cover import Cover, cover_of
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from steadwell.rules.months import Month

SHORT_NAMES = {"ccm": "CCM"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentHeader:
    """What the banner of a chart says of it."""

    program: str
    since: date
    until: date | None
    practitioner: str
    consent_on: date | None
    contact: str
    cover: str

    @property
    def words(self) -> str:
        if self.until:
            return f"{self.program} until {self.until:%m/%d/%Y}"
        return f"{self.program} since {self.since:%B %Y}"


def running(practice: Practice, program: str, on: date) -> QuerySet[ProgramEnrollment]:
    """Enrollments that run on the day; the last day is still one."""
    return ProgramEnrollment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on),
        practice=practice,
        program=program,
        starts_on__lte=on,
    )


def open_enrollment(
    patient: Patient, program: str = "ccm", on: date | None = None
) -> ProgramEnrollment | None:
    """The enrollment that runs on the day (today), even where its end is already known."""
    day = on or today_in(patient.practice.zone)
    return (
        running(patient.practice, program, day)
        .filter(patient=patient)
        .select_related("practitioner", "practice")
        .order_by("-starts_on", "-pk")
        .first()
    )


def enrollments_of(patient: Patient) -> list[ProgramEnrollment]:
    """All there were, the newest first."""
    rows = ProgramEnrollment.objects.filter(practice=patient.practice, patient=patient)
    found = list(rows.select_related("practitioner").order_by("-starts_on", "-pk"))
    for each in found:
        each.practice = patient.practice
    return found


def running_of(
    enrollments: Iterable[ProgramEnrollment], on: date, program: str = "ccm"
) -> ProgramEnrollment | None:
    """Of enrollments, newest first: the one that runs on the day."""
    return next(
        (
            each
            for each in enrollments
            if each.program == program
            and each.starts_on <= on
            and (each.ends_on is None or each.ends_on >= on)
        ),
        None,
    )


def consents_of(patient: Patient, program: str = "ccm") -> list[Consent]:
    """Newest first, each with its revocation."""
    return list(
        Consent.objects.filter(practice=patient.practice, patient=patient, program=program)
        .select_related("enrollment", "practitioner", "obtained_by")
        .prefetch_related("revocations__recorded_by")
        .order_by("-given_at", "-pk")
    )


def consent_in_force(patient: Patient, program: str, on: date) -> Consent | None:
    """The newest consent given by that day, unless it is revoked or its enrollment over."""
    return in_force_of(consents_of(patient, program), on, patient.practice.zone)


def in_force_of(consents: Iterable[Consent], on: date, zone: ZoneInfo) -> Consent | None:
    """Of consents, newest first. A revocation takes effect at the end of its month."""
    given = (each for each in consents if each.given_at.astimezone(zone).date() <= on)
    return next((each for each in given if not _is_over(each, on)), None)


def _is_over(consent: Consent, on: date) -> bool:
    last = last_day_of(consent)
    ended = consent.enrollment.ends_on
    return (last is not None and last < on) or (ended is not None and ended < on)


def last_day_of(consent: Consent) -> date | None:
    """The last day on which a revoked consent still holds; `None` while it is not revoked."""
    days = [Month.of(each.revoked_on).last for each in consent.revocations.all()]
    return min(days) if days else None


def designated_contact(patient: Patient, on: date) -> DesignatedContact | None:
    return (
        DesignatedContact.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=on),
            practice=patient.practice,
            patient=patient,
            starts_on__lte=on,
        )
        .select_related("person")
        .order_by("-starts_on", "-pk")
        .first()
    )


def enrollment_header(patient: Patient, program: str = "ccm") -> EnrollmentHeader | None:
    """Nothing for a patient who is not enrolled today."""
    today = today_in(patient.practice.zone)
    enrollment = open_enrollment(patient, program, today)
    if enrollment is None:
        return None
    consent = consent_in_force(patient, program, today)
    contact = designated_contact(patient, today)
    return header_from(enrollment, consent, contact, cover_of(patient, today))


def header_from(
    enrollment: ProgramEnrollment,
    consent: Consent | None,
    contact: DesignatedContact | None,
    cover: Cover,
) -> EnrollmentHeader:
    """Of what a page has read already."""
    zone = enrollment.practice.zone
    return EnrollmentHeader(
        program=SHORT_NAMES.get(enrollment.program, enrollment.program.upper()),
        since=enrollment.starts_on,
        until=enrollment.ends_on,
        practitioner=enrollment.practitioner.short_name,
        consent_on=consent.given_at.astimezone(zone).date() if consent else None,
        contact=contact.person.full_name if contact else "",
        cover=cover.label,
    )
