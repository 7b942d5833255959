"""Sealing a month, and opening it again before any claim is written."""

from dataclasses import dataclass
from typing import Final

from django.db import transaction

from steadwell.audit.services import record
from steadwell.billing.access import require_member
from steadwell.billing.models import MonthApproval, MonthClose, MonthReopening
from steadwell.billing.selectors import close_of, month_run
from steadwell.billing.services.guard import lock_month, require_ended, require_reason
from steadwell.billing.services.parts import open_parts
from steadwell.billing.snapshot import canonical, digest
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.practices.models import Person, Practice, Role
from steadwell.rules.months import Month
from steadwell.timekeeping.services import close_stale_clocks

MANAGES: Final = (Role.PRACTICE_MANAGER,)


class NotClosed(Refusal):
    pass


class NotReopened(Refusal):
    pass


class StillOpen(NotClosed):
    """Some patient-months are neither approved nor beyond billing; `left` counts them."""

    def __init__(self, left: "LeftOpen", month: Month) -> None:
        self.left = left
        super().__init__(
            f"{left.in_words} would be left out of {month.first:%B %Y}, and nobody could approve "
            "them afterwards. Have them approved, or confirm these numbers."
        )


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """How many a close would leave unapproved although something may still come of them."""

    ready: int = 0
    needs_a_person: int = 0

    @property
    def in_words(self) -> str:
        parts = [f"{self.ready} ready"] if self.ready else []
        parts += [f"{self.needs_a_person} waiting for a person"] if self.needs_a_person else []
        return " and ".join(parts) or "0"


@transaction.atomic
def close_month(
    *,
    practice: Practice,
    month: Month,
    confirmed: LeftOpen | None = None,
    acting_user: Person,
) -> MonthClose:
    """Seal the month over the approvals people gave. Closing twice is the same as closing once.

    `confirmed` are the counts somebody agreed to leave out; they have to be true still.

    Raises:
        NotTheirs: the person is no practice manager here.
        NotClosed: the month still runs, or its rules are missing.
        StillOpen: patient-months are left that were not confirmed.
    """
    require_member(acting_user, practice, *MANAGES, what="close a month")
    close_stale_clocks(practice_id=practice.pk)
    lock_month(practice, month, to_seal=True)
    if close := close_of(practice, month):
        return close
    require_ended(practice, month, NotClosed)
    if waiting := open_parts(practice, month):
        raise NotClosed(
            f"Approvals of {month.first:%B %Y} are still being frozen: {waiting} parts are to be "
            "done. `steadwell worker` does them; close the month when none is left."
        )
    run = month_run(practice, month)
    if run.unavailable:
        raise NotClosed(run.unavailable)
    left = LeftOpen(run.counts["ready"], run.counts["needs_a_person"])
    if left not in (LeftOpen(), confirmed):
        raise StillOpen(left, month)
    return _seal(practice, month, left, acting_user)


@transaction.atomic
def reopen_month(
    *, practice: Practice, month: Month, reason: str, acting_user: Person
) -> MonthReopening:
    """Open a sealed month again. Its approvals stand until somebody withdraws them.

    Raises:
        NothingGiven: there is no reason.
        NotTheirs: the person is no practice manager here.
        NotReopened: the month is open, or a claim of it is written.
    """
    given = require_reason(reason)
    require_member(acting_user, practice, *MANAGES, what="reopen a month")
    lock_month(practice, month, to_seal=True)
    close = close_of(practice, month)
    if close is None:
        raise NotReopened(f"{month.first:%B %Y} is open. There is nothing to reopen.")
    if close.claims_written_at:
        raise NotReopened(
            f"Claims of {month.first:%B %Y} were written on {close.claims_written_at:%m/%d/%Y}. "
            "From then on a month is adjusted with the payer, never reopened."
        )
    reopening = MonthReopening.objects.create(
        practice=practice,
        month=month.first,
        reason=given,
        reopened_at=now(),
        reopened_by=acting_user,
    )
    MonthClose.objects.filter(practice=practice, pk=close.pk).update(reopened_by=reopening)
    record("billing.month_reopened", subject=f"billing.month/{month}", reason=given)
    return reopening


@transaction.atomic
def mark_claims_written(*, practice: Practice, month: Month) -> MonthClose:
    """Say that a claim of the month is out: from now on it cannot be reopened.

    For the room above, in the transaction that writes the claim. Saying it twice changes nothing.

    Raises:
        NotClosed: the month is open.
    """
    lock_month(practice, month, to_seal=True)
    close = close_of(practice, month)
    if close is None:
        raise NotClosed(f"{month.first:%B %Y} is open. Close it, then write its claims.")
    if close.claims_written_at is None:
        close.claims_written_at = now()
        close.save(update_fields=["claims_written_at"])
    return close


def seal_digest(digests: list[str]) -> str:
    """One digest over the approvals of a month, in the order of their own digests."""
    return digest(canonical(sorted(digests)))


def _seal(practice: Practice, month: Month, left: LeftOpen, person: Person) -> MonthClose:
    approvals = MonthApproval.objects.filter(
        practice=practice, month=month.first, withdrawn_by=None
    )
    digests = list(approvals.values_list("digest", flat=True))
    close = MonthClose.objects.create(
        practice=practice,
        month=month.first,
        digest=seal_digest(digests),
        approvals=len(digests),
        left_open={"ready": left.ready, "needs_a_person": left.needs_a_person},
        closed_at=now(),
        closed_by=person,
    )
    record("billing.month_closed", subject=f"billing.close/{close.pk}")
    return close
