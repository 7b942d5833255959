"""The file of what could not be taken over: where it stands and why, never what it says."""

import csv
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO


class Rejects:
    """Written as it goes, made with the first reject. `count` lines so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._file: TextIO | None = None
        self._writer: Any = None

    def add(self, file: str, number: int, kind: str, reason: str) -> None:
        """Args: number: the line, or for a bundle the place of the entry, counted from 1."""
        if self._writer is None:
            self._open()
        self._writer.writerow([file, number, kind, reason])
        self.count += 1

    def __enter__(self) -> "Rejects":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def _open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = self.path.open("w", newline="", encoding="utf-8")
        self.path.chmod(0o600)
        self._writer = csv.writer(self._file)
        self._writer.writerow(["file", "line or entry", "resource", "reason"])
