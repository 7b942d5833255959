"""How claims stand, from what came back for them: derived each time, never kept."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.db.models import F, Sum

from steadwell.claims.models import Acknowledgment, Adjustment, Claim, ClaimLine, Posting

ZERO: Final = Decimal(0)
SHARE: Final = ("1", "2", "3")  # deductible, coinsurance, copayment: a decision, not a denial
Verdict = Acknowledgment.Verdict


class State(StrEnum):
    """What a claim's newest answers amount to."""

    WRITTEN = "written"
    RECEIVED = "received"  # the file was taken, nothing said of the claim
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PAID = "paid"
    PARTLY = "partly"
    DENIED = "denied"
    TAKEN_BACK = "taken_back"


WORDS: Final = {
    State.WRITTEN: "Written, no answer yet",
    State.RECEIVED: "File received",
    State.ACCEPTED: "Accepted for a decision",
    State.REJECTED: "Rejected",
    State.PAID: "Paid",
    State.PARTLY: "Partly paid",
    State.DENIED: "Denied",
    State.TAKEN_BACK: "Payment taken back",
}


@dataclass(slots=True)
class Sums:
    """What payments say of a line, or of a claim above its lines; amounts over all postings.

    `answered` is what of the charge was decided on: with a reversal it goes back to nothing.
    """

    answered: Decimal = ZERO
    paid: Decimal = ZERO
    by_group: dict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    share: Decimal = ZERO
    postings: int = 0

    @property
    def adjusted(self) -> Decimal:
        return sum(self.by_group.values(), ZERO)

    @property
    def patient(self) -> Decimal:
        return self.by_group.get("PR", ZERO)

    @property
    def is_paid(self) -> bool:
        """The payer has met it: by money, or by leaving it to the patient's share."""
        return self.paid > 0 or self.share > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A claim's state; `acknowledgment` is what decided it, where it was no payment."""

    state: State
    paid: Decimal = ZERO
    patient: Decimal = ZERO
    acknowledgment: Acknowledgment | None = None

    @property
    def words(self) -> str:
        return WORDS[self.state]


Key = tuple[int, int | None]  # claim, and line; None above the lines


def sums_of(practice_id: int, claims: Iterable[int]) -> dict[Key, Sums]:
    """By claim and line, in two queries."""
    wanted = list(claims)
    found: dict[Key, Sums] = defaultdict(Sums)
    postings = Posting.objects.filter(practice=practice_id, claim__in=wanted, undone_at=None)
    for row in postings.values_list(
        "claim_id", "line_id", "payment_line__charge", "payment_line__paid"
    ):
        sums = found[row[0], row[1]]
        sums.answered += row[2]
        sums.paid += row[3]
        sums.postings += 1
    adjustments = Adjustment.objects.filter(
        practice=practice_id, line__postings__claim__in=wanted, line__postings__undone_at=None
    )
    claim, line = F("line__postings__claim_id"), F("line__postings__line_id")
    rows = adjustments.values("group", "reason", at_claim=claim, at_line=line)
    for each in rows.annotate(all=Sum("amount")).order_by():
        sums = found[each["at_claim"], each["at_line"]]
        sums.by_group[each["group"]] += each["all"]
        if each["group"] == "PR" and each["reason"] in SHARE:
            sums.share += each["all"]
    return dict(found)


def standings(practice_id: int, claims: Iterable[Claim]) -> dict[int, Standing]:
    """How each claim stands, by its key; five queries, however many claims."""
    wanted = list(claims)
    keys = [claim.pk for claim in wanted]
    sums = sums_of(practice_id, keys)
    lines: dict[int, list[int]] = defaultdict(list)
    for pk, claim_id in ClaimLine.objects.filter(practice=practice_id, claim__in=keys).values_list(
        "pk", "claim_id"
    ):
        lines[claim_id].append(pk)
    said = _said_of_claims(practice_id, keys)
    of_files = _said_of_files(practice_id, {claim.file_id for claim in wanted})
    found = {}
    for claim in wanted:
        money = _from_money(claim.pk, lines[claim.pk], sums)
        found[claim.pk] = money or _from_words(said.get(claim.pk), of_files.get(claim.file_id))
    return found


def _from_money(claim: int, lines: list[int], sums: dict[Key, Sums]) -> Standing | None:
    own = [sums.get((claim, line), Sums()) for line in lines]
    whole = sums.get((claim, None), Sums())
    everything = [*own, whole]
    if not any(one.postings for one in everything):
        return None
    paid = sum((one.paid for one in everything), ZERO)
    patient = sum((one.patient for one in everything), ZERO)
    if not any(one.answered for one in everything):
        state = State.TAKEN_BACK
    elif whole.answered:  # decided above its lines
        state = State.PAID if paid > 0 or whole.is_paid else State.DENIED
    elif all(one.is_paid for one in own):
        state = State.PAID
    else:
        state = State.PARTLY if any(one.is_paid for one in own) else State.DENIED
    return Standing(state=state, paid=paid, patient=patient)


def _from_words(of_claim: Acknowledgment | None, of_file: Acknowledgment | None) -> Standing:
    """What is said of the claim itself goes before what is said of its file."""
    if of_claim is not None:
        rejected = of_claim.verdict == Verdict.REJECTED
        state = State.REJECTED if rejected else State.ACCEPTED
        return Standing(state=state, acknowledgment=of_claim)
    if of_file is not None:
        rejected = of_file.verdict == Verdict.REJECTED
        state = State.REJECTED if rejected else State.RECEIVED
        return Standing(state=state, acknowledgment=of_file)
    return Standing(state=State.WRITTEN)


def _said_of_claims(practice_id: int, claims: list[int]) -> dict[int, Acknowledgment]:
    rows = Acknowledgment.objects.filter(practice=practice_id, claim__in=claims)
    return _newest((row.claim_id, row) for row in rows if row.claim_id)


def _said_of_files(practice_id: int, files: Iterable[int]) -> dict[int, Acknowledgment]:
    rows = Acknowledgment.objects.filter(practice=practice_id, file__in=list(files))
    return _newest((row.file_id, row) for row in rows if row.file_id)


def _newest(pairs: Iterable[tuple[int, Acknowledgment]]) -> dict[int, Acknowledgment]:
    """The last word by the day it was said, whatever order the files came in; on one day a
    rejection is the later stop."""
    found: dict[int, Acknowledgment] = {}
    for key, row in pairs:
        if key not in found or _rank(row) > _rank(found[key]):
            found[key] = row
    return found


def _rank(row: Acknowledgment) -> tuple[date, bool, int]:
    return (row.said_on or date.min, row.verdict == Verdict.REJECTED, row.pk)
