"""What payers did not pay, by reason, from the ledger of postings: nothing is kept twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from steadwell.claims.cases.knowledge import ORDINARY, DenialReason, cause_of
from steadwell.claims.deadlines import Clock, appeal_due
from steadwell.claims.models import Adjustment, Case, CaseClaim, Claim, ClaimLine, Posting
from steadwell.practices.models import Practice
from steadwell.rules.months import Month

REVERSAL = "22"  # CLP02: an earlier payment is taken back, and a new decision follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A line (or a claim as a whole, where `line` is none) and why it was not paid.

    `at_stake` is the allowed amount expected of the line, at most what was taken off; what was
    taken off where none is known.
    """

    claim: Claim
    line: ClaimLine | None
    adjustments: tuple[Adjustment, ...]
    remarks: tuple[str, ...]
    because: DenialReason
    denied_on: date
    at_stake: Decimal
    cases: tuple[Case, ...]

    @property
    def code(self) -> str:
        """Group and reason, as CO-97."""
        first = self.adjustments[0]
        return f"{first.group}-{first.reason}"

    @property
    def month(self) -> Month:
        return Month.of(self.claim.month)

    @property
    def appeal(self) -> Clock:
        """The clock of an appeal against it."""
        return Clock("Appeal", appeal_due(self.denied_on, self.claim.payer.appeal_days))


def denials(practice: Practice, claim: Claim | None = None) -> list[Denial]:
    """Every denial that stands, by the last day to appeal. Five queries, however many there are.

    What counts is the newest decision on each line: a reversal alone is none, and a line that was
    paid later is none any more.
    """
    refusing = Adjustment.objects.filter(practice=practice, amount__gt=0).exclude(
        reason__in=ORDINARY
    )
    rows = Posting.objects.filter(
        practice=practice, undone_at=None, claim__in=refusing.values("line__postings__claim")
    )
    if claim is not None:
        rows = rows.filter(claim=claim)
    rows = rows.select_related(
        "claim__patient", "claim__payer", "line", "payment_line__payment__remittance"
    ).prefetch_related(
        Prefetch("payment_line__adjustments", queryset=Adjustment.objects.order_by("place"))
    )
    newest: dict[tuple[int | None, int | None], Posting] = {}
    for posting in sorted(rows, key=_when):
        newest[posting.claim_id, posting.line_id] = posting
    denied = [(one, _denying(one)) for one in newest.values() if not _is_outdone(one, newest)]
    refused = [(one, why) for one, why in denied if why]
    cases = _cases(practice, {one.claim_id for one, _why in refused})
    found = [_denial(one, why, cases.get(one.claim_id, [])) for one, why in refused]
    return sorted(
        found, key=lambda one: (one.appeal.due_on, one.claim.pk, one.claim.control_number)
    )


def is_seen_to(denial: Denial) -> bool:
    """Whether somebody opened a case for the claim since it was denied."""
    return bool(denial.cases)


def _is_outdone(posting: Posting, newest: dict[tuple[int | None, int | None], Posting]) -> bool:
    """A word on the claim as a whole, and later ones on its lines."""
    return posting.line_id is None and any(
        claim_id == posting.claim_id and line_id is not None and _when(one) > _when(posting)
        for (claim_id, line_id), one in newest.items()
    )


def _when(posting: Posting) -> tuple[date, int, int]:
    """Reversals come before the decision that follows in the same remittance."""
    payment = posting.payment_line.payment
    return payment.remittance.paid_on, payment.status != REVERSAL, posting.pk


def _denying(posting: Posting) -> tuple[Adjustment, ...]:
    """The adjustments that deny: none of a reversal, and none that are ordinary."""
    if posting.payment_line.payment.status == REVERSAL:
        return ()
    return tuple(
        one
        for one in posting.payment_line.adjustments.all()
        if one.reason not in ORDINARY and one.amount > 0
    )


def _denial(posting: Posting, why: tuple[Adjustment, ...], cases: Iterable[Case]) -> Denial:
    paid = posting.payment_line
    on = paid.payment.remittance.paid_on
    because = next(
        (found for one in why if (found := cause_of(one.reason, paid.remarks)).reasons),
        cause_of(why[0].reason, paid.remarks),
    )
    taken = sum((one.amount for one in why), Decimal())
    expected = posting.line.expected if posting.line else None
    return Denial(
        claim=posting.claim,
        line=posting.line,
        adjustments=why,
        remarks=tuple(paid.remarks),
        because=because,
        denied_on=on,
        at_stake=taken if expected is None else min(expected, taken),
        cases=tuple(case for case in cases if case.opened_at.date() >= on),
    )


def _cases(practice: Practice, claim_ids: set[int | None]) -> dict[int | None, list[Case]]:
    """By claim, what answers a denial: corrections and appeals, the newest first."""
    about = CaseClaim.objects.filter(practice=practice, claim__in=claim_ids)
    about = about.exclude(case__kind__in=[Case.Kind.RECORDS, Case.Kind.OVERPAYMENT])
    found: dict[int | None, list[Case]] = {}
    for one in about.select_related("case").order_by("-case"):
        found.setdefault(one.claim_id, []).append(one.case)
    return found
