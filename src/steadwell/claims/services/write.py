"""Writing the claims of a closed month: all faults at once, each approval claimed once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.db import transaction

from steadwell.billing.access import require_member
from steadwell.billing.models import MonthApproval
from steadwell.billing.selectors import close_of
from steadwell.billing.services import lock_month, mark_claims_written
from steadwell.claims.drafts import Draft, draft_claims
from steadwell.claims.faults import ClaimsRefused, LeftOut
from steadwell.claims.ground import Ground, read_ground
from steadwell.claims.held import Held, hold
from steadwell.claims.models import Claim, ClaimFile
from steadwell.claims.numbers import lock_numbers
from steadwell.claims.services.files import write_file
from steadwell.claims.services.put_files import put_files
from steadwell.common.errors import Refusal
from steadwell.practices.models import Person, Practice, Role
from steadwell.rules.months import Month
from steadwell.wire import x12


class MonthIsOpen(Refusal):
    """Claims go out of closed months only."""


class InstitutionalClaims(Refusal):
    """The practice bills on another form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenClaims:
    """What a run did. `earlier_files` are those of the month that stood already."""

    month: Month
    new_files: tuple[ClaimFile, ...]
    earlier_files: tuple[ClaimFile, ...]
    left_out: tuple[LeftOut, ...]
    held: tuple[Held, ...] = ()

    @property
    def files(self) -> tuple[ClaimFile, ...]:
        return (*self.earlier_files, *self.new_files)


@transaction.atomic
def write_claims(
    *, practice: Practice, month: Month, acting_user: Person | None, directory: Path | None = None
) -> WrittenClaims:
    """Write one file for each payer over the approvals of the month that have no claim yet.

    A patient with faults is left out and named; a fault of the practice's set-up keeps all back.
    A second run writes nothing twice. With `directory`, every file of the month is put there
    once the transaction has committed.

    To a payer whose first claim nobody has walked to its end, one claim goes alone and the others
    are held. A test claim is none: its month is claimed again when the payer is released.

    Raises:
        Refusal: the month is open, the practice bills on institutional claims, or nothing could
            be written (`ClaimsRefused`, with everything that is in the way).
    """
    _require(practice, acting_user)
    lock_month(practice, month, to_seal=True)  # nobody reopens what is being claimed
    lock_numbers(practice)
    _require_closed(practice, month)
    earlier = tuple(ClaimFile.objects.filter(practice=practice, month=month.first).order_by("pk"))
    approvals = _unclaimed(practice, month)
    ground = read_ground(practice, [approval.patient_id for approval in approvals])
    drafts = draft_claims(approvals, ground)
    if drafts.setup or (drafts.left_out and not drafts.ready):
        raise ClaimsRefused(
            f"No claim for {month.first:%B %Y} was written.",
            setup=drafts.setup, left_out=drafts.left_out,
        )  # fmt: skip
    going, held = hold(drafts.ready, practice)
    new = tuple(_files(going, ground, month, acting_user))
    if any(not file.is_test for file in new):
        mark_claims_written(practice=practice, month=month)
    written = WrittenClaims(
        month=month, new_files=new, earlier_files=earlier, left_out=tuple(drafts.left_out),
        held=held,
    )  # fmt: skip
    if directory is not None:
        transaction.on_commit(partial(put_files, written.files, directory))
    return written


def _require(practice: Practice, acting_user: Person | None) -> None:
    if practice.kind in (Practice.Kind.RHC, Practice.Kind.FQHC):
        raise InstitutionalClaims(
            f"A {practice.get_kind_display().lower()} bills care management on institutional claims"
            " (837I), which Steadwell does not write. Export its lines for your billing"
            " system instead: Superbill on the page Claims, or `steadwell claims worksheet`."
        )
    if acting_user is not None:
        require_member(acting_user, practice, Role.PRACTICE_MANAGER, what="write claims")


def _require_closed(practice: Practice, month: Month) -> None:
    if close_of(practice, month) is None:
        raise MonthIsOpen(
            f"{month.first:%B %Y} is not closed. Close it first: what is claimed may not change"
            " any more."
        )


def _unclaimed(practice: Practice, month: Month) -> list[MonthApproval]:
    real = Claim.objects.filter(practice=practice, month=month.first, is_test=False)
    return list(
        MonthApproval.objects.filter(practice=practice, month=month.first, withdrawn_by=None)
        .exclude(pk__in=real.values("approval"))
        .select_related("patient", "practitioner")
        .defer("snapshot")
        .order_by("pk")
    )


def _files(
    drafts: Sequence[Draft], ground: Ground, month: Month, acting_user: Person | None
) -> Iterator[ClaimFile]:
    by_payer: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_payer.setdefault(draft.payer.pk, []).append(draft)
    for some in by_payer.values():
        for start in range(0, len(some), x12.CLAIMS_IN_A_FILE):
            part = some[start : start + x12.CLAIMS_IN_A_FILE]
            yield write_file(part, ground, month, acting_user)
