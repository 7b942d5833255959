"""From a request to a claim, a remittance, a payment line or a posting of the practice."""

from uuid import UUID

from django.http import Http404

from steadwell.claims.answered.reads import claims_of, remittances_of
from steadwell.claims.models import Claim, ClaimLine, PaymentLine, Posting, Remittance
from steadwell.practices.models import Practice


def answered_claim(practice: Practice, public_id: UUID) -> Claim:
    """The practice's claim, or not found."""
    claim = claims_of(practice).filter(public_id=public_id).prefetch_related("lines").first()
    if claim is None:
        raise Http404
    return claim


def remittance_for(practice: Practice, public_id: UUID) -> Remittance:
    remittance = remittances_of(practice).filter(public_id=public_id).first()
    if remittance is None:
        raise Http404
    return remittance


def payment_line_for(practice: Practice, public_id: UUID) -> PaymentLine:
    rows = PaymentLine.objects.filter(practice=practice, public_id=public_id)
    line = rows.select_related("practice", "payment", "payment__remittance").first()
    if line is None:
        raise Http404
    return line


def claim_line_for(practice: Practice, public_id: UUID) -> ClaimLine:
    rows = ClaimLine.objects.filter(practice=practice, public_id=public_id)
    line = rows.select_related("claim").first()
    if line is None:
        raise Http404
    return line


def posting_for(practice: Practice, public_id: UUID) -> Posting:
    rows = Posting.objects.filter(practice=practice, public_id=public_id)
    posting = rows.select_related("practice", "claim", "payment_line__payment__remittance").first()
    if posting is None:
        raise Http404
    return posting
