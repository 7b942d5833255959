"""Whether a remittance adds up: each line, each claim, the payment. Nothing is made to."""

from collections.abc import Iterator
from decimal import Decimal

from steadwell.wire.x12.answers.faults import AnswerFault
from steadwell.wire.x12.answers.remittance_835 import ZERO, ClaimPayment, Remittance


def unbalanced(remittance: Remittance) -> tuple[AnswerFault, ...]:
    """Everything that does not add up, and by how much.

    A line and a claim: charge less adjustments is what is paid. The lines of a claim: together its
    charge. The payment: what all claims are paid less the provider's adjustments (guide, 1.10.2.1).
    """
    found = [fault for claim in remittance.claims for fault in _claim(claim)]
    claims = sum((claim.paid for claim in remittance.claims), ZERO)
    apart = sum((one.amount for one in remittance.provider_adjustments), ZERO)
    if gap := remittance.amount - (claims - apart):
        found.append(
            _fault("BPR", remittance.position,
                   f"The payment of {remittance.amount:.2f} is not what the claims were paid"
                   f" ({claims:.2f}) less the provider's adjustments ({apart:.2f})", gap)
        )  # fmt: skip
    return tuple(found)


def _claim(claim: ClaimPayment) -> Iterator[AnswerFault]:
    for line in claim.lines:
        taken = sum((one.amount for one in line.adjustments), ZERO)
        if gap := line.charge - line.paid - taken:
            yield _fault("SVC", line.position, _sums(line.charge, line.paid, taken), gap)
    taken = sum((one.amount for one in claim.all_adjustments), ZERO)
    if gap := claim.charge - claim.paid - taken:
        yield _fault("CLP", claim.position, _sums(claim.charge, claim.paid, taken), gap)
    charged = sum((line.charge for line in claim.lines), ZERO)
    if claim.lines and (gap := claim.charge - charged):
        sentence = f"The claim's charge of {claim.charge:.2f} is not its lines' ({charged:.2f})"
        yield _fault("CLP", claim.position, sentence, gap)


def _sums(charge: Decimal, paid: Decimal, taken: Decimal) -> str:
    return f"Charge {charge:.2f} less paid {paid:.2f} is not the adjustments ({taken:.2f})"


def _fault(segment: str, position: int, sentence: str, gap: Decimal) -> AnswerFault:
    return AnswerFault(
        segment=segment, position=position, sentence=f"{sentence}: it is off by {gap:.2f}."
    )
