"""What pages and commands say of answers: rows with their codes in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from steadwell.claims.answered.reads import candidates, why
from steadwell.claims.answered.standing import Standing, State, Sums, sums_of
from steadwell.claims.answered.words import Meaning, meaning
from steadwell.claims.models import (
    Adjustment,
    Claim,
    ClaimLine,
    ClaimPayment,
    PaymentLine,
    Posting,
    ProviderAdjustment,
    Remittance,
)
from steadwell.claims.services.answers import ReadAnswer

BADGES = {
    State.WRITTEN: ("is-info", "file-invoice"),
    State.RECEIVED: ("is-info", "hourglass"),
    State.ACCEPTED: ("is-good", "check"),
    State.REJECTED: ("is-bad", "alert-circle"),
    State.PAID: ("is-good", "circle-check"),
    State.PARTLY: ("is-warn", "alert-circle"),
    State.DENIED: ("is-bad", "alert-circle"),
    State.TAKEN_BACK: ("is-warn", "alert-circle"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """An adjustment with its group and reason in words."""

    adjustment: Adjustment
    group: Meaning
    reason: Meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidLine:
    """A payment line with its reasons, its remarks, and where it counts."""

    line: PaymentLine
    reasons: tuple[Reason, ...]
    remarks: tuple[Meaning, ...]
    posting: Posting | None

    @property
    def says_money(self) -> bool:
        return bool(self.line.place or self.line.charge or self.line.paid or self.reasons)

    @property
    def is_by_person(self) -> bool:
        how = (Posting.How.PERSON, Posting.How.NOT_OURS)
        return self.posting is not None and self.posting.how in how


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """A claim payment with its lines."""

    payment: ClaimPayment
    status: Meaning
    lines: tuple[PaidLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A payment line that waits, and the lines of ours it may be for."""

    row: PaidLine
    candidates: tuple[ClaimLine, ...]


def badge(standing: Standing) -> tuple[str, str]:
    """Class and icon of a state."""
    return BADGES[standing.state]


def lines(claim: Claim) -> list[tuple[ClaimLine | None, Sums]]:
    """Each line with its sums; last, if anything is, what is said above the lines."""
    sums = sums_of(claim.practice_id, [claim.pk])
    rows: list[tuple[ClaimLine | None, Sums]] = [
        (line, sums.get((claim.pk, line.pk), Sums()))
        for line in sorted(claim.lines.all(), key=lambda one: one.pk)
    ]
    whole = sums.get((claim.pk, None))
    if whole and (whole.answered or whole.paid or whole.adjusted):
        rows.append((None, whole))
    return rows


def payments(rows: Iterable[ClaimPayment]) -> list[Paid]:
    """Payments with everything in words; `rows` come with their lines (`with_lines`)."""
    return [
        Paid(
            payment=row,
            status=meaning("claim_statuses", row.status),
            lines=tuple(_line(line, next(iter(line.postings.all()), None))
                        for line in row.lines.all()),
        )
        for row in rows
    ]  # fmt: skip


def _line(line: PaymentLine, posting: Posting | None) -> PaidLine:
    reasons = []
    for one in line.adjustments.all():
        group, reason = why(one)
        reasons.append(Reason(adjustment=one, group=group, reason=reason))
    remarks = tuple(meaning("remarks", code) for code in line.remarks)
    return PaidLine(line=line, reasons=tuple(reasons), remarks=remarks, posting=posting)


def waiting(rows: Iterable[PaymentLine]) -> list[Waiting]:
    return [Waiting(row=_line(row, None), candidates=tuple(candidates(row))) for row in rows]


def named_in(rows: Sequence[Waiting]) -> list[int]:
    """The patients whose lines are offered."""
    return sorted({line.claim.patient_id for one in rows for line in one.candidates})


def patients(rows: Iterable[ClaimPayment]) -> list[int]:
    return sorted({row.claim.patient_id for row in rows if row.claim})


def apart(remittance: Remittance) -> list[tuple[ProviderAdjustment, Meaning]]:
    rows = ProviderAdjustment.objects.filter(
        practice=remittance.practice_id, remittance=remittance
    ).order_by("place")
    return [(row, meaning("provider_reasons", row.reason)) for row in rows]


def what_was_done(done: ReadAnswer) -> list[str]:
    """The numbers of a file that was read, a sentence each."""
    if not done.is_new:
        return ["This file was read before. Nothing changed."]
    if done.answer.kind != "835":
        said = [f"{_count(done.said, 'acknowledgment')}, {done.rejected} of them rejections."]
        if done.foreign:
            said.append(f"{done.foreign} of claims or files that are not ours.")
        return said
    said = [
        f"{_count(done.remittances, 'payment')} with {_count(done.payments, 'claim')}"
        f" and ${done.paid:,.2f} paid for them.",
        f"{_count(done.posted, 'line')} posted, {done.waiting} waiting for a person.",
    ]
    if done.repeated:
        said.append(f"{_count(done.repeated, 'claim')} said before and not posted again.")
    return said


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
