"""The PPRRVU file: what CMS publishes of each code. Descriptions are the AMA's and are not read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from steadwell.rules.loading.cells import CODE, number, squeezed
from steadwell.rules.loading.faults import LoadFault
from steadwell.rules.loading.opening import Row, Table

_LABELS: Final = {
    "status": "STATUS CODE",
    "work": "WORK RVU",
    "pe_nonfacility": "NON-FAC PE RVU",
    "pe_facility": "FACILITY PE RVU",
    "malpractice": "MP RVU",
    "total_nonfacility": "NON-FACILITY TOTAL",
    "total_facility": "FACILITY TOTAL",
    "factor": "CONV FACTOR",
}
_NUMBERS: Final = tuple(name for name in _LABELS if name != "status")
_YEAR: Final = re.compile(r"(20\d\d) NATIONAL PHYSICIAN FEE SCHEDULE")
_RELEASED: Final = re.compile(r"RELEASED (\d\d/\d\d/\d{4})")
_QUALIFYING: Final = re.compile(r"(?<!NON)(?<!NON[-_ ])QPP?", re.IGNORECASE)
_AGAIN: Final = "Fetch the file from CMS again; do not save it from a spreadsheet."


@dataclass(frozen=True, slots=True)
class CodeRow:
    line: int
    status: str
    numbers: dict[str, Decimal]


@dataclass(slots=True)
class RelativeFile:
    """`qualifying`: the file of qualifying participants, whose factor is their own."""

    table: Table
    year: int = 0
    released: str = ""
    factor: Decimal | None = None
    qualifying: bool = False
    codes: dict[str, CodeRow] = field(default_factory=dict)
    faults: list[LoadFault] = field(default_factory=list)

    @property
    def start(self) -> date:
        return date(self.year, 1, 1)

    def fault(self, line: int | None, reason: str, cure: str = _AGAIN) -> None:
        self.faults.append(LoadFault(file=self.table.name, line=line, reason=reason, cure=cure))


def is_header(row: Row) -> bool:
    return [squeezed(cell) for cell in row[:2]] == ["HCPCS", "MOD"]


def read_relative_values(table: Table) -> RelativeFile:
    """Everything the file says, and everything that is wrong with it."""
    file = RelativeFile(table, qualifying=bool(_QUALIFYING.search(table.name.upper())))
    rows = table.rows()
    places = _columns(file, _head(file, rows))
    if places:
        seen: dict[tuple[str, str], int] = {}
        for line, row in rows:
            if any(row):
                _take(file, line, row, places, seen)
    if not file.year:
        file.fault(None, "It does not say for which year it is.")
    if places and file.factor is None:
        file.fault(None, "It has no conversion factor.")
    return file


def _head(file: RelativeFile, rows: Iterator[tuple[int, Row]]) -> list[str]:
    """The names of the columns, which stand on two lines; on the way year and day of release."""
    above: Row = []
    for _line, row in rows:
        said = squeezed(" ".join(row))
        year, released = _YEAR.search(said), _RELEASED.search(said)
        file.year = int(year[1]) if year else file.year
        file.released = released[1] if released else file.released
        if is_header(row):
            padded = [*above, *[""] * (len(row) - len(above))]
            return [squeezed(f"{one} {other}") for one, other in zip(padded, row, strict=False)]
        above = row
    return []


def _columns(file: RelativeFile, header: list[str]) -> dict[str, int]:
    places = {name: header.index(label) for name, label in _LABELS.items() if label in header}
    missing = [label for name, label in _LABELS.items() if name not in places]
    if missing:
        file.fault(
            None, f"The column {missing[0]} is missing.", "Give the file as CMS publishes it."
        )
        return {}
    return places


def _take(
    file: RelativeFile,
    line: int,
    row: Row,
    places: dict[str, int],
    seen: dict[tuple[str, str], int],
) -> None:
    if len(row) <= max(places.values()):
        return file.fault(line, f"It has {len(row)} cells, and the header more.")
    code, modifier = row[0].upper(), row[1].upper()
    if not CODE.fullmatch(code):
        return file.fault(line, f"{row[0]!r} is no code.")
    if (code, modifier) in seen:
        name = f"{code} {modifier}".strip()
        return file.fault(line, f"{name} stands there twice; first on line {seen[code, modifier]}.")
    seen[code, modifier] = line
    numbers = {name: number(row[places[name]]) for name in _NUMBERS}
    known = {name: value for name, value in numbers.items() if value is not None}
    for name in _NUMBERS:
        if name not in known:
            return file.fault(
                line, f"{code}: {row[places[name]]!r} under {_LABELS[name]} is no number."
            )
    _add_up(file, line, code, known)
    _one_factor(file, line, known["factor"])
    if not modifier:
        file.codes[code] = CodeRow(line, row[places["status"]].upper(), known)
    return None


def _add_up(file: RelativeFile, line: int, code: str, numbers: dict[str, Decimal]) -> None:
    """CMS prints the sums: where ours differ, a column or a number is not what it should be."""
    for setting in ("nonfacility", "facility"):
        ours = numbers["work"] + numbers[f"pe_{setting}"] + numbers["malpractice"]
        theirs = numbers[f"total_{setting}"]
        if ours != theirs:
            file.fault(
                line,
                f"{code}: the {setting} parts are together {ours}, and the file says {theirs}.",
            )


def _one_factor(file: RelativeFile, line: int, factor: Decimal) -> None:
    if not factor:
        return
    if file.factor is None:
        file.factor = factor
    elif factor != file.factor:
        file.fault(line, f"The conversion factor is {factor} here, and {file.factor} above.")
