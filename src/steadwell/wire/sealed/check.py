"""Whether a sealed file is as it was sealed. The first thing that differs is named; no database."""

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from steadwell.wire.sealed.manifest import FORMAT, MANIFEST, digest_of
from steadwell.wire.sealed.packet import fault_of

PIECE = 1 << 20
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, KeyError,
    RuntimeError, NotImplementedError, OverflowError,
)  # fmt: skip


class NotWhole(Exception):
    """What differs first, as a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What was found in order: how many files, the digest to compare with the audit trail's."""

    kind: str
    files: int
    digest: str
    about: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A sealed file's names, in any order, and how each is opened."""

    names: list[str]
    open: Callable[[str], IO[bytes]]


def check(path: Path) -> Whole:
    """Check a zip, an unpacked folder, or the data of one packet.

    Raises:
        NotWhole: with the first thing that differs.
    """
    if path.is_dir():
        return _checked(_folder(path))
    if path.suffix == ".json" and path.name != MANIFEST:
        return _one_packet(path)
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
        except BROKEN as error:
            raise NotWhole(
                "This is no zip archive that can be read, nor a packet's JSON: it is cut short,"
                " changed, or another kind of file."
            ) from error
        names = [one.filename for one in archive.infolist()]
        return _checked(Opened(names=names, open=archive.open))


def _folder(path: Path) -> Opened:
    found = [one for one in path.rglob("*") if not one.is_dir()]
    if linked := next((one for one in path.rglob("*") if one.is_symlink()), None):
        raise NotWhole(f"{linked.relative_to(path).as_posix()} is a link, not a file.")
    names = [one.relative_to(path).as_posix() for one in found]
    return Opened(names=names, open=lambda name: (path / name).open("rb"))


def _one_packet(path: Path) -> Whole:
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, OSError) as error:
        raise NotWhole(f"It is not JSON: {error}.") from error
    if fault := fault_of(content):
        raise NotWhole(fault)
    return Whole(kind="packet", files=1, digest=content["packet"]["digests"]["snapshot"], about={})


def _checked(opened: Opened) -> Whole:
    manifest = _manifest(opened)
    listed = {one["name"]: one for one in manifest["files"]}
    seen = set()
    for name in sorted(opened.names):
        if name in seen:
            raise NotWhole(f"{name} is there twice.")
        seen.add(name)
    for name in sorted(listed.keys() | (seen - {MANIFEST})):
        if name not in seen:
            raise NotWhole(f"{name} is missing: the manifest lists it.")
        if name not in listed:
            raise NotWhole(f"{name} was added: the manifest does not list it.")
        _same(opened, name, listed[name])
    return Whole(
        kind=manifest["kind"], files=len(listed), digest=manifest["digest"],
        about=manifest["about"],
    )  # fmt: skip


def _manifest(opened: Opened) -> dict[str, Any]:
    if opened.names.count(MANIFEST) != 1:
        raise NotWhole(f"{MANIFEST} is missing or there twice: nothing says what belongs here.")
    try:
        with opened.open(MANIFEST) as stream:
            found = json.loads(stream.read())
        parts = (found["kind"], found["about"], found["digest"])
        rows = [(one["name"], one["bytes"], one["sha256"]) for one in found["files"]]
    except (*BROKEN, TypeError) as error:
        raise NotWhole(f"{MANIFEST} cannot be read as a manifest.") from error
    if found["format"] != FORMAT:
        raise NotWhole(f"{MANIFEST} has the format {found['format']!r}; this reads {FORMAT!r}.")
    if len({name for name, *_rest in rows}) != len(rows) or not all(parts[::2]):
        raise NotWhole(f"{MANIFEST} lists a file twice or says not what it is of.")
    if (digest := digest_of(found)) != found["digest"]:
        raise NotWhole(f"{MANIFEST} was changed: its digest is {digest}, it says {parts[2]}.")
    manifest: dict[str, Any] = found
    return manifest


def _same(opened: Opened, name: str, listed: dict[str, Any]) -> None:
    digest, length = hashlib.sha256(), 0
    content = bytearray()
    is_packet = name.startswith("packets/") and name.endswith(".json")
    try:
        with opened.open(name) as stream:
            while length <= listed["bytes"] and (piece := stream.read(PIECE)):
                length += len(piece)
                digest.update(piece)
                content += piece if is_packet else b""
    except BROKEN as error:
        raise NotWhole(f"{name} cannot be read: it was changed.") from error
    if length != listed["bytes"] or digest.hexdigest() != listed["sha256"]:
        raise NotWhole(f"{name} was changed: its SHA-256 is not the one in the manifest.")
    if is_packet and (fault := fault_of(json.loads(bytes(content)))):
        raise NotWhole(f"{name}: {fault}")
