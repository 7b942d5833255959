"""Entries that were once released are never edited: their digests are on record, and a test compares."""

import csv
import hashlib
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from steadwell.rules.yaml12 import read_yaml

_ROOT = Path(str(files("steadwell.rules"))) / "data" / "medicare"
_RECORD = _ROOT / "released.json"
_TABLES = {
    "fees/relative_values.csv": ("code",),
    "fees/localities.csv": ("contractor", "locality"),
    "ncci/units.csv": ("code",),
    "ncci/add_ons.csv": ("code", "base"),
}
"""The tables with dated rows, and what names a row."""


def entries() -> dict[str, str]:
    """Each dated entry of the rule files with the digest of what it says."""
    found: dict[str, str] = {}
    for path in sorted(_ROOT.rglob("*.yaml")):
        name = path.relative_to(_ROOT).as_posix()
        if name not in ("sources.yaml", "not_modelled.yaml"):
            data = read_yaml(path.read_text(encoding="utf-8"), name=name)
            found |= {f"{name} {key}": _digest(body) for key, body in _dated(data, "")}
    for name, keys in _TABLES.items():
        lines = (_ROOT / name).read_text(encoding="utf-8").splitlines()
        for line, row in zip(lines[1:], csv.DictReader(lines), strict=True):
            key = "-".join(row[each] for each in keys)
            found[f"{name} {key} {row['from']}"] = _digest(line)
    return found


def released() -> dict[str, str]:
    """The entries on record."""
    record: dict[str, str] = json.loads(_RECORD.read_text(encoding="utf-8"))
    return record


def record_new_entries() -> int:
    """Put the entries on record that are not yet. Those that are stay as they are.

    Returns:
        How many are new.
    """
    known = released() if _RECORD.exists() else {}
    new = {key: digest for key, digest in entries().items() if key not in known}
    text = json.dumps(dict(sorted((known | new).items())), indent=0)
    _RECORD.write_text(text + "\n", encoding="utf-8")
    return len(new)


def _dated(data: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Everything with a `from`, named by where it stands and since when."""
    if isinstance(data, list):
        for each in data:
            yield from _dated(each, path)
    elif isinstance(data, dict) and "from" in data:
        named = (*data.get("pair", ()), data.get("who", ""), *data.get("settings", ()))
        who = "".join(f" {part}" for part in named if part)
        yield f"{path}{who} {data['from']}", {k: v for k, v in data.items() if k != "to"}
    elif isinstance(data, dict):
        for key, each in data.items():
            yield from _dated(each, f"{path}.{key}" if path else str(key))


def _digest(body: Any) -> str:
    text = json.dumps(body, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
