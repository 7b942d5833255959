"""How an allowed amount is divided: Medicare's part, what sequestration takes of it, the patient's share.

payment = payment_of([Decimal("66.13")], on=date(2026, 3, 4), cover=CoverageFacts(payer=Payer.MEDICARE_FFS))
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from steadwell.rules.facts import CoverageFacts, Payer, PracticeKind, Secondary
from steadwell.rules.rulebook import FeeSchedule, load_rulebook

_CENT: Final = Decimal("0.01")
_NOTHING: Final = Decimal("0.00")
_DIVIDED: Final = frozenset({Payer.MEDICARE_FFS, Payer.RAILROAD_MEDICARE})


class Bearer(StrEnum):
    """Who usually bears the patient's share."""

    PATIENT = "patient"
    MEDIGAP = "medigap"
    MEDICAID = "medicaid"
    STATE = "state"


_BORNE: Final = {
    Bearer.PATIENT: "The patient is billed {share}.",
    Bearer.MEDIGAP: "The Medigap plan usually pays the coinsurance.",
    Bearer.MEDICAID: "Medicaid usually pays the share.",
    Bearer.STATE: "A Qualified Medicare Beneficiary is never billed: the State answers for the share.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """`medicare_pays`, `sequestration`, `deductible` and `coinsurance` are together the allowed amount.

    `patient_pays` is what the patient may be asked for; `why` says so in words.
    """

    allowed: Decimal
    deductible: Decimal
    coinsurance: Decimal
    sequestration: Decimal
    medicare_pays: Decimal
    patient_pays: Decimal
    borne_by: Bearer
    why: str

    @property
    def share(self) -> Decimal:
        """The patient's share under Medicare, whoever bears it."""
        return self.deductible + self.coinsurance


@dataclass(frozen=True, slots=True)
class Undivided:
    """Nobody can say here who pays what."""

    why: str


@dataclass(frozen=True, slots=True)
class _Rates:
    coinsurance: Decimal
    sequestration: Decimal
    deductible: Decimal
    owes_deductible: bool


def payment_of(
    amounts: Sequence[Decimal | None],
    *,
    on: date,
    cover: CoverageFacts,
    kind: PracticeKind = PracticeKind.PHYSICIAN_OFFICE,
    deductible_left: Decimal | None = None,
    fees: FeeSchedule | None = None,
) -> Payment | Undivided:
    """Each line is divided, and rounded to the cent, by itself, as Medicare pays it.

    `deductible_left` is what the patient has still to meet; where it is not known, it is taken as met,
    and the sentence says so.
    """
    lines = [each for each in amounts if each is not None]
    if len(lines) < len(amounts):
        return Undivided("A line has no amount.")
    if cover.payer not in _DIVIDED:
        return Undivided(_by_others(cover.payer))
    rates = _rates(fees or load_rulebook().fees, on, kind)
    if rates is None:
        return Undivided(f"The deductible or the rates of {on.year} are not known here.")
    left = (deductible_left or _NOTHING) if rates.owes_deductible else _NOTHING
    parts = list(_divided(lines, left, rates))
    deductible, coinsurance, sequestration = (
        sum(part, _NOTHING) for part in zip(*parts, strict=True)
    )
    bearer = _bearer(cover)
    asked = {Bearer.PATIENT: deductible + coinsurance, Bearer.MEDIGAP: deductible}
    allowed = sum(lines, _NOTHING)
    return Payment(
        allowed=allowed,
        deductible=deductible,
        coinsurance=coinsurance,
        sequestration=sequestration,
        medicare_pays=allowed - deductible - coinsurance - sequestration,
        patient_pays=asked.get(bearer, _NOTHING),
        borne_by=bearer,
        why=_why(bearer, deductible + coinsurance, rates, on, known=deductible_left is not None),
    )


def _divided(
    lines: Sequence[Decimal], left: Decimal, rates: _Rates
) -> Iterator[tuple[Decimal, Decimal, Decimal]]:
    """Of each line: deductible, coinsurance, and what sequestration takes of Medicare's part."""
    for allowed in lines:
        deductible = min(left, allowed)
        left -= deductible
        coinsurance = _cents((allowed - deductible) * rates.coinsurance)
        medicare = allowed - deductible - coinsurance
        yield deductible, coinsurance, _cents(medicare * rates.sequestration)


def _rates(fees: FeeSchedule, on: date, kind: PracticeKind) -> _Rates | None:
    split = fees.split
    coinsurance, sequestration = split.coinsurance.on(on), split.sequestration.on(on)
    deductible = split.deductible.within_year(on)
    if coinsurance is None or sequestration is None or deductible is None:
        return None
    free = split.free_of_deductible.on(on) or ()
    return _Rates(coinsurance, sequestration, deductible, owes_deductible=kind.value not in free)


def _bearer(cover: CoverageFacts) -> Bearer:
    if cover.qmb:
        return Bearer.STATE
    if cover.secondary is Secondary.MEDIGAP:
        return Bearer.MEDIGAP
    return Bearer.MEDICAID if cover.secondary is Secondary.MEDICAID else Bearer.PATIENT


def _why(bearer: Bearer, share: Decimal, rates: _Rates, on: date, *, known: bool) -> str:
    first = _BORNE[bearer].format(share=f"${share}")
    if not rates.owes_deductible or bearer in {Bearer.STATE, Bearer.MEDICAID}:
        return first
    met = "" if known else " Whether it is met is not known here, and it is taken as met."
    return f"{first} The deductible of {on.year} is ${rates.deductible}.{met}"


def _by_others(payer: Payer | None) -> str:
    said = {
        Payer.MEDICARE_ADVANTAGE: "The Medicare Advantage plan sets what it pays and what the patient owes.",
        Payer.MEDICARE_SECONDARY: "Another insurer pays first; its terms decide what is left.",
        None: "Who pays is not known.",
    }
    return said.get(payer, "Medicare does not pay this, and its rules do not say who owes what.")


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)
