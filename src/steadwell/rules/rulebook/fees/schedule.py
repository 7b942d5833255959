"""The physician fee schedule: what one unit of a code is allowed, and of what kind the amount is.

Multiplied first, rounded once, half up. A day without a published value has no amount: the value of
another year never stands in for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from steadwell.rules.rulebook.fees.parts import Index, Locality, RelativeValue, Series, Split

_CENT: Final = Decimal("0.01")
_ONE: Final = Decimal(1)
_NATION: Final = Index()
_LOAD: Final = "Load the file that CMS publishes with `steadwell rules load-fees`."


class Basis(StrEnum):
    """Of what kind an amount is."""

    LOCAL = "local"
    NATIONAL = "national"
    NATIONAL_FOR_WANT_OF_INDEX = "national_for_want_of_index"
    HEALTH_CENTER = "health_center"
    NOT_KNOWN = "not_known"


class Terms(NamedTuple):
    """What besides code and day an amount depends on. `kind` is the practitioner's."""

    facility: bool = False
    qualifying: bool = False
    kind: str = "physician"
    locality: str | None = None
    health_center: bool = False


NATIONAL: Final = Terms()


@dataclass(frozen=True, slots=True)
class Allowed:
    """The amount of one unit, or `None`; `why` says in a sentence what it is, or why there is none."""

    amount: Decimal | None
    basis: Basis
    why: str


@dataclass(frozen=True, slots=True)
class FeeSchedule:
    """`shares`: what part of a fee a kind of practitioner is paid. `localities` by contractor and number."""

    values: Mapping[str, Series[RelativeValue]]
    standard: Series[Decimal]
    qualifying: Series[Decimal]
    shares: Mapping[str, Series[Decimal]]
    localities: Mapping[str, Locality]
    split: Split
    _known: dict[tuple[str, date, Terms], Allowed] = field(
        default_factory=dict, repr=False, compare=False
    )

    def allowed(
        self,
        code: str,
        *,
        on: date,
        facility: bool = False,
        qualifying: bool = False,
        kind: str = "physician",
    ) -> Decimal | None:
        """The national amount of one unit; `None` where none is known for the day."""
        terms = Terms(facility=facility, qualifying=qualifying, kind=kind)
        return self.priced(code, on=on, terms=terms).amount

    def priced(self, code: str, *, on: date, terms: Terms = NATIONAL) -> Allowed:
        """The amount of one unit under these terms, and what it is."""
        key = (code, on, terms)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._price(code, on, terms)
        return found

    def fault_of(self, locality: str) -> str:
        """Why a locality is none; empty where it is known."""
        if locality in self.localities:
            return ""
        contractor = locality.partition("-")[0]
        known = [each for each in self.localities.values() if each.key.startswith(f"{contractor}-")]
        if not known:
            return (
                f"No contractor {contractor} is in the tables of localities known here. {_LOAD}"
                " Or correct contractor and locality in the practice settings."
            )
        listed = "; ".join(f"{each.key} {each.name}" for each in known)
        return f"{locality} is no locality known here. Contractor {contractor} has {listed}."

    def _price(self, code: str, on: date, terms: Terms) -> Allowed:
        """Health centers are paid the national amount of an office, whoever works there."""
        if terms.health_center:
            why = "The national amount outside a facility, as health centers are paid"
            return self._times(code, on, NATIONAL, _NATION, (Basis.HEALTH_CENTER, why))
        if terms.locality is None:
            kind = (Basis.NATIONAL, "The national amount: the practice has given no locality")
            return self._times(code, on, terms, _NATION, kind)
        place = self.localities.get(terms.locality)
        if place is None:
            return _unknown(self.fault_of(terms.locality))
        index = place.indices.within_year(on)
        if index is None:
            why = (
                f"The national amount: the indices of {place.key} for {on.year} are not known here."
                f" {_LOAD}"
            )
            kind = (Basis.NATIONAL_FOR_WANT_OF_INDEX, why)
            return self._times(code, on, terms, _NATION, kind)
        kind = (Basis.LOCAL, f"The amount of {place.key} {place.name}")
        return self._times(code, on, terms, index, kind)

    def _times(
        self, code: str, on: date, terms: Terms, index: Index, kind: tuple[Basis, str]
    ) -> Allowed:
        series = self.values.get(code)
        value = series.within_year(on) if series else None
        if value is None:
            return _unknown(self._no_values(code, on))
        if not value.has_national_amount:
            return _unknown(f"{code} has no national amount: the contractor prices it.")
        factor = self._factor(on, qualifying=terms.qualifying)
        if factor is None:
            return _unknown(f"No conversion factor of {on.year} is known here for this. {_LOAD}")
        expense = value.facility if terms.facility else value.nonfacility
        total = (
            value.work * index.work
            + expense * index.expense
            + value.malpractice * index.malpractice
        )
        amount = (total * factor * self._share(terms.kind, on)).quantize(_CENT, ROUND_HALF_UP)
        return Allowed(amount, *kind)

    def _no_values(self, code: str, on: date) -> str:
        series = self.values.get(code)
        if series is None:
            return f"No relative values of {code} are known here."
        years = ", ".join(map(str, series.years))
        return f"Relative values of {code} are known for {years}, and not for {on.year}. {_LOAD}"

    def _factor(self, on: date, *, qualifying: bool) -> Decimal | None:
        """One factor for all until qualifying participants got their own; then each year's own."""
        if qualifying and self.qualifying.starts and on >= self.qualifying.starts[0]:
            return self.qualifying.within_year(on)
        return self.standard.within_year(on)

    def _share(self, kind: str, on: date) -> Decimal:
        series = self.shares.get(kind)
        found = series.on(on) if series else None
        return _ONE if found is None else found


def _unknown(why: str) -> Allowed:
    return Allowed(None, Basis.NOT_KNOWN, why)
