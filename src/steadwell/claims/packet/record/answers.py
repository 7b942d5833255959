"""What came back for the claim: acknowledgments, payments line by line, cases, and waivers."""

from typing import Any

from django.db.models import Q

from steadwell.claims.models import Claim
from steadwell.claims.models.answers import Acknowledgment, PaymentLine
from steadwell.claims.models.cases import CaseStep, HardshipWaiver
from steadwell.practices.models import Practice

Values = dict[str, Any]


def answers(practice: Practice, claim: Claim) -> Values:
    """Each in the order it came."""
    own = {"practice": practice}
    said = Acknowledgment.objects.filter(Q(claim=claim) | Q(file=claim.file_id), **own)
    waivers = HardshipWaiver.objects.filter(claim=claim, **own).order_by("decided_at", "pk")
    return {
        "acknowledgments": [
            {"kind": one.answer.kind, "verdict": one.verdict, "codes": one.codes,
             "payer_number": one.payer_number, "said_on": one.said_on,
             "received_at": one.answer.received_at, "file_sha256": one.answer.sha256}
            for one in said.select_related("answer").order_by("answer__received_at", "pk")
        ],
        "payments": [_paid(line) for line in _payment_lines(practice, claim)],
        "case_steps": [
            {"case": one.case.kind, "step": one.kind, "happened_on": one.happened_on,
             "result": one.result, "reference": one.reference, "words": one.words,
             "recorded_by": one.recorded_by.full_name}
            for one in CaseStep.objects.filter(case__claims__claim=claim, **own)
            .select_related("case", "recorded_by").order_by("recorded_at", "pk")
        ],
        "waivers": list(waivers.values("amount", "evidence", "reason", "decided_at",
                                       "decided_by__full_name")),
    }  # fmt: skip


def _payment_lines(practice: Practice, claim: Claim) -> list[PaymentLine]:
    rows = PaymentLine.objects.filter(
        practice=practice, postings__claim=claim, postings__undone_at=None
    )
    return list(
        rows.select_related("payment__remittance__answer")
        .prefetch_related("adjustments")
        .order_by("payment__remittance__paid_on", "pk")
        .distinct()
    )


def _paid(line: PaymentLine) -> Values:
    payment = line.payment
    return {
        "paid_on": payment.remittance.paid_on,
        "trace_number": payment.remittance.trace_number,
        "status": payment.status,
        "payer_number": payment.payer_number,
        "code": line.code,
        "served_on": line.served_on,
        "charge": line.charge,
        "allowed": line.allowed,
        "paid": line.paid,
        "remarks": line.remarks,
        "adjustments": [
            {"group": one.group, "reason": one.reason, "amount": one.amount}
            for one in sorted(line.adjustments.all(), key=lambda one: one.place)
        ],
        "crossed_to": payment.crossed_to,
        "file_sha256": payment.remittance.answer.sha256,
    }
