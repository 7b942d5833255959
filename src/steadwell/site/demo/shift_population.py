"""Moves an export in time by whole days, so that a demo made once is always of today."""

import gzip
import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BufferedWriter
from pathlib import Path
from typing import Final

# A string that is a date or a date and time from beginning to end, with the name of its element
# where it has one (in a list it has none). Quotes inside texts are escaped, so texts never match.
_DATED: Final = re.compile(rb'"(?:(\w+)"\s*:\s*")?(\d{4}-\d{2}-\d{2})(T[^"\\]*)?"')
_STAYS: Final = frozenset({b"birthDate", b"value", b"code", b"display", b"text", b"id"})
_STARTED: Final = re.compile(rb'"start"\s*:\s*"(\d{4}-\d{2}-\d{2})')


def shift_population(source: Path, target: Path, days: int) -> int:
    """Copies every NDJSON file of `source` (gzipped or not) into `target`, which is made, and moves
    all dates by `days`. Times of day and all else stay byte for byte. Returns the lines written.

    Birth dates stay, and so do dates without a day (2014, 2014-03), names, codes and identifiers.
    Deaths move. Memory holds one line at a time.

    Raises:
        FileNotFoundError: `source` holds no NDJSON file.
        OverflowError: a date would leave the calendar.
    """
    by = timedelta(days=days)
    written = 0
    for path in _files(source):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        with _open_to_write(copy) as lines:
            for line in _lines(path):
                lines.write(_shifted(line, by))
                written += 1
    return written


def newest_encounter_on(source: Path) -> date:
    """The last day on which an encounter of the export began.

    Raises:
        ValueError: there is no encounter.
    """
    days = (
        found[1]
        for path in _files(source)
        if path.name.startswith("Encounter.")
        for line in _lines(path)
        if (found := _STARTED.search(line))
    )
    newest = max(days, default=None)
    if newest is None:
        raise ValueError(f"{source.name} holds no encounter with a start. Add Encounter.ndjson.")
    return date.fromisoformat(newest.decode())


def _files(source: Path) -> list[Path]:
    files = sorted([*source.rglob("*.ndjson"), *source.rglob("*.ndjson.gz")])
    if not files:
        raise FileNotFoundError(f"{source} holds no .ndjson or .ndjson.gz file.")
    return files


def _lines(path: Path) -> Iterator[bytes]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        yield from lines


def _open_to_write(path: Path) -> gzip.GzipFile | BufferedWriter:
    return gzip.GzipFile(path, "wb", mtime=0) if path.suffix == ".gz" else path.open("wb")


def _shifted(line: bytes, by: timedelta) -> bytes:
    def move(found: re.Match[bytes]) -> bytes:
        if found[1] in _STAYS:
            return found[0]
        moved = (date.fromisoformat(found[2].decode()) + by).isoformat().encode()
        begin, end = found.span(2)
        return found[0][: begin - found.start()] + moved + found[0][end - found.start() :]

    return _DATED.sub(move, line)
