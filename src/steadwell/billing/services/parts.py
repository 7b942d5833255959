"""Approving thousands in parts: the press is one act of one person, and workers freeze what it named."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from steadwell.audit.services import record
from steadwell.billing.access import NotTheirs, practitioner_of
from steadwell.billing.facts import batched, read_enrollments, read_setting
from steadwell.billing.models import MonthApproval
from steadwell.billing.selectors import State, seen_token
from steadwell.billing.selectors.conclusions import seen_of_all
from steadwell.billing.selectors.run import conclusions, verdicts
from steadwell.billing.services.approve import MonthNotReady, RunHasChanged, freeze_months
from steadwell.billing.services.guard import lock_month, lock_patients, require_ended, require_open
from steadwell.billing.snapshot import Decided
from steadwell.common.clock import now
from steadwell.common.memory import collecting_later
from steadwell.jobs.models import Chunk
from steadwell.jobs.services import Asked, ask_for
from steadwell.practices.models import Person, Practice, Practitioner
from steadwell.rules.months import Month
from steadwell.timekeeping.services import close_stale_clocks

APPROVE: Final = "billing.approve"
PART: Final = 1000  # patients whose snapshots are in memory at once


@transaction.atomic
def ask_to_approve(*, practice: Practice, month: Month, seen: str, acting_user: Person) -> int:
    """Approve every ready month of the practitioner that `acting_user` is, as workers get to them.

    Each part names its patients with what was seen of each, and the moment of the press: whichever
    worker freezes it, in whatever order, it is the same bytes. Pressing twice is pressing once.

    Returns: the parts that are open.

    Raises:
        NotTheirs, MonthIsClosed, MonthNotReady, RunHasChanged: as `approve_clean_months`.
    """
    close_stale_clocks(practice_id=practice.pk)
    lock_month(practice, month)
    practitioner = practitioner_of(acting_user, practice)
    if practitioner is None:
        raise NotTheirs("Only billing practitioners approve months, each their own.")
    require_open(practice, month)
    require_ended(practice, month, MonthNotReady)
    named = _ready(practice, month, practitioner)
    if seen != seen_of_all(named):
        raise RunHasChanged(
            "The list of ready months is not the one you were shown, so nothing was approved. "
            "Here it is as it stands: look at it, then approve."
        )
    pressed_at = now().isoformat()  # one press is one moment, in however many parts
    parts = [
        Asked(
            key=f"{month}/{practitioner.pk}/{seen}/{number:05d}",
            arguments={
                "month": str(month),
                "practitioner": practitioner.pk,
                "at": pressed_at,
                "seen": {str(patient): named[patient] for patient in some},
            },
        )
        for number, some in enumerate(batched(sorted(named), PART))
    ]
    record("billing.approvals_asked_for", subject=f"billing.month/{month}", patient_ids=list(named))
    return ask_for(
        practice_id=practice.pk, kind=APPROVE, chunks=parts, acting_user_id=acting_user.pk
    )


def approve_part(chunk: Chunk) -> dict[str, Any]:
    """Freeze those of a part of whom still stands what was seen; the others wait for another look.

    For the ledger of work: in the scope of the practice, in the transaction of the done mark.

    Raises:
        MonthIsClosed: the month is sealed.
    """
    practice, given = chunk.practice, chunk.arguments
    month = Month.parse(given["month"])
    lock_month(practice, month)
    require_open(practice, month)
    seen = {int(patient): token for patient, token in given["seen"].items()}
    lock_patients(practice, sorted(seen))
    decided = _as_seen(practice, month, seen)
    approvals = freeze_months(
        decided,
        read_setting(practice, month),
        Practitioner.objects.get(practice=practice, pk=given["practitioner"]),
        Person.objects.get(pk=chunk.person_id or 0),
        at=datetime.fromisoformat(given["at"]),
    )
    return {"asked": len(seen), "approved": len(approvals)}


def open_parts(practice: Practice, month: Month) -> int:
    """Parts of the month that were asked for and are not frozen yet, those that failed included."""
    starts = f"{month}/"
    return Chunk.objects.filter(
        practice=practice, kind=APPROVE, done_at=None, key__gte=starts, key__lt=f"{month}0"
    ).count()


def _ready(practice: Practice, month: Month, practitioner: Practitioner) -> dict[int, str]:
    """What a list shows of each ready patient of the practitioner."""
    setting = read_setting(practice, month)
    approved = _approved(practice, month)
    mine = {
        patient: row
        for patient, row in read_enrollments(practice, month).items()
        if row[1] == practitioner.pk and patient not in approved
    }
    found = conclusions(setting, mine)
    return {patient: one.seen for patient, one in found.items() if one.state is State.READY}


def _as_seen(practice: Practice, month: Month, seen: Mapping[int, str]) -> list[Decided]:
    approved = _approved(practice, month)
    left = [patient for patient in seen if patient not in approved]
    with collecting_later():
        found = verdicts(read_setting(practice, month), read_enrollments(practice, month, left))
        return [
            Decided(patient_id=patient, facts=one.facts, decision=one.decision)
            for patient, one in found
            if one.state is State.READY and seen_token(one) == seen[patient]
        ]


def _approved(practice: Practice, month: Month) -> set[int]:
    rows = MonthApproval.objects.filter(practice=practice, month=month.first, withdrawn_by=None)
    return set(rows.values_list("patient_id", flat=True))
