"""The patient's part of a month: a fifth of what Medicare allows, and who usually pays it."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from steadwell.enrollment.selectors.cover import Cover
from steadwell.practices.models import Practice
from steadwell.rules import load_rulebook

COINSURANCE: Final = Decimal("0.20")
_NOTHING: Final = Decimal(0)
_PAID_BY: Final = {
    "qmb": "QMB, no charge",
    "medigap": "Medigap usually pays",
    "medicaid": "Medicaid usually pays",
}
_WITHOUT_AMOUNT: Final = {
    "medicare_advantage": "by the plan's terms",
    "medicare_secondary": "by the first insurer's terms",
    "unknown": "cover not known",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a month would cost the patient; `amount` is `None` where nobody can say it here."""

    amount: Decimal | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """The patient's part of an ordinary month (20 minutes) and of a long one (40 minutes)."""

    once: Decimal | None
    twice: Decimal | None


def patients_part(cover: Cover, amounts: Amounts) -> Part:
    situation = cover.situation
    if situation in _PAID_BY:
        return Part(amount=_NOTHING, words=_PAID_BY[situation])
    if situation in _WITHOUT_AMOUNT:
        return Part(amount=None, words=_WITHOUT_AMOUNT[situation])
    return Part(amount=amounts.once, words="no second insurance")


def amounts_for(practice: Practice, on: date) -> Amounts:
    """By Medicare's fee schedule of the day."""
    first = allowed_amount("99490", practice, on)
    second = allowed_amount("99439", practice, on)
    both = first + second if first is not None and second is not None else None
    return Amounts(once=_share(first), twice=_share(both))


def allowed_amount(code: str, practice: Practice, on: date) -> Decimal | None:
    """What Medicare allows on the national average, which is what "about" means to a patient;
    `None` where the fee schedule of that year is not known."""
    facility = practice.kind == Practice.Kind.HOSPITAL_OUTPATIENT
    return load_rulebook().fees.allowed(code, on=on, facility=facility)


def _share(allowed: Decimal | None) -> Decimal | None:
    if allowed is None:
        return None
    return (allowed * COINSURANCE).quantize(Decimal("0.01"), ROUND_HALF_UP)
