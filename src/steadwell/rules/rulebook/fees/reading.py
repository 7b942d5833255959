"""Reading the fee files: the released ones, and what an installation loaded beside them."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib.resources.abc import Traversable
from typing import Any, Final, TypeVar

from steadwell.rules.rulebook.entries import RuleDataError
from steadwell.rules.rulebook.fees.parts import Index, Locality, RelativeValue, Series, Split
from steadwell.rules.rulebook.fees.schedule import FeeSchedule
from steadwell.rules.rulebook.installed import NOTHING, Installed
from steadwell.rules.rulebook.reading import day, document, known_source, only, text_at

T = TypeVar("T")
Row = Mapping[str, str]
Found = tuple[Row, str]

_FACTORS: Final = "conversion_factors.yaml"
_SPLIT: Final = "patient_share.yaml"
PAID_BY_SCHEDULE: Final = frozenset({"A", "R", "T", "X"})
"""Statuses with a national amount; X: outside the schedule, but its values are a health center's."""


def read_fees(
    directory: Traversable, *, sources: frozenset[str], installed: Installed = NOTHING
) -> FeeSchedule:
    """
    Raises:
        RuleDataError: a fee file is not as it must be, or a loaded value gainsays a released one.
    """
    data = document((directory / _FACTORS).read_text(encoding="utf-8"), _FACTORS)
    keys = {"verified_through", "standard", "qualifying", "shares"}
    only(data, keys, _FACTORS, required=keys)
    factors = {
        name: _factors([*_listed(data[name], name), *installed.rows(name)], sources)
        for name in ("standard", "qualifying")
    }
    values = [*_csv(directory / "relative_values.csv"), *installed.rows("relative_values")]
    places = [*_csv(directory / "localities.csv"), *installed.rows("localities")]
    return FeeSchedule(
        values=_by_key(values, sources, lambda row: row["code"], _relative_value),
        standard=factors["standard"],
        qualifying=factors["qualifying"],
        shares={
            kind: _factors(_listed(entries, kind), sources)
            for kind, entries in data["shares"].items()
        },
        localities=_localities(places, sources),
        split=_split(directory / _SPLIT, sources),
    )


def _relative_value(row: Row, where: str) -> RelativeValue:
    return RelativeValue(
        work=_decimal(row["work"], where),
        nonfacility=_decimal(row["pe_nonfacility"], where),
        facility=_decimal(row["pe_facility"], where),
        malpractice=_decimal(row["malpractice"], where),
        has_national_amount=row["status"] in PAID_BY_SCHEDULE,
    )


def _index(row: Row, where: str) -> Index:
    return Index(
        work=_decimal(row["work"], where),
        expense=_decimal(row["expense"], where),
        malpractice=_decimal(row["malpractice"], where),
    )


def _localities(rows: list[Found], sources: frozenset[str]) -> dict[str, Locality]:
    indices = _by_key(rows, sources, locality_key, _index)
    names = {locality_key(row): (row["state"], row["name"]) for row, _where in rows}
    return {key: Locality(key, *names[key], series) for key, series in indices.items()}


def locality_key(row: Row) -> str:
    return f"{row['contractor']}-{row['locality']}"


def _split(path: Traversable, sources: frozenset[str]) -> Split:
    data = document(path.read_text(encoding="utf-8"), _SPLIT)
    keys = {"coinsurance", "deductible", "sequestration", "free_of_deductible", "owes_nothing"}
    only(data, keys | {"verified_through"}, _SPLIT, required=keys)
    rows = {name: _listed(data[name], name) for name in keys}
    return Split(
        deductible=_factors(rows["deductible"], sources),
        coinsurance=_factors(rows["coinsurance"], sources),
        sequestration=_factors(rows["sequestration"], sources),
        free_of_deductible=_words(rows["free_of_deductible"], sources),
        owes_nothing=_words(rows["owes_nothing"], sources),
    )


def _words(
    rows: list[tuple[Mapping[str, Any], str]], sources: frozenset[str]
) -> Series[tuple[str, ...]]:
    return _by_key(
        rows,
        sources,
        lambda _row: "",
        lambda row, where: tuple(text_at(each, where) for each in row["value"]),
    )[""]


def _factors(rows: Iterable[Found], sources: frozenset[str]) -> Series[Decimal]:
    read = _by_key(rows, sources, lambda _row: "", lambda row, where: _decimal(row["value"], where))
    return read.get("", Series((), ()))


def _by_key(
    rows: Iterable[Found],
    sources: frozenset[str],
    key_of: Callable[[Row], str],
    read: Callable[[Row, str], T],
) -> dict[str, Series[T]]:
    """By key and day; a day may be named twice where both say the same."""
    found: dict[str, dict[date, T]] = {}
    for row, where in rows:
        known_source(row["source"], where, sources)
        start, value = day(row["from"], where), read(row, where)
        days = found.setdefault(key_of(row), {})
        if days.setdefault(start, value) != value:
            raise RuleDataError(
                f"{where}: {key_of(row)} from {start} differs from what is known already."
                " Two values of one day cannot both hold: put the wrong one aside."
            )
    return {key: _series(sorted(days.items()), key) for key, days in found.items()}


def _series(pairs: list[tuple[date, T]], where: str) -> Series[T]:
    starts = [start for start, _value in pairs]
    if starts != sorted(set(starts)):
        raise RuleDataError(f"{where}: put the entries in date order, one for each date.")
    return Series(tuple(starts), tuple(value for _start, value in pairs))


def _listed(raw: Any, where: str) -> list[tuple[Mapping[str, Any], str]]:
    keys = {"from", "value", "source"}
    if not isinstance(raw, list) or not raw:
        raise RuleDataError(f"{where}: write a list of entries with from, value and source.")
    entries = [(only(item, keys, where, required=keys), where) for item in raw]
    starts = [item["from"] for item, _where in entries]
    if starts != sorted(set(starts)):
        raise RuleDataError(f"{where}: put the entries in date order, one for each date.")
    return entries


def _decimal(text: Any, where: str) -> Decimal:
    try:
        if not isinstance(text, str):
            raise InvalidOperation
        value = Decimal(text)
        if not value.is_finite() or value < 0:
            raise InvalidOperation
    except InvalidOperation as error:
        raise RuleDataError(f'{where}: write a number in quotes, not "{text}".') from error
    return value


def _csv(path: Traversable) -> Iterator[Found]:
    lines = path.read_text(encoding="utf-8").splitlines()
    seen = set()
    for number, row in enumerate(csv.DictReader(lines), 2):
        key = (row.get("code") or locality_key(row), row["from"])
        where = f"{path.name}, line {number}"
        if key in seen:
            raise RuleDataError(f"{where}: {key[0]} from {key[1]} stands there twice.")
        seen.add(key)
        yield row, where
