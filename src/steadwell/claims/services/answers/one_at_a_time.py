"""One file, or one decision on a payment, at a time in a practice: append-only rows have no locks."""

from steadwell.claims.models import ControlNumber
from steadwell.practices.models import Practice

_KIND = "answer"


def lock_answers(practice: Practice) -> None:
    """Wait for whoever reads answers of this practice or places its payments."""
    ControlNumber.objects.bulk_create(
        [ControlNumber(practice=practice, kind=_KIND, last=0)], ignore_conflicts=True
    )
    ControlNumber.objects.select_for_update().get(practice=practice, kind=_KIND)
