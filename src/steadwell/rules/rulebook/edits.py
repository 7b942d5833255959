"""NCCI edits: pairs that are not paid together, units at most, and what an add-on is added to."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.resources.abc import Traversable
from typing import Final

from steadwell.rules.rulebook.entries import CodeRules, Dated, DatedRule, RuleDataError
from steadwell.rules.rulebook.installed import NOTHING, Installed, Row
from steadwell.rules.rulebook.reading import day, known_source

CAP: Final = "units_at_most"
_FROM_EDITS: Final = "MUE26"
"""The source a cap of a code file cites where it is taken from the table of unit edits."""


@dataclass(frozen=True, slots=True)
class PairEdit:
    """Of two codes on one day, `pays` is paid and `denies` is not; `modifier`: 0 never both, 1 a
    modifier may open it, 9 it never was in force."""

    pays: str
    denies: str
    start: date
    end: date | None
    modifier: str
    source: str

    def holds_on(self, when: date) -> bool:
        return self.modifier != "9" and self.start <= when and (not self.end or when <= self.end)


@dataclass(frozen=True, slots=True)
class UnitEdit:
    """`by_line`: the units of one line are held against it, else all of the day."""

    code: str
    start: date
    at_most: int
    by_line: bool
    source: str


@dataclass(frozen=True, slots=True)
class Edits:
    """`pairs` by both codes, `units` by code, newest last. `tables`: the days from which unit tables
    hold; a code that the newest table of a day does not name has no unit edit."""

    pairs: Mapping[tuple[str, str], tuple[PairEdit, ...]] = field(default_factory=dict)
    units: Mapping[str, tuple[UnitEdit, ...]] = field(default_factory=dict)
    add_ons: Mapping[str, frozenset[str]] = field(default_factory=dict)
    tables: tuple[date, ...] = ()

    def pair(self, one: str, other: str, on: date) -> PairEdit | None:
        """The edit of two codes in either order."""
        both = (*self.pairs.get((one, other), ()), *self.pairs.get((other, one), ()))
        return next((each for each in both if each.holds_on(on)), None)

    def unit(self, code: str, on: date) -> UnitEdit | None:
        table = max((start for start in self.tables if start <= on), default=None)
        return next((each for each in self.units.get(code, ()) if each.start == table), None)


def read_edits(
    directory: Traversable, *, sources: frozenset[str], installed: Installed = NOTHING
) -> Edits:
    """
    Raises:
        RuleDataError: a table is not as it must be.
    """
    rows = [*_csv(directory / "units.csv"), *installed.rows("units")]
    units = [_unit(row, where, sources) for row, where in rows]
    pairs = [_pair(row, where, sources) for row, where in installed.rows("pairs")]
    add_ons: dict[str, frozenset[str]] = {}
    for row, where in _csv(directory / "add_ons.csv"):
        known_source(row["source"], where, sources)
        add_ons[row["code"]] = add_ons.get(row["code"], frozenset()) | {row["base"]}
    return Edits(
        pairs=_grouped(pairs), units=_by_code(units), add_ons=add_ons,
        tables=tuple(sorted({each.start for each in units})),
    )  # fmt: skip


def with_loaded_caps(code: CodeRules, edits: Edits) -> CodeRules:
    """A cap that cites the unit edits follows a newer table of them, from its day on."""
    cap = code.rules.get(CAP)
    if cap is None or cap.entries[-1].source != _FROM_EDITS:
        return code
    entries = list(cap.entries)
    for edit in edits.units.get(code.code, ()):
        if edit.source != _FROM_EDITS and edit.at_most != entries[-1].value:
            entries.append(Dated(edit.start, edit.at_most, edit.source))
    rule = DatedRule(cap.key, cap.id, cap.needed, tuple(entries))
    return replace(code, rules={**code.rules, CAP: rule})


def _pair(row: Row, where: str, sources: frozenset[str]) -> PairEdit:
    if row["modifier"] not in {"0", "1", "9"}:
        raise RuleDataError(f"{where}: the modifier indicator must be 0, 1 or 9.")
    return PairEdit(
        pays=row["pays"],
        denies=row["denies"],
        start=day(row["from"], where),
        end=day(row["to"], where) if row["to"] else None,
        modifier=row["modifier"],
        source=known_source(row["source"], where, sources),
    )


def _unit(row: Row, where: str, sources: frozenset[str]) -> UnitEdit:
    if not row["at_most"].isdecimal() or row["counted"] not in {"1", "2", "3"}:
        raise RuleDataError(f"{where}: write whole units, and 1, 2 or 3 for how they are counted.")
    return UnitEdit(
        code=row["code"],
        start=day(row["from"], where),
        at_most=int(row["at_most"]),
        by_line=row["counted"] == "1",
        source=known_source(row["source"], where, sources),
    )


def _grouped(pairs: Iterable[PairEdit]) -> dict[tuple[str, str], tuple[PairEdit, ...]]:
    found: dict[tuple[str, str], tuple[PairEdit, ...]] = {}
    for each in pairs:
        key = (each.pays, each.denies)
        found[key] = (*found.get(key, ()), each)
    return found


def _by_code(units: Iterable[UnitEdit]) -> dict[str, tuple[UnitEdit, ...]]:
    found: dict[str, tuple[UnitEdit, ...]] = {}
    for each in sorted(units, key=lambda edit: (edit.code, edit.start, edit.source)):
        before = found.get(each.code, ())
        if before and before[-1].start == each.start:
            if before[-1].at_most != each.at_most:
                raise RuleDataError(
                    f"{each.code} has two unit edits from {each.start}. Put the wrong one aside."
                )
            continue
        found[each.code] = (*before, each)
    return found


def _csv(path: Traversable) -> Iterator[tuple[Row, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, row in enumerate(csv.DictReader(lines), 2):
        yield row, f"{path.name}, line {number}"
