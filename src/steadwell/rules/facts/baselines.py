"""Baselines: named facts in which every requirement of a program holds. Their dates move with the
month, so that a baseline of 2019 is as fresh as one of today."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final

from steadwell.rules.facts.fields import FactsError
from steadwell.rules.months import Month
from steadwell.rules.yaml12 import read_yaml

_WRITTEN_FOR: Final = Month(2025, 12)


def layered(*layers: Mapping[str, Any] | None) -> dict[str, Any]:
    """Layers as one, for showing: mappings key by key; lists and scalars replace; `None` stays."""
    result: dict[str, Any] = {}
    for layer in layers:
        for key, value in (layer or {}).items():
            below = result.get(key)
            both = isinstance(value, Mapping) and isinstance(below, Mapping)
            result[key] = layered(below, value) if both else value
    return result


def merged_with_baseline(
    facts: Mapping[str, Any], given: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The baseline, then what is given to all cases, then a case's own facts. Of each layer mappings
    go over the layer below key by key, lists and scalars replace, and `None` removes.

    Raises:
        FactsError: there is no baseline of that name, or no month.
    """
    layers = (given or {}, facts)
    name = _last_said(layers, "baseline")
    known = _baselines()
    merged: dict[str, Any] = {}
    if name is not None:
        if not isinstance(name, str) or name not in known:
            raise FactsError("baseline", f"{name!r} is not known. Use one of: {', '.join(known)}.")
        merged = _moved(known[name], _days_to_move(_last_said(layers, "month")))
    for layer in layers:
        merged = _laid_over(merged, {k: v for k, v in layer.items() if k != "baseline"})
    return merged


def _last_said(layers: tuple[Mapping[str, Any], ...], key: str) -> Any:
    return next((layer[key] for layer in reversed(layers) if key in layer), None)


def _laid_over(below: Mapping[str, Any], layer: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(below)
    for key, value in layer.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping):
            under = result.get(key)
            result[key] = _laid_over(under if isinstance(under, Mapping) else {}, value)
        else:
            result[key] = value
    return result


def _days_to_move(month: Any) -> timedelta:
    if month is None:
        raise FactsError("month", "this key is missing.")
    if isinstance(month, str):
        try:
            month = Month.parse(month)
        except ValueError as error:
            raise FactsError("month", str(error)) from error
    if not isinstance(month, Month):
        raise FactsError("month", f"{month!r} is not a month. Write it as 2026-03.")
    return min(month, _WRITTEN_FOR).first - _WRITTEN_FOR.first


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, date):
        return value + by
    if isinstance(value, Mapping):
        return {key: _moved(each, by) for key, each in value.items()}
    if isinstance(value, list):
        return [_moved(each, by) for each in value]
    return value


@cache
def _baselines() -> dict[str, dict[str, Any]]:
    path = files("steadwell.rules") / "data" / "baselines.yaml"
    written = read_yaml(path.read_text(encoding="utf-8"), name="baselines.yaml")
    same = written["every_baseline"]
    return {
        name: _with_dates(_laid_over(same, _of_program(name, own)))
        for name, own in written["baselines"].items()
    }


def _of_program(program: str, own: Mapping[str, Any]) -> dict[str, Any]:
    """The baseline's own facts, with its program written into visit and consent."""
    facts = dict(own)
    facts["visits"] = [each | {"discussed": [program]} for each in own["visits"]]
    facts["consents"] = [each | {"program": program} for each in own["consents"]]
    return facts


def _with_dates(value: Any) -> Any:
    if isinstance(value, str) and len(value) == len("2026-03-04"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    if isinstance(value, Mapping):
        return {key: _with_dates(each) for key, each in value.items()}
    return [_with_dates(each) for each in value] if isinstance(value, list) else value
