"""Which line of ours a payment is for: by our line number, else by claim, code and day, else asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from steadwell.claims.models import Claim, ClaimLine, Posting
from steadwell.wire.x12.answers import ClaimPayment, ServicePayment

How = Posting.How


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Where a payment line counts; `line` is None where only the claim as a whole is known."""

    claim: Claim
    line: ClaimLine | None
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """The claims that a remittance names, with their lines."""

    claims: dict[str, Claim]
    lines: dict[str, list[ClaimLine]]  # by claim's control number

    def claim(self, payment: ClaimPayment) -> Claim | None:
        return self.claims.get(payment.control_number)

    def match(self, payment: ClaimPayment, service: ServicePayment) -> Match | None:
        """The line. A line number of ours under a claim number that is not its claim's is a
        contradiction, so somebody is asked."""
        claim = self.claim(payment)
        if claim is None:
            return None
        own = self.lines.get(claim.control_number, [])
        if service.control_number:
            for line in own:
                if line.control_number == service.control_number:
                    return Match(claim=claim, line=line, how=How.LINE_NUMBER)
            return None
        found = [
            line
            for line in own
            if line.code == service.code and line.served_on == service.served_on
        ]
        if len(found) != 1:
            return None
        return Match(claim=claim, line=found[0], how=How.CLAIM_NUMBER)

    def match_whole(self, payment: ClaimPayment) -> Match | None:
        """What is said of the claim above its lines; a claim of one line has no other place."""
        claim = self.claim(payment)
        if claim is None:
            return None
        own = self.lines.get(claim.control_number, [])
        only = own[0] if len(own) == 1 and not payment.lines else None
        return Match(claim=claim, line=only, how=How.CLAIM_NUMBER)


def ours(practice_id: int, payments: Sequence[ClaimPayment]) -> Ours:
    """In two queries, however many payments."""
    named = Claim.objects.filter(
        practice=practice_id, control_number__in={one.control_number for one in payments}
    )
    claims = {claim.control_number: claim for claim in named}
    lines: dict[str, list[ClaimLine]] = {}
    rows = ClaimLine.objects.filter(practice=practice_id, claim__in=list(claims.values()))
    for line in rows.select_related("claim").order_by("pk"):
        lines.setdefault(line.claim.control_number, []).append(line)
    return Ours(claims=claims, lines=lines)
