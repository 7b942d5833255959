"""Claims with what came back, remittances with where their cents went, and what waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Sum

from steadwell.claims.answered.standing import ZERO, Standing, State, standings
from steadwell.claims.answered.words import Meaning, meaning
from steadwell.claims.models import (
    Acknowledgment,
    Adjustment,
    Claim,
    ClaimLine,
    ClaimPayment,
    PaymentLine,
    Posting,
    ProviderAdjustment,
    Remittance,
)
from steadwell.practices.models import Practice
from steadwell.rules.months import Month

MOST_BACK: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """Where the money of a remittance went. `gap` is what these do not explain: always nothing."""

    amount: Decimal
    posted: Decimal
    waiting: Decimal
    set_aside: Decimal
    repeated: Decimal
    apart: Decimal

    @property
    def gap(self) -> Decimal:
        placed = self.posted + self.waiting + self.set_aside + self.repeated
        return self.amount - (placed - self.apart)


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """A rejected claim, and what was said of it."""

    claim: Claim
    standing: Standing
    reasons: tuple[str, ...]

    @property
    def month(self) -> Month:
        return Month.of(self.claim.month)


def claims_of(practice: Practice) -> QuerySet[Claim]:
    """All claims, the newest month first."""
    rows = Claim.objects.filter(practice=practice).select_related("patient", "payer", "file")
    return rows.defer("file__content").order_by("-month", "-pk")


def came_back(practice: Practice) -> list[Back]:
    """Claims whose last word is a rejection, with its meaning."""
    rejected = Acknowledgment.objects.filter(
        practice=practice, verdict=Acknowledgment.Verdict.REJECTED
    )
    rows = claims_of(practice).filter(
        Q(pk__in=rejected.filter(claim__isnull=False).values("claim"))
        | Q(file__in=rejected.filter(file__isnull=False).values("file"))
    )[:MOST_BACK]
    claims = list(rows)
    found = standings(practice.pk, claims)
    return [
        Back(claim=claim, standing=one, reasons=reasons_of(one.acknowledgment))
        for claim in claims
        if (one := found[claim.pk]).state == State.REJECTED
    ]


def foreign_rejections(practice: Practice) -> list[tuple[Acknowledgment, tuple[str, ...]]]:
    """Rejections of what we never wrote, the newest first: somebody should know why they came."""
    rows = Acknowledgment.objects.filter(
        practice=practice, verdict=Acknowledgment.Verdict.REJECTED, claim=None, file=None
    )
    rows = rows.select_related("answer").defer("answer__content").order_by("-pk")[:100]
    return [(row, reasons_of(row)) for row in rows]


def reasons_of(acknowledgment: Acknowledgment | None) -> tuple[str, ...]:
    """What an acknowledgment says, in words, each thing once."""
    if acknowledgment is None:
        return ()
    return tuple(dict.fromkeys(_sentence(one) for one in acknowledgment.codes))


def _sentence(code: dict[str, str]) -> str:
    if "category" not in code:
        where = f"Segment {code['segment']} ({code['position']})" if code["segment"] else "The file"
        element = f", element {code['element']}" if code["element"] else ""
        return f"{where}{element}: {_said('file_codes', code['code'])}"
    status = _said("status_codes", code["status"])
    sentence = f"{_said('statuses', code['category'])}: {status[:1].lower()}{status[1:]}"
    if code["entity"]:
        sentence += f", {_said('entities', code['entity'])}"
    return sentence


def _said(table: str, code: str) -> str:
    found = meaning(table, code)
    return f"{found.words} ({code})"


def remittances_of(practice: Practice) -> QuerySet[Remittance]:
    """All of them, the newest payment first."""
    rows = Remittance.objects.filter(practice=practice).select_related("answer", "repeat_of")
    return rows.defer("answer__content").order_by("-paid_on", "-pk")


def accounts_of(remittance: Remittance) -> Accounts:
    """Every cent of the file's payment, by what became of it."""
    own = {"practice": remittance.practice_id}
    payments = ClaimPayment.objects.filter(remittance=remittance, **own)
    lines = PaymentLine.objects.filter(payment__remittance=remittance, **own)
    standing = Posting.objects.filter(payment_line=OuterRef("pk"), undone_at=None, **own)
    aside = standing.filter(how=Posting.How.NOT_OURS)
    apart = ProviderAdjustment.objects.filter(remittance=remittance, **own)
    return Accounts(
        amount=remittance.amount,
        posted=_sum(lines.filter(Exists(standing) & ~Exists(aside)), "paid"),
        waiting=_sum(lines.filter(~Exists(standing)), "paid"),
        set_aside=_sum(lines.filter(Exists(aside)), "paid"),
        repeated=_sum(payments.exclude(repeat_of=None), "paid"),
        apart=_sum(apart, "amount"),
    )


