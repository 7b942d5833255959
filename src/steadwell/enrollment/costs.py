"""The patient's part of a month, before the yes: what Medicare leaves to them, and who usually pays it.

By the practice's place and locality, for a physician, and after the year's deductible.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from steadwell.enrollment.selectors.cover import Cover
from steadwell.practices.models import Practice, PracticeProfile
from steadwell.rules import load_rulebook
from steadwell.rules.amounts import terms_of
from steadwell.rules.facts import (
    CoverageFacts,
    Payer,
    PracticeFacts,
    PracticeKind,
    PractitionerFacts,
)
from steadwell.rules.payment import Payment, payment_of
from steadwell.rules.rulebook.fees import Basis

_PART_B: Final = CoverageFacts(payer=Payer.MEDICARE_FFS)
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
    """What a month would cost the patient; `amount` is `None` where nobody can say it here. `basis`
    says of what kind it is, where it is more than nothing."""

    amount: Decimal | None
    words: str
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """The patient's part of an ordinary month (20 minutes) and of a long one (40 minutes)."""

    once: Decimal | None
    twice: Decimal | None
    basis: str = ""


def patients_part(cover: Cover, amounts: Amounts) -> Part:
    situation = cover.situation
    if situation in _PAID_BY:
        return Part(amount=_NOTHING, words=_PAID_BY[situation])
    if situation in _WITHOUT_AMOUNT:
        return Part(amount=None, words=_WITHOUT_AMOUNT[situation])
    basis = amounts.basis if amounts.once else ""
    return Part(amount=amounts.once, words="no second insurance", basis=basis)


def amounts_for(practice: Practice, on: date) -> Amounts:
    """By Medicare's fee schedule of the day, as the practice is paid."""
    facts = _facts_of(practice)
    terms, fees = terms_of(facts, PractitionerFacts(kind="physician")), load_rulebook().fees
    lines = [fees.priced(code, on=on, terms=terms) for code in ("99490", "99439")]
    known = [line.amount for line in lines]
    local = lines[0].basis is Basis.LOCAL
    where = f"amounts of locality {facts.locality}" if local else "national amounts"
    return Amounts(
        once=_share(known[:1], on, facts.kind),
        twice=_share(known, on, facts.kind),
        basis=f"{where} of {on.year}, after the deductible",
    )


def _facts_of(practice: Practice) -> PracticeFacts:
    profile = PracticeProfile.objects.filter(practice=practice).first()
    return PracticeFacts(
        kind=PracticeKind(practice.kind),
        locality=profile.fee_locality if profile else None,
        place_of_service=(profile.place_of_service or None) if profile else None,
    )


def _share(lines: list[Decimal | None], on: date, kind: PracticeKind) -> Decimal | None:
    found = payment_of(lines, on=on, cover=_PART_B, kind=kind)
    return found.share if isinstance(found, Payment) else None
