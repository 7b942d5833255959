"""Approving: the practitioner's own act, that freezes what they saw."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from steadwell.audit.services import record
from steadwell.billing.access import (
    WITHDRAWS,
    NotTheirs,
    practitioner_of,
    require_member,
    require_practitioner,
)
from steadwell.billing.facts import Setting, read_setting
from steadwell.billing.models import ApprovalWithdrawal, MonthApproval
from steadwell.billing.selectors import (
    Verdict,
    approval_of,
    ready_ids,
    ready_months,
    ready_token,
    seen_token,
    verdict_of_patient,
)
from steadwell.billing.services.attest import practitioner_of_month
from steadwell.billing.services.guard import (
    lock_month,
    lock_patient,
    lock_patients,
    require_ended,
    require_open,
    require_reason,
)
from steadwell.billing.snapshot import Approving, Decided, Frozen, freeze
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice, Practitioner
from steadwell.rules import load_rulebook
from steadwell.rules.months import Month
from steadwell.timekeeping.services import close_stale_clocks


class MonthNotReady(Refusal):
    pass


class RunHasChanged(Refusal):
    pass


class NotWithdrawn(Refusal):
    pass


@transaction.atomic
def approve_month(
    *,
    patient: Patient,
    month: Month,
    seen: str,
    settled: Sequence[str] = (),
    acting_user: Person,
) -> MonthApproval:
    """Freeze a patient-month as decided now. Approving twice is the same as approving once.

    `seen` is the token of the facts and decision that were on the screen; `settled` are the flags
    the practitioner has looked at and decides to claim in spite of.

    Raises:
        NotTheirs: `acting_user` is not the month's billing practitioner.
        MonthIsClosed: the month is sealed.
        MonthNotReady: the month still runs, nothing may be claimed, or a flag is not settled.
        RunHasChanged: what is recorded is not what was seen.
    """
    close_stale_clocks(practice_id=patient.practice_id)
    lock_month(patient.practice, month)
    lock_patient(patient)
    practitioner = practitioner_of_month(patient, month)
    require_practitioner(acting_user, practitioner, "approve this month")
    if approval := approval_of(patient, month):
        return approval
    require_open(patient.practice, month)
    require_ended(patient.practice, month, MonthNotReady)
    setting = read_setting(patient.practice, month)
    verdict = verdict_of_patient(patient, setting)
    if seen != seen_token(verdict):
        raise RunHasChanged(
            "What is recorded now is not what you were shown, so nothing was approved. "
            "Here it is as it stands: look at it, then approve."
        )
    _check_ready(verdict, settled)
    kept = tuple(sorted({hold.identifier for hold in verdict.holds}))
    decided = Decided(
        patient_id=patient.pk, facts=verdict.facts, decision=verdict.decision, settled=kept
    )
    return freeze_months([decided], setting, practitioner, acting_user, at=now())[0]


@transaction.atomic
def approve_clean_months(
    *, practice: Practice, month: Month, seen: str, acting_user: Person
) -> list[MonthApproval]:
    """Approve every ready month of the practitioner that `acting_user` is; flagged ones stay.

    `seen` is the token of the list the person looked at: where the list, or anything behind a
    patient in it, is another now, nothing is approved.

    Raises:
        NotTheirs: `acting_user` is no billing practitioner here.
        MonthIsClosed: the month is sealed.
        MonthNotReady: the month still runs.
        RunHasChanged: the list is not the one that was seen.
    """
    close_stale_clocks(practice_id=practice.pk)
    lock_month(practice, month)
    practitioner = practitioner_of(acting_user, practice)
    if practitioner is None:
        raise NotTheirs("Only billing practitioners approve months, each their own.")
    require_open(practice, month)
    require_ended(practice, month, MonthNotReady)
    setting = read_setting(practice, month)
    lock_patients(practice, ready_ids(setting, practitioner.pk))
    ready = ready_months(setting, ready_ids(setting, practitioner.pk))
    if seen != ready_token(ready):
        raise RunHasChanged(
            "The list of ready months is not the one you were shown, so nothing was approved. "
            "Here it is as it stands: look at it, then approve."
        )
    decided = [
        Decided(patient_id=one.patient_id, facts=one.facts, decision=one.decision) for one in ready
    ]
    return freeze_months(decided, setting, practitioner, acting_user, at=now())


@transaction.atomic
def withdraw_approval(
    *, approval: MonthApproval, reason: str, acting_user: Person
) -> ApprovalWithdrawal:
    """Take an approval back while the month is open. What was frozen stays on record.

    Raises:
        NothingGiven: there is no reason.
        NotTheirs: the person is neither practitioner nor practice manager here.
        MonthIsClosed: the month is sealed.
        NotWithdrawn: it was withdrawn before.
    """
    given = require_reason(reason)
    practice, month = approval.practice, Month.of(approval.month)
    require_member(acting_user, practice, *WITHDRAWS, what="withdraw an approval")
    lock_month(practice, month)
    lock_patient(approval.patient)
    require_open(practice, month)
    live = MonthApproval.objects.filter(practice=practice, pk=approval.pk, withdrawn_by=None)
    if not live.exists():
        raise NotWithdrawn("That approval was withdrawn before. There is nothing to take back.")
    withdrawal = ApprovalWithdrawal.objects.create(
        practice=practice,
        patient=approval.patient,
        month=approval.month,
        reason=given,
        withdrawn_at=now(),
        withdrawn_by=acting_user,
    )
    live.update(withdrawn_by=withdrawal)
    record(
        "billing.approval_withdrawn",
        subject=f"billing.approval/{approval.pk}",
        patient_ids=[approval.patient_id],
    )
    return withdrawal


def _check_ready(verdict: Verdict, settled: Sequence[str]) -> None:
    if not verdict.decision.lines:
        why = " ".join(blocker.text for blocker in verdict.blockers) or "No time is recorded."
        raise MonthNotReady(f"Nothing may be claimed for this month. {why}")
    open_holds = [hold for hold in verdict.holds if hold.identifier not in settled]
    if open_holds:
        why = " ".join(hold.text for hold in open_holds)
        raise MonthNotReady(
            f"This month waits for your decision. {why} "
            "Tick what you have looked at, or mend it, then approve."
        )


def freeze_months(
    decided: Sequence[Decided],
    setting: Setting,
    practitioner: Practitioner,
    person: Person,
    *,
    at: datetime,
) -> list[MonthApproval]:
    """Write what a person approved `at` that moment: for the services that checked that they may."""
    approving = Approving(
        person=person.full_name, practitioner=practitioner.display_name, npi=practitioner.npi, at=at
    )
    version = load_rulebook().version
    approvals = MonthApproval.objects.bulk_create(
        [
            _row(frozen, setting, practitioner, person, approving)
            for frozen in freeze(decided, setting, approving, version)
        ],
        batch_size=500,
    )
    if approvals:
        record(
            "billing.months_approved" if len(approvals) > 1 else "billing.month_approved",
            subject=f"billing.month/{setting.month}"
            if len(approvals) > 1
            else f"billing.approval/{approvals[0].pk}",
            patient_ids=[approval.patient_id for approval in approvals],
        )
    return approvals


def _row(
    frozen: Frozen,
    setting: Setting,
    practitioner: Practitioner,
    person: Person,
    approving: Approving,
) -> MonthApproval:
    return MonthApproval(
        practice=setting.practice,
        patient_id=frozen.patient_id,
        month=setting.month.first,
        practitioner=practitioner,
        snapshot=frozen.text,
        digest=frozen.digest,
        outcome=frozen.outcome,
        lines=frozen.lines,
        minutes=frozen.minutes,
        rulebook_version=load_rulebook().version,
        approved_at=approving.at,
        approved_by=person,
    )
