"""NCCI pairs and unit edits, as CMS publishes them each quarter."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from steadwell.rules.loading.cells import CODE, column, day, squeezed
from steadwell.rules.loading.faults import LoadFault, LoadRefused
from steadwell.rules.loading.folder import Draft, Loaded, kept_in
from steadwell.rules.loading.opening import Row, Table, tables
from steadwell.rules.rulebook.edits import PairEdit, UnitEdit
from steadwell.rules.rulebook.installed import EDITS

_EFFECTIVE: Final = re.compile(r"EFF[A-Z]*[ _-]*(\d\d)-(\d\d)-(\d{4})")
_AGAIN: Final = "Fetch the file from CMS again; do not save it from a spreadsheet."
_FRESH: Final = "Put edits.json of the rules folder aside, and load the newest tables of CMS alone."


@dataclass(slots=True)
class EditFile:
    """`kind` is pairs or units; empty where it is neither."""

    table: Table
    kind: str = ""
    effective: date | None = None
    pairs: list[PairEdit] = field(default_factory=list)
    units: list[UnitEdit] = field(default_factory=list)
    seen: int = 0
    faults: list[LoadFault] = field(default_factory=list)

    def fault(self, line: int | None, reason: str, cure: str = _AGAIN) -> None:
        self.faults.append(LoadFault(file=self.table.name, line=line, reason=reason, cure=cure))


def load_edits(
    paths: Sequence[Path], directory: Path, *, start: date | None = None, dry_run: bool = False
) -> Loaded:
    """Keep the edits among codes that the rulebook has; `start` is the day of a unit table that does
    not name it.

    Raises:
        LoadRefused: a file is not as CMS publishes it, or gainsays what is known. Nothing is kept.
        RuleDataError: the folder, or what would be kept, cannot be read.
    """
    found = tables(paths)

    def change(draft: Draft) -> None:
        wanted = frozenset({*draft.book.codes, *draft.book.fees.values})
        files = [read_edit_file(table, wanted, start) for table in found]
        faults = [*_strangers(files), *(fault for file in files for fault in file.faults)]
        if faults:
            raise LoadRefused(faults)
        for file in files:
            _keep(draft, file)

    return kept_in(directory, EDITS, change, dry_run=dry_run)


def read_edit_file(table: Table, wanted: frozenset[str], start: date | None) -> EditFile:
    """Everything the file says about these codes, and everything that is wrong with it."""
    file = EditFile(table, effective=start or _effective(table.name))
    rows = table.rows()
    for _number, (_line, row) in zip(range(40), rows, strict=False):
        header = [squeezed(cell) for cell in row]
        if header[:2] == ["COLUMN 1", "COLUMN 2"]:
            file.kind = "pairs"
            _take_pairs(file, rows, wanted)
        elif _units_header(header):
            file.kind = "units"
            _take_units(file, rows, header, wanted)
    if file.kind and not file.seen:
        file.fault(None, "It holds no edit.")
    return file


def _take_pairs(file: EditFile, rows: Iterator[tuple[int, Row]], wanted: frozenset[str]) -> None:
    """The header goes on for some lines, whose first cells are empty."""
    for line, row in rows:
        if not any(row[:2]):
            continue
        if len(row) < 6 or not all(CODE.fullmatch(cell) for cell in row[:2]):
            file.fault(line, "It is no pair of codes with days and a modifier indicator.")
            continue
        file.seen += 1
        if wanted.issuperset(row[:2]):
            _take_pair(file, line, row)


def _take_pair(file: EditFile, line: int, row: Row) -> None:
    begins, ends = day(row[3]), None if row[4] in {"", "*"} else day(row[4])
    if begins is None or (ends is None and row[4] not in {"", "*"}):
        return file.fault(line, f"{row[3]!r} and {row[4]!r} are no days.")
    if row[5] not in {"0", "1", "9"}:
        return file.fault(line, f"{row[5]!r} is no modifier indicator: 0, 1 or 9.")
    return file.pairs.append(PairEdit(row[0], row[1], begins, ends, row[5], ""))


def _units_header(header: Sequence[str]) -> bool:
    return column(header, "HCPCS") is not None and column(header, "MUE VALUES") is not None


def _take_units(
    file: EditFile, rows: Iterator[tuple[int, Row]], header: Sequence[str], wanted: frozenset[str]
) -> None:
    if column(header, "PRACTITIONER") is None:
        cure = "Give the table of practitioner services."
        return file.fault(None, "These are not the edits of practitioner services.", cure)
    if file.effective is None:
        cure = (
            "Say it with --from, as in --from 2027-01-01, or keep the name that CMS gave the file."
        )
        return file.fault(None, "Its name does not say from which day it holds.", cure)
    code, most = column(header, "HCPCS"), column(header, "MUE VALUES")
    counted = column(header, "ADJUDICATION")
    places = [each for each in (code, most, counted) if each is not None]
    if len(places) < 3:
        return file.fault(None, "The column of the adjudication indicator is missing.")
    for line, row in rows:
        if any(row):
            _take_unit(
                file, line, [row[each] if each < len(row) else "" for each in places], wanted
            )
    return None


def _take_unit(file: EditFile, line: int, cells: Row, wanted: frozenset[str]) -> None:
    code, most, counted = cells
    if not CODE.fullmatch(code):
        return file.fault(line, f"{code!r} is no code.")
    if not most.isdecimal() or counted[:1] not in {"1", "2", "3"}:
        return file.fault(line, f"{code}: {most!r} and {counted!r} are no units and no indicator.")
    file.seen += 1
    if code in wanted and file.effective:
        file.units.append(UnitEdit(code, file.effective, int(most), counted[0] == "1", ""))
    return None


def _effective(name: str) -> date | None:
    found = _EFFECTIVE.search(name.upper())
    return date(int(found[3]), int(found[1]), int(found[2])) if found else None


def _strangers(files: Sequence[EditFile]) -> list[LoadFault]:
    """Files that were given by name and hold no edits; and a zip without any."""
    named = [file.table for file in files if not file.kind and not file.table.packed]
    none = not any(file.kind for file in files)
    packed = [file.table for file in files if file.table.packed][:1] if none else []
    reason = "Neither pairs nor unit edits are in it."
    cure = "Give a PTP or MUE table of CMS for practitioners. Fees are loaded with load-fees."
    return [LoadFault(file=each.name, reason=reason, cure=cure) for each in (*named, *packed)]


def _keep(draft: Draft, file: EditFile) -> None:
    before = draft.added
    if file.kind == "pairs":
        source = draft.source_of(file.table, "CMS NCCI procedure-to-procedure edits")
        _keep_pairs(draft, file, source)
    elif file.kind == "units":
        source = draft.source_of(file.table, f"CMS medically unlikely edits from {file.effective}")
        _keep_units(draft, file, source)
    else:
        draft.said.append(f"{file.table.name}: passed over, as it holds no edits.")
        return
    new, ours = draft.added - before, len(file.pairs) + len(file.units)
    draft.said.append(
        f"{file.table.name}: {file.seen} {file.kind}. {ours} among codes of Steadwell: {new} new,"
        f" {ours - new} known already."
    )
    draft.renew()


def _keep_pairs(draft: Draft, file: EditFile, source: str) -> None:
    """A pair whose end was open may get one: that is how CMS deletes an edit."""
    rows = {(row["pays"], row["denies"], row["from"]): row for row in draft.tables["pairs"]}
    for edit in file.pairs:
        said = {
            "pays": edit.pays,
            "denies": edit.denies,
            "from": edit.start.isoformat(),
            "to": edit.end.isoformat() if edit.end else "",
            "modifier": edit.modifier,
            "source": source,
        }
        known = rows.get((edit.pays, edit.denies, said["from"]))
        if known is None:
            draft.add("pairs", said)
            rows[edit.pays, edit.denies, said["from"]] = draft.tables["pairs"][-1]
        elif known["modifier"] != said["modifier"] or (known["to"] and known["to"] != said["to"]):
            raise LoadRefused(
                [_gainsaid(file, f"{edit.pays} with {edit.denies} from {edit.start}")]
            )
        elif known["to"] != said["to"]:
            known |= {"to": said["to"], "source": source}
            draft.added += 1


def _keep_units(draft: Draft, file: EditFile, source: str) -> None:
    edits = draft.book.edits
    for edit in file.units:
        same_day = [each for each in edits.units.get(edit.code, ()) if each.start == edit.start]
        if not same_day:
            row = {"code": edit.code, "from": edit.start.isoformat(), "at_most": str(edit.at_most)}
            counted = "1" if edit.by_line else "2"
            draft.add("units", {**row, "counted": counted, "source": source})
        elif (same_day[0].at_most, same_day[0].by_line) != (edit.at_most, edit.by_line):
            raise LoadRefused([_gainsaid(file, f"{edit.code} from {edit.start}")])


def _gainsaid(file: EditFile, what: str) -> LoadFault:
    reason = f"It differs from what is known: {what}."
    return LoadFault(file=file.table.name, reason=reason, cure=_FRESH)
