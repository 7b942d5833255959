"""What an installation loaded for itself: fees and edits that came after the release.

They lie in a folder of its own (`STEADWELL_RULES`), are read beside the released files and by the
same rules, and are part of the rulebook's version.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from steadwell.rules.rulebook.entries import RuleDataError, Source

VARIABLE: Final = "STEADWELL_RULES"
FEES: Final = "fees.json"
EDITS: Final = "edits.json"
EARLIER: Final = "earlier"
"""Where the folder's former states are kept, so that what was decided by them can be decided again."""
PARTS: Final = {
    FEES: ("relative_values", "localities", "standard", "qualifying"),
    EDITS: ("pairs", "units"),
}
"""The files of the folder, and the tables in each."""

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Installed:
    """`tables` by name; `files` are names and contents, for the rulebook's version."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()

    def rows(self, table: str) -> Iterator[tuple[Row, str]]:
        """Each row, and where it stands."""
        for number, row in enumerate(self.tables.get(table, ()), 1):
            yield row, f"{table} of this installation, row {number}"


NOTHING: Final = Installed()


def installed_directory() -> Path | None:
    """Where this installation keeps what it loaded; `None` where nobody said."""
    given = os.environ.get(VARIABLE)
    return Path(given) if given else None


def read_installed(directory: Path | None) -> Installed:
    """
    Raises:
        RuleDataError: a file of the folder is not as the commands write it.
    """
    if directory is None:
        return NOTHING
    paths = [directory / name for name in PARTS if (directory / name).exists()]
    return installed_from({path.name: path.read_bytes() for path in paths}, directory)


def installed_from(files: Mapping[str, bytes], directory: Path) -> Installed:
    """From the files' contents by name; the directory is for what an error says.

    Raises:
        RuleDataError: a file is not as the commands write it.
    """
    sources: dict[str, Source] = {}
    tables: dict[str, tuple[Row, ...]] = {}
    for name, raw in sorted(files.items()):
        path = directory / name
        data = _checked(raw, path, PARTS[name])
        sources |= {key: _source(key, body, path) for key, body in data["sources"].items()}
        tables |= {part: tuple(data[part]) for part in PARTS[name]}
    return Installed(sources, tables, tuple(sorted(files.items())))


def installed_states(directory: Path | None) -> Iterator[Installed]:
    """What lies in the folder now, and every state of it that an approval may name.

    Raises:
        RuleDataError: a file of the folder is not as the commands write it.
    """
    yield NOTHING
    if directory is not None:
        yield read_installed(directory)
        for earlier in sorted((directory / EARLIER).glob("*")):
            yield read_installed(earlier)


def _checked(raw: bytes, path: Path, parts: tuple[str, ...]) -> Mapping[str, Any]:
    try:
        data = json.loads(raw)
        rows = [row for part in parts for row in data[part]]
        is_right = isinstance(data["sources"], dict) and all(_is_row(row) for row in rows)
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(path) from error
    if not is_right:
        raise _damaged(path)
    found: Mapping[str, Any] = data
    return found


def _is_row(row: Any) -> bool:
    return isinstance(row, dict) and all(isinstance(each, str) for each in row.values())


def _source(key: str, body: Any, path: Path) -> Source:
    if not isinstance(body, dict) or set(body) != {"title", "cite"}:
        raise _damaged(path)
    return Source(
        key=key, title=str(body["title"]), cite=str(body["cite"]), grade="P", read_by=None
    )


def _damaged(path: Path) -> RuleDataError:
    return RuleDataError(
        f"{path} is not as `steadwell rules load-fees` and `load-edits` write it."
        " Put it aside, and load the files of CMS again."
    )
