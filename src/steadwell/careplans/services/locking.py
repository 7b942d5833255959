"""One writer at a time: a plan version is read again under a lock before it is written."""

from steadwell.audit.services import record
from steadwell.careplans.models import PlanVersion
from steadwell.common.errors import Refusal


def locked(version: PlanVersion) -> PlanVersion:
    """The version as it is now, held until the transaction ends."""
    found = (
        PlanVersion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("patient__practice", "changed_by", "practitioner")
        .filter(practice=version.practice_id, pk=version.pk)
        .first()
    )
    if found is None:
        raise Refusal(
            "This draft was discarded meanwhile. Open the plan again to see what is there."
        )
    return found


def locked_draft(version: PlanVersion) -> PlanVersion:
    """The draft, or a refusal where it was signed."""
    found = locked(version)
    if found.is_signed:
        raise Refusal(
            f"Version {found.number} is signed and stays as it is. Start a new version to change the plan."
        )
    return found


def note(action: str, version: PlanVersion, *, reason: str = "") -> None:
    """One event of the trail about a version."""
    record(
        action,
        subject=f"careplans.planversion/{version.pk}",
        patient_ids=[version.patient_id],
        reason=reason,
    )
