"""What payers decided of a claim: line by line, whether it was sent on, what is left to the patient."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import QuerySet

from steadwell.claims.answered.reads import payments_for
from steadwell.claims.models import Adjustment, Claim, ClaimPayment, Posting
from steadwell.wire import x12

# CLP02 (X12 005010X221A1): decided and sent on to the next payer, or not this payer's and sent on.
SENT_ON: Final = frozenset({"19", "20", "21", "23"})
# Remarks (RARC) of a claim that went on: to Medicaid, to a supplement, to several payers.
SENT_ON_REMARKS: Final = frozenset({"MA07", "MA18", "N89"})
NEXT: Final = "the next payer"
ZERO: Final = Decimal(0)


def sent_on_to(claim: Claim) -> str:
    """To whom a payer sent the claim on itself; empty where no remittance says so.

    One that said so once has sent it, whatever was taken back since.
    """
    for payment in payments_for(claim):
        remarks = {remark for line in payment.lines.all() for remark in line.remarks}
        if payment.crossed_to or payment.status in SENT_ON or remarks & SENT_ON_REMARKS:
            return payment.crossed_to or NEXT
    return ""


def line_answers(claim: Claim) -> dict[int | None, x12.LineAnswer]:
    """By line, the sum of what was posted; what was taken back and decided anew cancels out.

    Under None what a payer decided above the lines, where it did.
    """
    paid: dict[int | None, Decimal] = defaultdict(lambda: ZERO)
    days: dict[int | None, date] = {}
    rows = _postings(claim).values_list(
        "line_id", "payment_line__paid", "payment_line__payment__remittance__paid_on"
    )
    for place, sum_paid, day in rows:
        paid[place] += sum_paid
        days[place] = max(day, days.get(place, day))
    reasons: dict[int | None, dict[tuple[str, str], Decimal]] = defaultdict(dict)
    for line, group, reason, amount in _adjusted(claim):
        reasons[line][group, reason] = reasons[line].get((group, reason), ZERO) + amount
    found = {
        line: x12.LineAnswer(
            paid=paid[line], decided_on=day, adjustments=_taken(reasons.get(line, {}))
        )
        for line, day in days.items()
    }
    whole = found.get(None)
    if whole and not whole.paid and not whole.adjustments:
        del found[None]  # remarks alone
    return found


def payer_number(claim: Claim) -> str:
    """The payer's own number of the claim, as its newest remittance says."""
    rows = ClaimPayment.objects.filter(practice=claim.practice_id, claim=claim, repeat_of=None)
    last = rows.exclude(payer_number="").order_by("remittance__paid_on", "pk").last()
    return last.payer_number if last else ""


@dataclass(frozen=True, slots=True)
class Left:
    """What remains the patient's, and how many payers answered."""

    amount: Decimal
    payers: int


def left_to_patient(practice_id: int, claims: Iterable[int]) -> Left | None:
    """What remains the patient's after the last payer who answered; None where none did.

    `claims` are those of one month's services. A payer's own answers are summed, so that what it
    took back counts no more. Where several payers answered it is the least that any of them left:
    no later payer can lay on the patient what an earlier one did not.
    """
    wanted = list(claims)
    answered: dict[str, Decimal] = defaultdict(lambda: ZERO)
    owed: dict[str, Decimal] = defaultdict(lambda: ZERO)
    rows = Posting.objects.filter(practice=practice_id, claim__in=wanted, undone_at=None)
    payer = "payment_line__payment__remittance__payer_identifier"
    for name, charge in rows.values_list(payer, "payment_line__charge"):
        answered[name] += charge
    shares = Adjustment.objects.filter(
        practice=practice_id, group="PR", line__postings__in=rows
    ).values_list("line__payment__remittance__payer_identifier", "amount")
    for name, amount in shares:
        owed[name] += amount
    if not answered:
        return None
    if any(charge < 0 for charge in answered.values()):  # taken back under another payer's number
        return Left(max(sum(owed.values(), ZERO), ZERO), 1)
    standing = [max(owed[name], ZERO) for name, charge in answered.items() if charge]
    return Left(min(standing, default=ZERO), len(standing))


def _postings(claim: Claim) -> QuerySet[Posting]:
    return Posting.objects.filter(practice=claim.practice_id, claim=claim, undone_at=None)


def _adjusted(claim: Claim) -> Iterable[tuple[int | None, str, str, Decimal]]:
    rows = Adjustment.objects.filter(
        practice=claim.practice_id, line__postings__in=_postings(claim)
    )
    return rows.values_list("line__postings__line_id", "group", "reason", "amount")


def _taken(reasons: dict[tuple[str, str], Decimal]) -> tuple[x12.Adjustment, ...]:
    return tuple(
        x12.Adjustment(group=group, reason=reason, amount=amount)
        for (group, reason), amount in sorted(reasons.items())
        if amount
    )
