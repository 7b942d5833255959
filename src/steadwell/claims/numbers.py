"""Control numbers: each is given once, whoever asks at the same time."""

from steadwell.claims.models import ControlNumber
from steadwell.common.errors import Refusal
from steadwell.practices.models import Practice

INTERCHANGE, CLAIM = "interchange", "claim"
MOST = {INTERCHANGE: 999_999_999, CLAIM: 999_999_999_999}


class NumbersExhausted(Refusal):
    """There is no number left of the kind."""


def lock_numbers(practice: Practice) -> None:
    """Wait for whoever writes claims of this practice: one run at a time."""
    kinds = [INTERCHANGE, CLAIM]
    ControlNumber.objects.bulk_create(
        (ControlNumber(practice=practice, kind=kind, last=0) for kind in kinds),
        ignore_conflicts=True,
    )
    rows = ControlNumber.objects.select_for_update().filter(practice=practice, kind__in=kinds)
    list(rows.order_by("kind"))


def next_numbers(practice: Practice, kind: str, count: int) -> range:
    """The next `count` numbers of the kind. Call `lock_numbers` first.

    Raises:
        NumbersExhausted: X12 has no room for a higher one.
    """
    row = ControlNumber.objects.select_for_update().get(practice=practice, kind=kind)
    first, last = row.last + 1, row.last + count
    if last > MOST[kind]:
        raise NumbersExhausted(
            f"The {kind} numbers of this practice end at {MOST[kind]}. Ask for a new submitter ID."
        )
    row.last = last
    row.save(update_fields=["last"])
    return range(first, last + 1)
