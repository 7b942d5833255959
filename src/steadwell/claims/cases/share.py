"""What a patient may owe of a claim: as the payer said, else as it is expected. Never of a QMB."""

import json
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from steadwell.claims.models import Adjustment, Claim, HardshipWaiver, Posting
from steadwell.patients.selectors.coverage import CoverageNow, current_coverage
from steadwell.rules.facts import CoverageFacts, Payer, PracticeKind, Secondary
from steadwell.rules.months import Month
from steadwell.rules.payment import Bearer, Undivided, payment_of


class Basis(StrEnum):
    """Where a share comes from."""

    QMB = "qmb"
    POSTED = "posted"
    EXPECTED = "expected"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`amount` is none for a QMB and where nobody knows. `crossed_to`: whom the payer sent it on to."""

    basis: Basis
    amount: Decimal | None = None
    has_other_cover: bool = False
    crossed_to: str = ""
    waived: Decimal = Decimal("0.00")

    @property
    def left(self) -> Decimal | None:
        """After what was waived."""
        return None if self.amount is None else max(self.amount - self.waived, Decimal("0.00"))

    @property
    def words(self) -> str:
        said = {
            Basis.QMB: "Nothing: QMB, never bill the patient",
            Basis.POSTED: "As the payer said on its remittance",
            Basis.EXPECTED: "Expected; the payer has not answered yet",
            Basis.UNKNOWN: "Not known until the payer answers",
        }
        return said[self.basis]


def share_of(claim: Claim) -> Share:
    """
    QMB counts where either the frozen month or the record of today says so: both a cover that ended
    since and one that was learned of later keep an amount from the patient.
    """
    frozen, now = _frozen_cover(claim), _cover_now(claim)
    if frozen.qmb or (now is not None and now.is_qmb):
        return Share(basis=Basis.QMB)
    beside = (frozen.secondary or (now.secondary if now else "none")) not in (
        "none",
        Secondary.NONE,
    )
    waived = HardshipWaiver.objects.filter(practice=claim.practice_id, claim=claim).first()
    basis, amount, crossed_to = _said(claim) or _expected(claim, frozen)
    return Share(
        basis=basis,
        amount=amount,
        has_other_cover=beside,
        crossed_to=crossed_to,
        waived=waived.amount if waived else Decimal("0.00"),
    )


def _said(claim: Claim) -> tuple[Basis, Decimal, str] | None:
    """The patient's responsibility (PR) over everything posted, reversals among it."""
    postings = Posting.objects.filter(practice=claim.practice_id, claim=claim, undone_at=None)
    rows = list(postings.select_related("payment_line__payment"))
    if not rows:
        return None
    lines = [one.payment_line_id for one in rows]
    amounts = Adjustment.objects.filter(practice=claim.practice_id, line__in=lines, group="PR")
    total = sum(amounts.values_list("amount", flat=True), Decimal("0.00"))
    crossed = [one.payment_line.payment.crossed_to for one in rows]
    return Basis.POSTED, max(total, Decimal("0.00")), next(filter(None, crossed), "")


def _expected(claim: Claim, cover: CoverageFacts) -> tuple[Basis, Decimal | None, str]:
    found = payment_of(
        [line.expected for line in claim.lines.all()],
        on=Month.of(claim.month).first,
        cover=cover,
        kind=PracticeKind(claim.practice.kind),
    )
    if isinstance(found, Undivided):
        return Basis.UNKNOWN, None, ""
    return (
        (Basis.QMB, None, "")
        if found.borne_by is Bearer.STATE
        else (Basis.EXPECTED, found.share, "")
    )


def _frozen_cover(claim: Claim) -> CoverageFacts:
    """As it stood when the month was approved."""
    kept = json.loads(claim.approval.snapshot)["facts"].get("coverage", {})
    payer, secondary = kept.get("payer"), kept.get("secondary")
    return CoverageFacts(
        payer=Payer(payer) if payer else None,
        qmb=bool(kept.get("qmb")),
        secondary=Secondary(secondary) if secondary else None,
    )


def _cover_now(claim: Claim) -> CoverageNow | None:
    on = Month.of(claim.month).last
    return current_coverage(claim.practice, [claim.patient_id], on).get(claim.patient_id)
