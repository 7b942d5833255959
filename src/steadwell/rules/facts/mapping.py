"""Facts from the case format's mappings, and back."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from typing import Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from steadwell.rules.facts.baselines import merged_with_baseline
from steadwell.rules.facts.entries import entry_as_mapping, read_entry
from steadwell.rules.facts.fields import (
    FactsError,
    bare,
    list_at,
    mapping_at,
    only_known,
    reader_for,
    written,
)
from steadwell.rules.facts.local_time import zone_named
from steadwell.rules.facts.values import PatientMonth, TimeEntry

Columns = tuple[tuple[str, str, bool], ...]

_COLUMNS: dict[type[Any], Columns] = {}
_HAVE_KEYS: dict[type[Any], bool] = {}
_SLOTS: dict[type[Any], dict[str, tuple[Field[Any], Any]]] = {}


def read_facts(mapping: Mapping[str, Any], given: Mapping[str, Any] | None = None) -> PatientMonth:
    """Facts as the case format writes them, over those `given` to all cases and over the `baseline`.

    Raises:
        FactsError: a key is unknown, missing or holds what cannot stand there.
    """
    facts = _read(PatientMonth, _with_entries(merged_with_baseline(mapping, given)), "")
    assert isinstance(facts, PatientMonth)
    return facts


def facts_as_mapping(facts: PatientMonth) -> dict[str, Any]:
    """The case format's mapping, ready for JSON. `read_facts` gives the same facts back."""
    zone = zone_named(facts.practice.time_zone)
    return _write(facts, zone)


def _with_entries(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """Time entries read first: their clock times need the practice's zone."""
    given = dict(mapping)
    practice = given.get("practice")
    name = practice.get("time_zone") if isinstance(practice, Mapping) else None
    try:
        zone = zone_named(name) if isinstance(name, str) else zone_named("America/New_York")
    except ValueError as error:
        raise FactsError("practice.time_zone", str(error)) from error
    if given.get("time") is None:
        return given
    given["time"] = [
        read_entry(each, f"time[{number}]", zone)
        for number, each in enumerate(list_at(given["time"], "time"))
    ]
    return given


def _read(kind: type[Any], value: Any, where: str) -> Any:
    if isinstance(value, kind):
        return value
    given = mapping_at(value, where)
    slots = _slots(kind)
    only_known(given, tuple(slots), where)
    found: dict[str, Any] = {}
    for key, (field, hint) in slots.items():
        path = f"{where}.{key}" if where else key
        if given.get(key) is not None:
            found[field.name] = _value(hint, given[key], path)
        elif field.default is MISSING:
            raise FactsError(path, "this key is missing.")
    return kind(**found)


def _value(hint: Any, value: Any, where: str) -> Any:
    hint = bare(hint)
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return tuple(
            _value(inner, each, f"{where}[{number}]")
            for number, each in enumerate(list_at(value, where))
        )
    if is_dataclass(hint) and reader_for(hint) is None:
        return _read(hint if isinstance(hint, type) else type(hint), value, where)
    read = reader_for(hint)
    assert read is not None, f"no reader for {hint}"
    return read(value, where)


def _write(facts: Any, zone: ZoneInfo) -> dict[str, Any]:
    values = ((key, getattr(facts, name), omits) for key, name, omits in _columns(type(facts)))
    return {
        key: _written(value, zone)
        for key, value, omits_empty in values
        if value is not None and not (omits_empty and value == ())
    }


def _written(value: Any, zone: ZoneInfo) -> Any:
    if isinstance(value, TimeEntry):
        return entry_as_mapping(value, zone)
    if isinstance(value, tuple):
        return [_written(each, zone) for each in value]
    if _has_keys(type(value)):
        return _write(value, zone)
    assert not isinstance(value, datetime), "only time entries hold clock times"
    return written(value)


def _columns(kind: type[Any]) -> Columns:
    """Key, attribute, and whether an empty list is left out: asked once for each kind of facts."""
    if kind not in _COLUMNS:
        _COLUMNS[kind] = tuple(
            (key, field.name, field.default == ()) for key, (field, _hint) in _slots(kind).items()
        )
    return _COLUMNS[kind]


def _has_keys(kind: type[Any]) -> bool:
    if kind not in _HAVE_KEYS:
        _HAVE_KEYS[kind] = is_dataclass(kind) and reader_for(kind) is None
    return _HAVE_KEYS[kind]


def _slots(kind: type[Any]) -> dict[str, tuple[Field[Any], Any]]:
    if kind not in _SLOTS:
        hints = get_type_hints(kind)
        _SLOTS[kind] = {
            each.name.removesuffix("_"): (each, hints[each.name]) for each in fields(kind)
        }
    return _SLOTS[kind]
