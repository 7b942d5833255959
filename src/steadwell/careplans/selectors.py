"""Reading plans."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from steadwell.careplans.content import PlanContent, read_content
from steadwell.careplans.models import PlanCopy, PlanVersion
from steadwell.common.clock import today_in
from steadwell.enrollment.selectors import (
    billing_practitioners,
    consent_in_force,
    open_enrollment,
)
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice, Practitioner

PROGRAM = "ccm"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyGiven:
    given_on: date
    means: str
    given_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedVersion:
    """What billing and an auditor need to know of a signed version."""

    version_id: int
    public_id: UUID
    number: int
    signed_at: datetime
    signed_on: date  # on the practice's wall
    practitioner_id: int
    digest: str
    copies: tuple[CopyGiven, ...]


def content_of(version: PlanVersion) -> PlanContent:
    return read_content(version.content)


def versions_of(patient: Patient) -> QuerySet[PlanVersion]:
    """Newest first, the draft included."""
    return (
        PlanVersion.objects.filter(practice=patient.practice_id, patient=patient)
        .select_related("practitioner", "started_by", "changed_by", "ready_by", "ready_for")
        .prefetch_related("copies")
        .order_by("-number")
    )


def draft_of(patient: Patient) -> PlanVersion | None:
    return versions_of(patient).filter(signed_at=None).first()


def last_signed(patient: Patient) -> PlanVersion | None:
    return versions_of(patient).exclude(signed_at=None).first()


def plan_in_force(patient: Patient, on: date) -> PlanVersion | None:
    """The newest version signed by the end of that day; none while no consent is in force."""
    if consent_in_force(patient, PROGRAM, on) is None:
        return None
    following = datetime.combine(on + timedelta(days=1), time.min, tzinfo=patient.practice.zone)
    return versions_of(patient).filter(signed_at__lt=following.astimezone(UTC)).first()


def plan_items(patient: Patient) -> list[tuple[str, str]]:
    """What minutes may serve: goals and problems of the signed plan, else of the draft."""
    version = last_signed(patient) or draft_of(patient)
    if version is None:
        return []
    content = content_of(version)
    return [
        *((goal.key, goal.said) for goal in content.goals),
        *((problem.key, problem.label) for problem in content.problems),
    ]


def billing_practitioner_of(patient: Patient) -> Practitioner | None:
    """Who bills for the patient's care management, where the patient is in a program."""
    enrollment = open_enrollment(patient, PROGRAM)
    return enrollment.practitioner if enrollment else None


def signers_of(practice: Practice) -> list[Practitioner]:
    """Those who can sign here: they may bill care management, and sign in themselves."""
    return [one for one in billing_practitioners(practice) if one.person_id is not None]


def drafts_to_sign(practice: Practice) -> QuerySet[PlanVersion]:
    """Sent for signature and not signed yet, the oldest first."""
    return (
        PlanVersion.objects.filter(practice=practice, signed_at=None, ready_at__isnull=False)
        .select_related("patient", "ready_for", "ready_by")
        .order_by("ready_at")
    )


def last_signed_of(practice: Practice, patients: Iterable[Patient]) -> dict[int, PlanVersion]:
    """By patient: the newest signed version, in one query."""
    rows = (
        PlanVersion.objects.filter(practice=practice, patient__in=patients)
        .exclude(signed_at=None)
        .order_by("patient_id", "-number")
        .distinct("patient_id")
    )
    return {row.patient_id: row for row in rows}


def plan_history(
    practice: Practice, patients: Iterable[Patient | int]
) -> dict[int, list[SignedVersion]]:
    """By patient id: every signed version with its copies, oldest first, in two queries."""
    ids = [one.pk if isinstance(one, Patient) else one for one in patients]
    copies: dict[int, list[CopyGiven]] = defaultdict(list)
    given = PlanCopy.objects.filter(practice=practice, patient__in=ids).order_by("given_on", "pk")
    for row in given:
        copies[row.version_id].append(
            CopyGiven(given_on=row.given_on, means=row.means, given_to=row.given_to)
        )
    history: dict[int, list[SignedVersion]] = defaultdict(list)
    signed = PlanVersion.objects.filter(practice=practice, patient__in=ids).exclude(signed_at=None)
    for version in signed.defer("content").order_by("number"):
        history[version.patient_id].append(_signed(version, practice, tuple(copies[version.pk])))
    return dict(history)


def _signed(
    version: PlanVersion, practice: Practice, copies: tuple[CopyGiven, ...]
) -> SignedVersion:
    assert version.signed_at is not None
    assert version.practitioner_id is not None
    return SignedVersion(
        version_id=version.pk,
        public_id=version.public_id,
        number=version.number,
        signed_at=version.signed_at,
        signed_on=version.signed_at.astimezone(practice.zone).date(),
        practitioner_id=version.practitioner_id,
        digest=version.digest,
        copies=copies,
    )


def today_of(patient: Patient) -> date:
    return today_in(patient.practice.zone)
