"""The list of what is in a sealed file, with a digest of each and one over the list itself."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson

FORMAT = "steadwell manifest 1"
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file: its path with forward slashes, its length in bytes, its SHA-256 in hexadecimal."""

    name: str
    bytes: int
    sha256: str


def canonical(value: Any) -> bytes:
    """Sorted keys, UTF-8, no spaces: the same value gives the same bytes."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def sealed(kind: str, about: Mapping[str, Any], files: Iterable[Entry]) -> dict[str, Any]:
    """The manifest, with the digest over everything else in it."""
    body = {
        "format": FORMAT,
        "kind": kind,
        "about": dict(about),
        "files": [asdict(one) for one in files],
    }
    return {**body, "digest": digest_of(body)}


def digest_of(manifest: Mapping[str, Any]) -> str:
    """SHA-256 over the manifest without its own digest."""
    body = {key: value for key, value in manifest.items() if key != "digest"}
    return hashlib.sha256(canonical(body)).hexdigest()


def as_file(manifest: Mapping[str, Any]) -> bytes:
    """Indented, to be read by people too."""
    return orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def sums(files: Iterable[Entry]) -> bytes:
    """What `sha256sum -c` reads, on machines without Steadwell."""
    return "".join(f"{one.sha256}  {one.name}\n" for one in files).encode()
