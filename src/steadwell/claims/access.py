"""Who may see claims and send them, and from a request to a file."""

from uuid import UUID

from django.http import Http404

from steadwell.claims.models import ClaimFile
from steadwell.claims.selectors import claim_files
from steadwell.practices.models import Practice, Role

SEES = (Role.PRACTICE_MANAGER, Role.PRACTITIONER, Role.COMPLIANCE)
SENDS = (Role.PRACTICE_MANAGER,)
CHOOSES = (Role.PRACTICE_MANAGER, Role.PRACTITIONER)  # codes on a claim
RECORDS = (*CHOOSES, Role.ENROLLMENT)  # signatures on file


def file_for(practice: Practice, public_id: UUID) -> ClaimFile:
    """The practice's file, or not found."""
    file = claim_files(practice).filter(public_id=public_id).first()
    if file is None:
        raise Http404
    return file
