"""Putting claim files into a directory: whole or not at all, and readable by their owner only."""

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from steadwell.claims.models import ClaimFile
from steadwell.common.errors import Refusal


class FileDiffers(Refusal):
    """A file of that name is there, with other content."""


def put_files(files: Sequence[ClaimFile], directory: Path) -> list[Path]:
    """The kept bytes of each file; one that is there already, byte for byte, is left alone.

    Raises:
        FileDiffers: somebody changed a file there, or it is another practice's; nothing is put.
        OSError: the directory cannot be written.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    missing = [file for file in files if not _is_there(file, directory / file.name)]
    for file in missing:
        _put(bytes(file.content), directory / file.name)
    return [directory / file.name for file in files]


def _is_there(file: ClaimFile, path: Path) -> bool:
    try:
        found = sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return False
    if found != file.sha256:
        raise FileDiffers(
            f"{path} is there already and differs from what was written. Move it away, then run"
            " this again."
        )
    return True


def _put(content: bytes, path: Path) -> None:
    """Under another name first: a reader sees the whole file or none."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
