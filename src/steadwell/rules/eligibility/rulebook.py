"""The dated criteria, read once from `data/eligibility/ccm.yaml`, which must be exactly right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from steadwell.rules.eligibility.results import Criterion

_ENTRY = {"from", "value", "source"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """Everything in force on one day."""

    by_key: Mapping[str, Criterion]
    conditions_at_least: int
    visit_within_years: int
    qualifying_visits: frozenset[str]
    not_visits: frozenset[str]


@lru_cache(maxsize=64)
def criteria_on(day: date) -> Criteria:
    """The criteria of that day.

    Raises:
        ValueError: `day` lies before the first entry of a criterion.
    """
    data = _read()
    entries = {key: _in_force(key, body["in_force"], day) for key, body in data["criteria"].items()}
    criteria = {
        key: Criterion(
            key=key,
            rule=data["criteria"][key]["rule"],
            needed=data["criteria"][key]["needed"],
            source=entry["source"],
            in_force_from=entry["from"],
        )
        for key, entry in entries.items()
    }
    lists = {
        key: frozenset(_in_force(key, data[key], day)["value"])
        for key in ("qualifying_visits", "not_visits")
    }
    return Criteria(
        by_key=criteria,
        conditions_at_least=entries["conditions"]["value"],
        visit_within_years=entries["visit"]["value"],
        **lists,
    )


def _in_force(key: str, entries: Sequence[Mapping[str, Any]], day: date) -> Mapping[str, Any]:
    begun = [entry for entry in entries if entry["from"] <= day]
    if not begun:
        first = min(entry["from"] for entry in entries)
        raise ValueError(
            f"CCM eligibility is not modelled on {day}: {key} begins on {first}. Ask later days."
        )
    return max(begun, key=lambda entry: entry["from"])


@cache
def _read() -> dict[str, Any]:
    path = files("steadwell.rules") / "data" / "eligibility" / "ccm.yaml"
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for key in ("qualifying_visits", "not_visits"):
        _check(key, data[key])
    for key, body in data["criteria"].items():
        if set(body) != {"rule", "needed", "in_force"}:
            raise ValueError(f"ccm.yaml: {key} must have rule, needed and in_force, and no more.")
        _check(key, body["in_force"])
    return data


def _check(key: str, entries: Sequence[Mapping[str, Any]]) -> None:
    for entry in entries:
        if set(entry) != _ENTRY or not isinstance(entry["from"], date):
            raise ValueError(f"ccm.yaml: an entry of {key} must have from (a date), value, source.")
