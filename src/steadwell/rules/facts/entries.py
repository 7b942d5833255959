"""Time entries: minutes or seconds of a day, or local clock times."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from zoneinfo import ZoneInfo

from steadwell.rules.facts.fields import (
    FactsError,
    mapping_at,
    only_known,
    read_date,
    read_datetime,
    read_text,
    reader_for,
    written,
)
from steadwell.rules.facts.kinds import Credential, Program
from steadwell.rules.facts.local_time import span
from steadwell.rules.facts.values import TimeEntry

_TEXTS: Final = ("by", "activity", "note", "ref")
_FLAGS: Final = {"during_visit": False, "abroad": False, "described": True, "approved": True}
_KINDS: Final = {"program": Program, "credential": Credential}
_TOO_LONG: Final = 10_000_000
_KEYS: Final = (
    "program",
    "on",
    "minutes",
    "seconds",
    "start",
    "end",
    "by",
    "credential",
    "activity",
    *_FLAGS,
    "note",
    "ref",
)


def read_entry(value: Any, where: str, zone: ZoneInfo) -> TimeEntry:
    """
    Raises:
        FactsError: a key is unknown or missing, or the clock times cannot be.
    """
    if isinstance(value, TimeEntry):
        return value
    given = {key: each for key, each in mapping_at(value, where).items() if each is not None}
    only_known(given, _KEYS, where)
    found: dict[str, Any] = {}
    for key, kind in _KINDS.items():
        read = reader_for(kind)
        assert read is not None
        if key not in given:
            raise FactsError(f"{where}.{key}", "this key is missing.")
        found[key] = read(given[key], f"{where}.{key}")
    for key in _TEXTS:
        found[key] = read_text(given.get(key, ""), f"{where}.{key}")
    found |= _flags(given, where)
    found |= _length(given, where, zone)
    try:
        return TimeEntry(**found)
    except ValueError as error:
        raise FactsError(where, str(error)) from error


def entry_as_mapping(entry: TimeEntry, zone: ZoneInfo) -> dict[str, Any]:
    given: dict[str, Any] = {"program": entry.program.value}
    if entry.start is not None and entry.end is not None:
        given["start"] = entry.start.astimezone(zone).isoformat()
        given["end"] = entry.end.astimezone(zone).isoformat()
    else:
        given["on"] = written(entry.on)
        given["seconds"] = entry.seconds
    given["credential"] = entry.credential.value
    given |= {key: getattr(entry, key) for key in _TEXTS if getattr(entry, key)}
    given |= {
        key: getattr(entry, key)
        for key, default in _FLAGS.items()
        if getattr(entry, key) is not default
    }
    return given


def _flags(given: Mapping[str, Any], where: str) -> dict[str, bool]:
    read = reader_for(bool)
    assert read is not None
    return {key: read(given.get(key, default), f"{where}.{key}") for key, default in _FLAGS.items()}


def _length(given: Mapping[str, Any], where: str, zone: ZoneInfo) -> dict[str, Any]:
    has_clock = "start" in given or "end" in given
    if has_clock and ({"minutes", "seconds", "on"} & set(given)):
        raise FactsError(where, "give start and end, or on with minutes; not both.")
    if has_clock:
        return _clock(given, where, zone)
    if "on" not in given or not {"minutes", "seconds"} & set(given):
        raise FactsError(where, "give start and end, or on with minutes or seconds.")
    seconds = _number(given.get("minutes", 0), f"{where}.minutes") * 60
    seconds += _number(given.get("seconds", 0), f"{where}.seconds")
    return {"on": read_date(given["on"], f"{where}.on"), "seconds": int(seconds)}


def _clock(given: Mapping[str, Any], where: str, zone: ZoneInfo) -> dict[str, datetime]:
    times = {}
    for key in ("start", "end"):
        if key not in given:
            raise FactsError(f"{where}.{key}", "this key is missing.")
        times[key] = read_datetime(given[key], f"{where}.{key}")
    start, end = span(times["start"], times["end"], zone)
    return {"start": start, "end": end}


def _number(value: Any, where: str) -> Decimal:
    try:
        number = None if isinstance(value, (bool, str)) else Decimal(str(value))
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or not 0 <= number < _TOO_LONG:
        raise FactsError(where, f"write a number, not {value!r}.")
    return number
