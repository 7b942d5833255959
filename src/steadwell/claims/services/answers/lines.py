"""The lines of claim payments with their adjustments, and where each counts."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from steadwell.claims.models import Adjustment, ClaimPayment, PaymentLine, Posting
from steadwell.claims.services.answers.match import Match, Ours
from steadwell.common.clock import now
from steadwell.wire.x12 import answers as wire

Pair = tuple[ClaimPayment, wire.ClaimPayment]
Part = tuple[PaymentLine, Sequence[wire.Adjustment], Match | None]


def keep_lines(payments: Sequence[Pair], known: Ours) -> tuple[list[Posting], int]:
    """The rows of new payments; gives the postings made, and how many lines have none."""
    parts = [part for row, said in payments for part in _parts(row, said, known)]
    PaymentLine.objects.bulk_create(line for line, _taken, _match in parts)
    Adjustment.objects.bulk_create(
        Adjustment(
            practice_id=line.practice_id,
            line=line,
            place=place,
            group=one.group,
            reason=one.reason,
            amount=one.amount,
            quantity=one.quantity,
        )
        for line, taken, _match in parts
        for place, one in enumerate(taken, start=1)
    )
    at = now()
    postings = [
        Posting(
            practice_id=line.practice_id,
            payment_line=line,
            claim=match.claim,
            line=match.line,
            how=match.how,
            posted_at=at,
        )
        for line, _taken, match in parts
        if match
    ]
    Posting.objects.bulk_create(postings)
    waiting = sum(1 for line, taken, match in parts if not match and has_money(line, taken))
    return postings, waiting


def has_money(line: PaymentLine, taken: Sequence[wire.Adjustment]) -> bool:
    """Whether the line says anything of money: remarks above a claim's lines do not."""
    return bool(line.place or line.charge or line.paid or taken)


def _parts(row: ClaimPayment, said: wire.ClaimPayment, known: Ours) -> Iterator[Part]:
    if said.adjustments or said.remarks or not said.lines:
        yield _whole(row, said), said.adjustments, known.match_whole(said)
    for place, one in enumerate(said.lines, start=1):
        line = PaymentLine(
            practice_id=row.practice_id,
            payment=row,
            place=place,
            control_number=one.control_number,
            code=one.code,
            modifiers=list(one.modifiers),
            units=one.units,
            served_on=one.served_on,
            charge=one.charge,
            paid=one.paid,
            allowed=one.allowed,
            remarks=list(one.remarks),
        )
        yield line, one.adjustments, known.match(said, one)


def _whole(row: ClaimPayment, said: wire.ClaimPayment) -> PaymentLine:
    """What the claim says above its lines: with them, together exactly the claim's own amounts."""
    return PaymentLine(
        practice_id=row.practice_id,
        payment=row,
        place=0,
        charge=said.charge - sum((line.charge for line in said.lines), Decimal(0)),
        paid=said.paid - sum((line.paid for line in said.lines), Decimal(0)),
        remarks=list(said.remarks),
    )
