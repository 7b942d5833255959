"""One stream of JSON to resources: a resource a line, one document, or a bundle of any size."""

import io
import zlib
from collections.abc import Iterator
from typing import IO, Any, Final, NamedTuple

import ijson
import orjson

from steadwell.wire.fhir.values import Json

WHOLE: Final = 50 * 1024 * 1024
LONGEST_LINE: Final = 64 * 1024 * 1024
_BOM: Final = b"\xef\xbb\xbf"
_BY_LINE: Final = (".ndjson", ".jsonl")


class Item(NamedTuple):
    """A resource, or the reason why there is none. `number` is its line, or its place in a bundle."""

    number: int
    full_url: str
    resource: Json | None
    problem: str = ""


def read_stream(stream: IO[bytes], name: str) -> Iterator[Item]:
    """Every resource of the stream, in order. Bundles are taken apart."""
    head = _peek(stream)
    if not head.strip():
        return
    if b"\x00" in head[:4096]:
        yield Item(1, "", None, "the file is not JSON in UTF-8")
    elif name.lower().removesuffix(".gz").endswith(_BY_LINE) or _goes_by_line(head):
        yield from _lines(stream)
    elif head.lstrip()[:1] not in (b"{", b"["):
        yield Item(1, "", None, "the file is not JSON")
    else:
        yield from _document(stream)


def _peek(stream: IO[bytes]) -> bytes:
    head: bytes = stream.peek(1 << 16)  # type: ignore[attr-defined]
    if head.startswith(_BOM):
        stream.read(len(_BOM))
        head = stream.peek(1 << 16)  # type: ignore[attr-defined]
    return head


def _goes_by_line(head: bytes) -> bool:
    """Whether one of the first two lines is an object of its own, and another line begins after it."""
    lines = [line.strip() for line in head.split(b"\n", 8)]
    full = [line for line in lines[:-1] if line][:2]
    if len([line for line in lines if line]) < 2:
        return False
    return any(isinstance(_parsed(line), dict) for line in full)


def _lines(stream: IO[bytes]) -> Iterator[Item]:
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            _skip_line(stream)
            yield Item(number, "", None, "the line is longer than 64 MB")
            continue
        if line.isspace():
            continue
        content = _parsed(line)
        if isinstance(content, dict):
            if content.get("resourceType") == "Bundle":
                for each in _entries(content):
                    yield each._replace(number=number)
            else:
                yield Item(number, "", content)
        else:
            yield Item(number, "", None, "the line is not a JSON object")


def _document(stream: IO[bytes]) -> Iterator[Item]:
    content = _read_up_to(stream, WHOLE + 1)
    first, _break, rest = content.partition(b"\n")
    if rest.strip() and isinstance(_parsed(first), dict):
        yield from _lines(io.BufferedReader(_Chained(content, stream)))
        return
    if len(content) > WHOLE:
        yield from _large(io.BufferedReader(_Chained(content, stream)))
        return
    found = _parsed(content)
    if isinstance(found, list):
        for number, each in enumerate(found, 1):
            yield _item(number, "", each)
    elif not isinstance(found, dict):
        # A document cut short, or broken: what stands before the break is read.
        yield from _large(io.BytesIO(content))
    elif found.get("resourceType") == "Bundle":
        yield from _entries(found)
    else:
        yield Item(1, "", found)


def _read_up_to(stream: IO[bytes], size: int) -> bytes:
    """As much as there is, even if the stream breaks off: then the JSON ends early and says so."""
    chunks: list[bytes] = []
    left = size
    try:
        while left > 0 and (chunk := stream.read1(left)):  # type: ignore[attr-defined]
            chunks.append(chunk)
            left -= len(chunk)
    except (OSError, EOFError, zlib.error):
        pass
    return b"".join(chunks)


def _large(stream: IO[bytes]) -> Iterator[Item]:
    """Entry by entry, whatever the size."""
    number = 0
    try:
        for each in ijson.items(stream, "entry.item", use_float=True):
            number += 1
            yield from _entry(number, each)
    except (ijson.JSONError, ValueError, UnicodeDecodeError, RecursionError):
        yield Item(number + 1, "", None, "the JSON is broken from here on")
        return
    if number == 0:
        yield Item(1, "", None, "the file is too large for one resource, and no bundle")


def _entries(bundle: Json) -> Iterator[Item]:
    entries = bundle.get("entry") or []
    if not isinstance(entries, list):
        yield Item(1, "", None, "entry is not a list")
        return
    for number, each in enumerate(entries, 1):
        yield from _entry(number, each)


def _entry(number: int, entry: Any) -> Iterator[Item]:
    if not isinstance(entry, dict):
        yield Item(number, "", None, "the entry is not an object")
        return
    resource = entry.get("resource")
    url = entry.get("fullUrl")
    if resource is None:
        return  # a request to delete, or an outcome
    if isinstance(resource, dict) and resource.get("resourceType") == "Bundle":
        for each in _entries(resource):
            yield each._replace(number=number)
        return
    yield _item(number, url if isinstance(url, str) else "", resource)


def _item(number: int, url: str, content: Any) -> Item:
    if isinstance(content, dict):
        return Item(number, url, content)
    return Item(number, url, None, "the resource is not an object")


def _parsed(content: bytes) -> Any:
    try:
        return orjson.loads(content)
    except (orjson.JSONDecodeError, RecursionError):
        return None


def _skip_line(stream: IO[bytes]) -> None:
    while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


class _Chained(io.RawIOBase):
    """What was read already, then the rest of the stream."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        content = self._head.read(len(buffer)) or self._rest.read1(len(buffer))  # type: ignore[attr-defined]
        buffer[: len(content)] = content
        return len(content)
