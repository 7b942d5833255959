"""One remittance: kept as it says, each claim payment once, each line posted or left to be asked."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256

from steadwell.claims.models import Answer, ClaimPayment, Posting, ProviderAdjustment, Remittance
from steadwell.claims.services.answers.lines import keep_lines
from steadwell.claims.services.answers.match import ours
from steadwell.claims.services.answers.refused import AnswerRefused
from steadwell.practices.models import PracticeProfile
from steadwell.wire.x12 import answers as wire

NPI_DIGITS = 10


@dataclass(slots=True, kw_only=True)
class Taken:
    """What one remittance came to."""

    payments: int = 0
    repeated: int = 0
    posted: int = 0
    waiting: int = 0
    paid: Decimal = Decimal(0)
    patients: set[int] = field(default_factory=set)


def take_remittance(answer: Answer, place: int, said: wire.Remittance) -> Taken:
    """Keep and post it.

    Raises:
        AnswerRefused: it pays another provider, or says otherwise what stood under its trace number.
    """
    _require_ours(answer, said)
    first = _first_of(answer, said)
    if first is not None:
        _require_alike(first, said)
    row = _row(answer, place, said, first)
    _keep_provider_adjustments(row, said)
    return _keep_payments(row, said)


def _require_ours(answer: Answer, said: wire.Remittance) -> None:
    profile = PracticeProfile.objects.filter(practice=answer.practice_id).first()
    own, payee = profile.npi if profile else "", said.payee_identifier
    if own and len(payee) == NPI_DIGITS and payee != own:
        raise AnswerRefused(
            f"Trace number {said.trace_number} pays the provider with NPI {payee}; this practice's"
            f" is {own}. Nothing of the file was taken. Give it to whom it belongs."
        )


def _first_of(answer: Answer, said: wire.Remittance) -> Remittance | None:
    return Remittance.objects.filter(
        practice=answer.practice_id,
        payer_identifier=said.payer_identifier,
        trace_number=said.trace_number,
        repeat_of=None,
    ).first()


def _row(answer: Answer, place: int, said: wire.Remittance, first: Remittance | None) -> Remittance:
    return Remittance.objects.create(
        practice_id=answer.practice_id,
        answer=answer,
        place=place,
        repeat_of=first,
        trace_number=said.trace_number,
        payer_identifier=said.payer_identifier,
        payer_name=said.payer_name,
        payee_npi=said.payee_identifier,
        amount=said.amount,
        method=said.method,
        paid_on=said.paid_on,
    )


def _require_alike(first: Remittance, said: wire.Remittance) -> None:
    """One trace number is one payment. What stood may be said again, whole; not otherwise.

    Where nothing is paid, payers use a number again for other claims: those may be new.
    """
    own = {"practice": first.practice_id, "remittance__trace_number": first.trace_number,
           "remittance__payer_identifier": first.payer_identifier, "repeat_of": None}  # fmt: skip
    claims = ClaimPayment.objects.filter(**own)
    marks = {*claims.values_list("fingerprint", flat=True)}
    marks |= {*ProviderAdjustment.objects.filter(**own).values_list("fingerprint", flat=True)}
    of_claims = fingerprints(said, said.claims)
    if first.amount == said.amount == 0:
        stood = {*claims.values_list("control_number", "payer_number", "status")}
        is_alike = not any(
            mark not in marks and (one.control_number, one.payer_number, one.status) in stood
            for mark, one in zip(of_claims, said.claims, strict=True)
        )
    else:
        is_alike = (first.amount, first.paid_on) == (said.amount, said.paid_on) and marks == {
            *of_claims, *fingerprints(said, said.provider_adjustments),
        }  # fmt: skip
    if not is_alike:
        raise AnswerRefused(
            f"Trace number {said.trace_number} was read before, in {first.answer.name}, with other"
            " amounts or claims. Nothing of this file was taken. Ask the payer which one stands."
        )


def _keep_provider_adjustments(row: Remittance, said: wire.Remittance) -> None:
    prints = fingerprints(said, said.provider_adjustments)
    stood = ProviderAdjustment.objects.filter(
        practice=row.practice_id, fingerprint__in=prints, repeat_of=None
    )
    earlier = {one.fingerprint: one for one in stood}
    ProviderAdjustment.objects.bulk_create(
        ProviderAdjustment(
            practice_id=row.practice_id,
            remittance=row,
            place=place,
            fingerprint=mark,
            repeat_of=earlier.get(mark),
            reason=one.reason,
            reference=one.reference,
            amount=one.amount,
        )
        for place, (mark, one) in enumerate(
            zip(prints, said.provider_adjustments, strict=True), start=1
        )
    )


def _keep_payments(row: Remittance, said: wire.Remittance) -> Taken:
    known = ours(row.practice_id, said.claims)
    prints = fingerprints(said, said.claims)
    stood = ClaimPayment.objects.filter(
        practice=row.practice_id, fingerprint__in=prints, repeat_of=None
    )
    earlier = {one.fingerprint: one for one in stood}
    rows = [
        ClaimPayment(
            practice_id=row.practice_id,
            remittance=row,
            place=place,
            fingerprint=mark,
            repeat_of=earlier.get(mark),
            claim=known.claim(one),
            control_number=one.control_number,
            status=one.status,
            charge=one.charge,
            paid=one.paid,
            patient_share=one.patient_share,
            payer_number=one.payer_number,
            patient_name=one.patient_name,
            member_number=one.member_number,
            crossed_to=one.crossed_to,
        )
        for place, (mark, one) in enumerate(zip(prints, said.claims, strict=True), start=1)
    ]
    ClaimPayment.objects.bulk_create(rows)
    new = [pair for pair in zip(rows, said.claims, strict=True) if pair[0].repeat_of_id is None]
    postings, waiting = keep_lines(new, known)
    return _taken(rows, postings, waiting)


def _taken(rows: Sequence[ClaimPayment], postings: Sequence[Posting], waiting: int) -> Taken:
    new = [row for row in rows if row.repeat_of_id is None]
    return Taken(
        payments=len(new),
        repeated=len(rows) - len(new),
        posted=len(postings),
        waiting=waiting,
        paid=sum((row.paid for row in new), Decimal(0)),
        patients={row.claim.patient_id for row in rows if row.claim},
    )


def fingerprints(
    said: wire.Remittance,
    rows: Sequence[wire.ClaimPayment] | Sequence[wire.ProviderAdjustment],
) -> list[str]:
    """For each row a digest of payer, trace number and all it says, but not where it stands.

    Rows that say the same twice in one remittance are two: the second is counted as such.
    """
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        words = _words(row)
        text = json.dumps([said.payer_identifier, said.trace_number, seen[words], words])
        seen[words] += 1
        found.append(sha256(text.encode()).hexdigest())
    return found


def _words(value: object) -> str:
    """Everything a value says, in one spelling; amounts without zeros that say nothing."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, tuple):
        return json.dumps([_words(one) for one in value])
    slots = getattr(value, "__dataclass_fields__", None)
    if slots is None:
        return str(value)
    return json.dumps(
        [type(value).__name__]
        + [_words(getattr(value, name)) for name in slots if name != "position"]
    )
