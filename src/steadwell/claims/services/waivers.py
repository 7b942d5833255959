"""Waiving one patient's share of one claim, on evidence of hardship. Routine waivers are unlawful."""

from decimal import Decimal

from django.db import transaction

from steadwell.audit.services import record
from steadwell.billing.access import require_member
from steadwell.claims.access import SENDS
from steadwell.claims.cases.share import Basis, share_of
from steadwell.claims.models import Claim, HardshipWaiver
from steadwell.claims.services.cases import lock_cases
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.practices.models import Person


class NotWaived(Refusal):
    """Nothing was waived."""


@transaction.atomic
def waive_share(
    *, claim: Claim, amount: Decimal, evidence: str, reason: str, acting_user: Person
) -> HardshipWaiver:
    """Take an amount off what the patient owes of one claim.

    Raises:
        NotTheirs: the person is no practice manager here.
        NotWaived: there is nothing to waive, the amount is not within it, or evidence or reason
            is missing.
    """
    require_member(acting_user, claim.practice, *SENDS, what="waive a share")
    lock_cases(claim.practice)
    share = share_of(claim)
    if share.basis is Basis.QMB:
        raise NotWaived("A QMB owes nothing. There is nothing to waive.")
    if share.basis is not Basis.POSTED or not share.amount:
        raise NotWaived(
            "The payer has not said that the patient owes anything. Wait for its remittance: a"
            " waiver is of a share that is owed."
        )
    if share.waived:
        raise NotWaived("A share of this claim was waived already. Each claim has one waiver.")
    if not 0 < amount <= share.amount:
        raise NotWaived(f"${amount} cannot be waived of ${share.amount}. Write an amount up to it.")
    if len(evidence.strip()) < 10 or len(reason.strip()) < 3:
        raise NotWaived(
            "Evidence or reason is missing. Write what you saw and when (a benefit letter of"
            " 03/02/2026), and why it is waived."
        )
    waiver = HardshipWaiver.objects.create(
        practice=claim.practice, patient=claim.patient, claim=claim, amount=amount,
        evidence=evidence.strip()[:300], reason=reason.strip()[:300], decided_at=now(),
        decided_by=acting_user,
    )  # fmt: skip
    record(
        "claims.share_waived",
        subject=f"claims.waiver/{waiver.pk}",
        patient_ids=[claim.patient_id],
    )
    return waiver
