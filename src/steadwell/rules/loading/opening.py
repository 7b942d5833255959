"""Files as CMS publishes them, as rows with their line numbers: csv, txt with tabs, gz, zip."""

import csv
import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from steadwell.rules.loading.faults import LoadFault, LoadRefused

Row = list[str]
_TEXTS: Final = (".csv", ".txt")
_LARGEST: Final = 400_000_000
_TAKE_TEXT: Final = "Give the .csv or .txt that lies in the same zip, or the zip itself."


@dataclass(frozen=True, slots=True)
class Table:
    """One text of a file. `packed` says it came out of a zip, where others lie beside it."""

    name: str
    raw: bytes
    packed: bool

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Each row with the number of its first line.

        Raises:
            LoadRefused: the text is no table.
        """
        lines = (
            self.raw.removeprefix(b"\xef\xbb\xbf").decode("cp1252", errors="replace").splitlines()
        )
        delimiter = "\t" if any(line.count("\t") >= 3 for line in lines[:40]) else ","
        reader = csv.reader(lines, delimiter=delimiter)
        first = 1
        try:
            for row in reader:
                yield first, [cell.strip() for cell in row]
                first = reader.line_num + 1
        except csv.Error as error:
            cure = "Fetch the file from CMS again."
            fault = LoadFault(
                file=self.name, line=first, reason=f"This is no row: {error}.", cure=cure
            )
            raise LoadRefused([fault]) from error


def tables(paths: Sequence[Path]) -> list[Table]:
    """The texts of all files, in the order given.

    Raises:
        LoadRefused: a file cannot be read.
    """
    found: list[Table] = []
    faults: list[LoadFault] = []
    for path in paths:
        try:
            found += _texts(path)
        except LoadRefused as refused:
            faults += refused.faults
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
            reason = f"It cannot be read: {getattr(error, 'strerror', None) or error}."
            faults.append(LoadFault(file=path.name, reason=reason, cure="Fetch it from CMS again."))
    if faults:
        raise LoadRefused(faults)
    return found


def _texts(path: Path) -> list[Table]:
    suffix = path.suffix.lower()
    if suffix == ".zip":
        return _members(path)
    if suffix == ".gz":
        with gzip.open(path) as stream:
            return [Table(path.stem, _bounded(stream.read(_LARGEST + 1), path.name), packed=False)]
    if suffix not in _TEXTS:
        reason = f"A file of the kind {suffix or 'without a suffix'} is not read."
        raise LoadRefused([LoadFault(file=path.name, reason=reason, cure=_TAKE_TEXT)])
    with path.open("rb") as stream:
        return [Table(path.name, _bounded(stream.read(_LARGEST + 1), path.name), packed=False)]


def _members(path: Path) -> list[Table]:
    """The texts of a zip; where one lies there as csv and as txt, the csv."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(_TEXTS)]
        stems = {_stem(name) for name in names if name.lower().endswith(".csv")}
        chosen = [
            name for name in names if name.lower().endswith(".csv") or _stem(name) not in stems
        ]
        if not chosen:
            reason = "No .csv or .txt lies in this zip."
            raise LoadRefused([LoadFault(file=path.name, reason=reason, cure=_TAKE_TEXT)])
        return [
            Table(PurePosixPath(name).name, _member(archive, name), packed=True)
            for name in chosen
            if not name.startswith("__MACOSX/")
        ]


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return _bounded(stream.read(_LARGEST + 1), name)


def _stem(name: str) -> str:
    return str(PurePosixPath(name).with_suffix("")).lower()


def _bounded(raw: bytes, name: str) -> bytes:
    if len(raw) > _LARGEST:
        reason = f"It is larger than {_LARGEST // 1_000_000} MB, which no table of CMS is."
        raise LoadRefused([LoadFault(file=name, reason=reason, cure="Fetch it from CMS again.")])
    return raw
