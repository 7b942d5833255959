"""The installation's folder: read, added to, and written whole or not at all."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from steadwell.rules.loading.opening import Table
from steadwell.rules.rulebook import Rulebook
from steadwell.rules.rulebook.book import released_with
from steadwell.rules.rulebook.installed import (
    EARLIER,
    PARTS,
    Installed,
    installed_from,
    read_installed,
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was found and kept, in sentences; `added` counts the new values."""

    said: tuple[str, ...]
    added: int


@dataclass(slots=True)
class Draft:
    """What a file of the folder will hold. `book` is the rulebook with all that was added so far."""

    path: Path
    others: Mapping[str, bytes]
    book: Rulebook
    sources: dict[str, dict[str, str]]
    tables: dict[str, list[dict[str, str]]]
    said: list[str] = field(default_factory=list)
    added: int = 0

    def add(self, table: str, row: Mapping[str, str]) -> None:
        self.tables[table].append(dict(row))
        self.added += 1

    def renew(self) -> None:
        """Read the rulebook again, with what was added.

        Raises:
            RuleDataError: what was added cannot be read.
        """
        files = {**self.others, self.path.name: self.text().encode()}
        self.book = released_with(installed_from(files, self.path.parent))

    def text(self) -> str:
        """Only sources that something cites, and rows in one order: the same files give the same text."""
        cited = {row["source"] for rows in self.tables.values() for row in rows}
        body: dict[str, Any] = {
            "sources": {key: body for key, body in self.sources.items() if key in cited},
            **{
                name: sorted(rows, key=lambda row: sorted(row.items()))
                for name, rows in self.tables.items()
            },
        }
        return json.dumps(body, indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    def source_of(self, table: Table, title: str) -> str:
        """A key of the file's own, so that every value leads back to its bytes."""
        key = f"{table.name.rsplit('.', 1)[0]}-{table.digest[:8]}"
        self.sources[key] = {"title": title, "cite": f"{table.name}, SHA-256 {table.digest}"}
        return key


def kept_in(
    directory: Path, name: str, change: Callable[[Draft], None], *, dry_run: bool
) -> Loaded:
    """Let `change` add to the file `name`; write it when something was added and all of it reads well.

    Raises:
        LoadRefused: by `change`, and nothing is written.
        RuleDataError: the folder cannot be read, or what would be written cannot be.
    """
    with _alone_in(directory, dry_run=dry_run):
        installed = read_installed(directory)
        draft = Draft(
            path=directory / name,
            others={each: raw for each, raw in installed.files if each != name},
            book=released_with(installed),
            sources=_own_sources(directory / name),
            tables={
                part: [dict(row) for row in installed.tables.get(part, ())] for part in PARTS[name]
            },
        )
        change(draft)
        if draft.added:
            draft.renew()
            if not dry_run:
                _keep_state(directory, installed)
                _write(directory / name, draft.text())
    return Loaded(tuple(draft.said), draft.added)


def _own_sources(path: Path) -> dict[str, dict[str, str]]:
    if not path.exists():
        return {}
    found: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))["sources"]
    return found


def _keep_state(directory: Path, installed: Installed) -> None:
    """What was decided by the present state can then still be decided again."""
    if not installed.files:
        return
    state = directory / EARLIER / released_with(installed).version[:16]
    state.mkdir(parents=True, exist_ok=True)
    for name, content in installed.files:
        _write(state / name, content.decode())


def _write(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with fresh.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)


@contextmanager
def _alone_in(directory: Path, *, dry_run: bool) -> Iterator[None]:
    """One loads at a time; looking needs no folder."""
    if dry_run:
        yield
        return
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