def _sum(rows: QuerySet[ClaimPayment] | QuerySet[PaymentLine] | QuerySet[ProviderAdjustment],
         name: str) -> Decimal:  # fmt: skip
    total: Decimal | None = rows.aggregate(all=Sum(name))["all"]
    return total or ZERO


def payments_in(remittance: Remittance) -> QuerySet[ClaimPayment]:
    """The claim payments with their lines, adjustments and where each counts."""
    return with_lines(ClaimPayment.objects.filter(remittance=remittance))


def payments_for(claim: Claim) -> QuerySet[ClaimPayment]:
    """Every payment that counts for the claim, in the order in which they were made."""
    counted = Posting.objects.filter(practice=claim.practice_id, claim=claim, undone_at=None)
    rows = ClaimPayment.objects.filter(
        pk__in=counted.values("payment_line__payment"), practice=claim.practice_id
    )
    return with_lines(rows).order_by("remittance__paid_on", "pk")


def with_lines(rows: QuerySet[ClaimPayment]) -> QuerySet[ClaimPayment]:
    postings = Posting.objects.filter(undone_at=None).select_related("claim", "line", "posted_by")
    lines = PaymentLine.objects.order_by("place").prefetch_related(
        Prefetch("adjustments", queryset=Adjustment.objects.order_by("place")),
        Prefetch("postings", queryset=postings),
    )
    return (
        rows.select_related("remittance", "claim", "claim__patient")
        .prefetch_related(Prefetch("lines", queryset=lines))
        .order_by("place")
    )


def unmatched(practice: Practice) -> QuerySet[PaymentLine]:
    """Payment lines that say something of money and count nowhere, the oldest first."""
    own = {"practice": practice}
    standing = Posting.objects.filter(payment_line=OuterRef("pk"), undone_at=None, **own)
    adjusted = Adjustment.objects.filter(line=OuterRef("pk"), **own)
    nothing = Q(place=0, charge=0, paid=0) & ~Exists(adjusted)
    rows = PaymentLine.objects.filter(~Exists(standing), **own).exclude(nothing)
    return (
        rows.select_related("payment", "payment__remittance", "payment__claim")
        .prefetch_related(Prefetch("adjustments", queryset=Adjustment.objects.order_by("place")))
        .order_by("pk")
    )


def candidates(line: PaymentLine) -> list[ClaimLine]:
    """Lines of ours it may be for: of the claim it names, else with its code in its month."""
    rows = ClaimLine.objects.filter(practice=line.practice_id).select_related("claim__patient")
    if line.payment.claim_id:
        return list(rows.filter(claim=line.payment.claim_id).order_by("pk"))
    if not line.served_on:
        return []
    same = rows.filter(code=line.code, served_on__year=line.served_on.year,
                       served_on__month=line.served_on.month)  # fmt: skip
    member = line.payment.member_number
    own = same.filter(claim__patient__medicare_number=member) if member else same.none()
    return list((own if own.exists() else same).order_by("-pk")[:50])


def said_of(claim: Claim) -> list[Acknowledgment]:
    """Everything acknowledged of the claim and its file, in the order it arrived."""
    rows = Acknowledgment.objects.filter(
        Q(claim=claim) | Q(file=claim.file_id), practice=claim.practice_id
    )
    return list(rows.select_related("answer").defer("answer__content").order_by("pk"))


def why(adjustment: Adjustment) -> tuple[Meaning, Meaning]:
    """Group and reason of an adjustment."""
    return meaning("groups", adjustment.group), meaning("reasons", adjustment.reason)


def with_standings(practice: Practice, claims: Iterable[Claim]) -> list[tuple[Claim, Standing]]:
    rows = list(claims)
    found = standings(practice.pk, rows)
    return [(claim, found[claim.pk]) for claim in rows]
