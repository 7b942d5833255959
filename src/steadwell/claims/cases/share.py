"""What a patient may owe of a claim: as the payer said, else as it is expected. Never of a QMB."""

import json
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from django.db.models import QuerySet

from steadwell.claims.answered.decided import left_to_patient, sent_on_to
from steadwell.claims.models import Claim, HardshipWaiver
from steadwell.claims.second import second_claim
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
    """`amount` is none for a QMB and where nobody knows. `crossed_to`: whom the payer sent it on to;
    `asked`: the second payer, whom we sent it to; both empty once two payers have answered."""

    basis: Basis
    amount: Decimal | None = None
    has_other_cover: bool = False
    crossed_to: str = ""
    asked: str = ""
    payers: int = 0
    waived: Decimal = Decimal("0.00")

    @property
    def left(self) -> Decimal | None:
        """After what was waived."""
        return None if self.amount is None else max(self.amount - self.waived, Decimal("0.00"))

    @property
    def words(self) -> str:
        said = {
            Basis.QMB: "Nothing: QMB, never bill the patient",
            Basis.POSTED: "As the payer said on its remittance"
            if self.payers < 2
            else f"After {self.payers} payers answered: the least that one of them left",
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
    found = _said(claim) or _expected(claim, frozen)
    return replace(
        found,
        has_other_cover=beside and found.payers < 2,
        waived=waived.amount if waived else Decimal("0.00"),
    )


def _said(claim: Claim) -> Share | None:
    """The patient's responsibility (PR) after the last payer who answered, reversals among it."""
    own = {"practice": claim.practice_id, "approval": claim.approval_id, "is_test": False}
    left = left_to_patient(claim.practice_id, {claim.pk, *_keys(Claim.objects.filter(**own))})
    if left is None:
        return None
    waits = left.payers < 2
    second = second_claim(claim) if waits else None
    return Share(
        basis=Basis.POSTED, amount=left.amount, payers=left.payers,
        crossed_to=sent_on_to(claim) if waits else "",
        asked=second.payer.name if second else "",
    )  # fmt: skip


def _keys(claims: QuerySet[Claim]) -> list[int]:
    return list(claims.values_list("pk", flat=True))


def _expected(claim: Claim, cover: CoverageFacts) -> Share:
    found = payment_of(
        [line.expected for line in claim.lines.all()],
        on=Month.of(claim.month).first,
        cover=cover,
        kind=PracticeKind(claim.practice.kind),
    )
    if isinstance(found, Undivided):
        return Share(basis=Basis.UNKNOWN)
    if found.borne_by is Bearer.STATE:
        return Share(basis=Basis.QMB)
    return Share(basis=Basis.EXPECTED, amount=found.share)


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
