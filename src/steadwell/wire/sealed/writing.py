"""Writing sealed files one after another: nothing is kept of them but name, length and digest."""

import hashlib
import os
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

from steadwell.wire.sealed.manifest import MANIFEST, SUMS, Entry, as_file, sealed, sums

EPOCH = (1980, 1, 1, 0, 0, 0)  # no clock in the archive: its times are in the files


class Sealing:
    """Where files are put; `seal` comes last and writes the sums and the manifest."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.names: set[str] = set()

    def put(self, name: str, content: bytes | Iterable[bytes]) -> Entry:
        """One file, whole or in pieces.

        Raises:
            ValueError: the name is there already, or leaves the folder.
        """
        parts = name.split("/")
        if name in self.names or "\\" in name or any(part in {"", ".", ".."} for part in parts):
            raise ValueError(f"{name!r} cannot name a file here: it is there already or no path.")
        self.names.add(name)
        entry = self._written(name, [content] if isinstance(content, bytes) else content)
        self.entries.append(entry)
        return entry

    def seal(self, kind: str, about: Mapping[str, Any]) -> str:
        """Write the sums and the manifest; the manifest's digest."""
        self.put(SUMS, sums(self.entries))
        manifest = sealed(kind, about, self.entries)
        self._written(MANIFEST, [as_file(manifest)])
        digest: str = manifest["digest"]
        return digest

    def _written(self, name: str, pieces: Iterable[bytes]) -> Entry:
        seen, length = hashlib.sha256(), 0
        with self._opened(name) as stream:
            for piece in pieces:
                seen.update(piece)
                length += len(piece)
                stream.write(piece)
        return Entry(name=name, bytes=length, sha256=seen.hexdigest())

    def _opened(self, name: str) -> IO[bytes]:
        raise NotImplementedError


class SealedZip(Sealing):
    """A zip archive written as a stream. Close `archive` after sealing."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self.archive = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)

    def _opened(self, name: str) -> IO[bytes]:
        info = zipfile.ZipInfo(name, EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        return self.archive.open(info, "w", force_zip64=True)


class SealedFolder(Sealing):
    """A folder only its owner may read."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def _opened(self, name: str) -> IO[bytes]:
        path = self.folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
