"""Files to resources: NDJSON and JSON, plain, gzipped or zipped, one after the other, never whole folders."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from steadwell.wire.fhir.documents import Item, read_stream

_SUFFIXES: Final = (".json", ".ndjson", ".jsonl")
_FIRST: Final = ("organization", "practitioner", "hospital", "medication.", "patient")
_BROKEN: Final = (
    OSError,
    EOFError,
    zlib.error,
    zipfile.BadZipFile,
    RuntimeError,
    NotImplementedError,
)


@dataclass(slots=True)
class Source:
    """One file. `name` is its path below what was given; `size` what it takes on the disk."""

    name: str
    size: int
    path: Path
    member: str = ""


@dataclass(slots=True)
class Found:
    """What lies under a path: what to read, what was left aside, and what could not be opened."""

    sources: list[Source] = field(default_factory=list)
    left_aside: int = 0
    broken: list[tuple[str, str]] = field(default_factory=list)


def find_sources(path: Path) -> Found:
    """A file, or every file below a folder; zip archives member by member.

    Raises:
        FileNotFoundError: there is nothing at `path`.
    """
    found = Found()
    if path.is_dir():
        for each in sorted(path.rglob("*")):
            if each.is_file():
                _add(found, each, str(each.relative_to(path)), asked_for=False)
    elif path.exists():
        _add(found, path, path.name, asked_for=True)
    else:
        raise FileNotFoundError(path)
    found.sources.sort(key=_order)
    return found


def read_source(source: Source, advanced: Callable[[int], None] | None = None) -> Iterator[Item]:
    """The resources of a file; what cannot be read is an item with its reason.

    Args:
        advanced: called with how many bytes of the file (on the disk) have been taken since.
    """
    number = 0
    try:
        with source.path.open("rb") as raw:
            counted = _Counted(raw, advanced)
            with _opened(source, counted) as stream:
                for item in read_stream(stream, source.name):
                    number = item.number
                    yield item
    except _BROKEN as error:
        yield Item(number + 1, "", None, f"the file cannot be read further: {_reason(error)}")


def _add(found: Found, path: Path, name: str, *, asked_for: bool) -> None:
    lower = path.name.lower()
    if lower.startswith(".") or "__MACOSX" in name:
        return
    if lower.endswith(".zip"):
        _add_members(found, path, name)
    elif asked_for or lower.removesuffix(".gz").endswith(_SUFFIXES):
        found.sources.append(Source(name, path.stat().st_size, path))
    else:
        found.left_aside += 1


def _add_members(found: Found, path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except _BROKEN as error:
        found.broken.append((name, f"the archive cannot be opened: {_reason(error)}"))
        return
    for each in members:
        inner = each.filename
        if each.is_dir() or "__MACOSX" in inner or inner.rpartition("/")[2].startswith("."):
            continue
        if inner.lower().removesuffix(".gz").endswith(_SUFFIXES):
            found.sources.append(Source(f"{name}/{inner}", each.compress_size, path, inner))
        else:
            found.left_aside += 1


def _order(source: Source) -> tuple[int, str]:
    """Those that others refer to come first. A help, not a condition: order never decides."""
    last = source.name.rpartition("/")[2].lower()
    rank = next((at for at, word in enumerate(_FIRST) if last.startswith(word)), len(_FIRST))
    return rank, source.name


def _opened(source: Source, raw: "_Counted") -> IO[bytes]:
    stream: IO[bytes] = io.BufferedReader(raw, 1 << 18)
    if source.member:
        archive = zipfile.ZipFile(stream)
        stream = io.BufferedReader(archive.open(source.member), 1 << 18)  # type: ignore[type-var]
    if stream.peek(2)[:2] == b"\x1f\x8b":  # type: ignore[attr-defined]
        stream = io.BufferedReader(_Unpacked(gzip.GzipFile(fileobj=stream)), 1 << 18)
    return stream


class _Counted(io.RawIOBase):
    """A file that tells how far it has been read."""

    def __init__(self, raw: IO[bytes], advanced: Callable[[int], None] | None) -> None:
        self._raw = raw
        self._advanced = advanced

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        return self._raw.tell()

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        content = self._raw.read(len(buffer))
        buffer[: len(content)] = content
        if self._advanced:
            self._advanced(len(content))
        return len(content)


class _Unpacked(io.RawIOBase):
    """A gzipped stream that gives all it has before it says that it is broken."""

    def __init__(self, packed: gzip.GzipFile) -> None:
        self._packed = packed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        content = self._packed.read1(len(buffer))
        buffer[: len(content)] = content
        return len(content)


def _reason(error: BaseException) -> str:
    if isinstance(error, EOFError):
        return "it ends early"
    if isinstance(error, zlib.error | zipfile.BadZipFile | gzip.BadGzipFile):
        return "its compression is broken"
    if isinstance(error, PermissionError):
        return "reading it is not allowed"
    return "it is locked by a password" if type(error) is RuntimeError else "it could not be opened"
