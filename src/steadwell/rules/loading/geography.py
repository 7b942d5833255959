"""The GPCI file: indices of work, practice expense and malpractice for each locality."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from steadwell.rules.loading.cells import column, number, squeezed
from steadwell.rules.loading.faults import LoadFault
from steadwell.rules.loading.opening import Row, Table
from steadwell.rules.rulebook.fees import Index

_YEAR: Final = re.compile(r"(20\d\d) PE GPCI")
_LEAST, _MOST = Decimal("0.1"), Decimal(5)
_AGAIN: Final = "Fetch the file from CMS again."
_NOT_CMS: Final = "This is not the table that CMS publishes: fetch it from cms.gov itself."


@dataclass(frozen=True, slots=True)
class PlaceRow:
    line: int
    contractor: str
    locality: str
    state: str
    name: str
    work: Decimal
    expense: Decimal
    malpractice: Decimal

    @property
    def key(self) -> str:
        return f"{self.contractor}-{self.locality}"

    @property
    def index(self) -> Index:
        return Index(self.work, self.expense, self.malpractice)


@dataclass(slots=True)
class GeographyFile:
    table: Table
    year: int = 0
    places: dict[str, PlaceRow] = field(default_factory=dict)
    faults: list[LoadFault] = field(default_factory=list)

    @property
    def start(self) -> date:
        return date(self.year, 1, 1)

    def fault(self, line: int | None, reason: str, cure: str = _AGAIN) -> None:
        self.faults.append(LoadFault(file=self.table.name, line=line, reason=reason, cure=cure))


def is_header(row: Row) -> bool:
    return any("LOCALITY NUMBER" in squeezed(cell) for cell in row) and any(
        "GPCI" in squeezed(cell) for cell in row
    )


def read_geography(table: Table, states: Mapping[str, frozenset[str]]) -> GeographyFile:
    """Everything the file says, and everything that is wrong with it.

    `states` are the states that each contractor is known to serve.
    """
    file = GeographyFile(table)
    columns: dict[str, int] = {}
    for line, row in table.rows():
        if is_header(row):
            columns = _columns(file, [squeezed(cell) for cell in row])
            if not columns:
                return file
        elif columns:
            _take(file, line, row, columns)
    if not file.year:
        file.fault(None, "It does not say for which year it is.")
    if not file.places and not file.faults:
        file.fault(None, "It names no locality.")
    _contractors(file, states)
    return file


def _columns(file: GeographyFile, header: list[str]) -> dict[str, int]:
    """The work index with its floor of 1.0, as the law has it; where there is one column, that."""
    floored = column(header, "PW GPCI", "WITH 1.0")
    found = {
        "contractor": column(header, "CONTRACTOR"),
        "state": column(header, "STATE"),
        "locality": column(header, "LOCALITY NUMBER"),
        "name": column(header, "LOCALITY NAME"),
        "work": column(header, "PW GPCI", without="WITHOUT") if floored is None else floored,
        "expense": column(header, "PE GPCI"),
        "malpractice": column(header, "MP GPCI"),
    }
    for name, place in found.items():
        if place is None:
            file.fault(
                None, f"The column of the {name} is missing.", "Give the file as CMS publishes it."
            )
            return {}
    year = _YEAR.search(" ".join(header))
    file.year = int(year[1]) if year else 0
    return {name: place for name, place in found.items() if place is not None}


def _take(file: GeographyFile, line: int, row: Row, columns: dict[str, int]) -> None:
    cells = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
    if not any(cells[name] for name in ("state", "locality", "work")):
        return None  # an empty line, or a footnote
    if not (cells["contractor"].isdecimal() and cells["locality"].isdecimal()):
        return file.fault(
            line, f"{cells['contractor']!r} and {cells['locality']!r} name no locality."
        )
    indices = {name: number(cells[name]) for name in ("work", "expense", "malpractice")}
    good = {
        name: value
        for name, value in indices.items()
        if value is not None and _LEAST <= value <= _MOST
    }
    for name in indices:
        if name not in good:
            return file.fault(line, f"{cells[name]!r} is no index of {name}.")
    found = PlaceRow(
        line, cells["contractor"].zfill(5), cells["locality"].zfill(2), squeezed(cells["state"]),
        squeezed(cells["name"]), **good,
    )  # fmt: skip
    if found.key in file.places:
        first = file.places[found.key].line
        return file.fault(line, f"{found.key} stands there twice; first on line {first}.")
    file.places[found.key] = found
    return None


def _contractors(file: GeographyFile, states: Mapping[str, frozenset[str]]) -> None:
    """A contractor's number means its state: a file that gives it another was not made by CMS."""
    for place in file.places.values():
        known = states.get(place.contractor)
        if known and place.state not in known:
            theirs = " and ".join(sorted(known))
            reason = f"Contractor {place.contractor} serves {theirs}, and the file gives it {place.state}."
            file.fault(place.line, reason, _NOT_CMS)
