"""What a code is allowed: relative values times a factor. `Decimal`, rounded once.

Amounts are national: `data/medicare/fees/ORIGIN.md` says why there is no table of localities.
"""

import csv
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from importlib.resources.abc import Traversable
from typing import Any, Final, Generic, TypeVar

from steadwell.rules.rulebook.entries import RuleDataError
from steadwell.rules.rulebook.reading import day, document, known_source, only

T = TypeVar("T")

_CENT: Final = Decimal("0.01")
_ONE: Final = Decimal(1)
_BY_CONTRACTOR: Final = "C"


@dataclass(frozen=True, slots=True)
class Series(Generic[T]):
    """Values from their days on."""

    starts: tuple[date, ...]
    values: tuple[T, ...]

    def on(self, when: date) -> T | None:
        place = bisect_right(self.starts, when)
        return self.values[place - 1] if place else None


@dataclass(frozen=True, slots=True)
class RelativeValue:
    work: Decimal
    nonfacility: Decimal
    facility: Decimal
    malpractice: Decimal
    has_national_amount: bool


@dataclass(frozen=True, slots=True)
class FeeSchedule:
    """The physician fee schedule. `shares`: what part of a fee a kind of practitioner is paid."""

    values: Mapping[str, Series[RelativeValue]]
    standard: Series[Decimal]
    qualifying: Series[Decimal]
    shares: Mapping[str, Series[Decimal]]

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
        value = self._value(code, on)
        factor = self._factor(on, qualifying=qualifying)
        if value is None or factor is None or not value.has_national_amount:
            return None
        expense = value.facility if facility else value.nonfacility
        total = value.work + expense + value.malpractice
        return (total * factor * self._share(kind, on)).quantize(_CENT, ROUND_HALF_UP)

    def _value(self, code: str, on: date) -> RelativeValue | None:
        """Relative values hold for the year they are published for, and no other."""
        series = self.values.get(code)
        if series is None or date(on.year, 1, 1) not in series.starts:
            return None
        return series.on(on)

    def _factor(self, on: date, *, qualifying: bool) -> Decimal | None:
        return (self.qualifying.on(on) if qualifying else None) or self.standard.on(on)

    def _share(self, kind: str, on: date) -> Decimal:
        series = self.shares.get(kind)
        found = series.on(on) if series else None
        return _ONE if found is None else found


def read_fees(directory: Traversable, *, sources: frozenset[str]) -> FeeSchedule:
    """
    Raises:
        RuleDataError: a fee file is not as it must be.
    """
    name = "conversion_factors.yaml"
    data = document((directory / name).read_text(encoding="utf-8"), name)
    keys = {"verified_through", "standard", "qualifying", "shares"}
    only(data, keys, name, required=keys)
    return FeeSchedule(
        values=_relative_values(directory / "relative_values.csv", sources),
        standard=_factors(data["standard"], f"{name}: standard", sources),
        qualifying=_factors(data["qualifying"], f"{name}: qualifying", sources),
        shares={
            kind: _factors(entries, f"{name}: {kind}", sources)
            for kind, entries in data["shares"].items()
        },
    )


def _relative_values(
    path: Traversable, sources: frozenset[str]
) -> dict[str, Series[RelativeValue]]:
    rows: dict[str, list[tuple[date, RelativeValue]]] = {}
    for row, where in _rows(path):
        known_source(row["source"], where, sources)
        value = RelativeValue(
            work=_decimal(row["work"], where),
            nonfacility=_decimal(row["pe_nonfacility"], where),
            facility=_decimal(row["pe_facility"], where),
            malpractice=_decimal(row["malpractice"], where),
            has_national_amount=row["status"] != _BY_CONTRACTOR,
        )
        rows.setdefault(row["code"], []).append((day(row["from"], where), value))
    return {code: _series(pairs, f"{path.name}: {code}") for code, pairs in rows.items()}


def _factors(raw: Any, where: str, sources: frozenset[str]) -> Series[Decimal]:
    pairs = []
    for item in raw:
        keys = {"from", "value", "source"}
        only(item, keys, where, required=keys)
        known_source(item["source"], where, sources)
        pairs.append((day(item["from"], where), _decimal(item["value"], where)))
    return _series(pairs, where)


def _series(pairs: list[tuple[date, T]], where: str) -> Series[T]:
    starts = [start for start, _value in pairs]
    if starts != sorted(set(starts)):
        raise RuleDataError(f"{where}: put the entries in date order, one for each date.")
    return Series(tuple(starts), tuple(value for _start, value in pairs))


def _decimal(text: Any, where: str) -> Decimal:
    try:
        if not isinstance(text, str):
            raise InvalidOperation
        return Decimal(text)
    except InvalidOperation as error:
        raise RuleDataError(f'{where}: quote the number, as in "{text}".') from error


def _rows(path: Traversable) -> Iterator[tuple[dict[str, str], str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, row in enumerate(csv.DictReader(lines), 2):
        yield row, f"{path.name}, line {number}"
