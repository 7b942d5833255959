"""Reading and writing single values of the case format, and the errors that name the key."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from steadwell.rules.months import Month

Reader = Callable[[Any, str], Any]
Writer = Callable[[Any], Any]


class FactsError(ValueError):
    """The facts cannot be read. The text names the key and says what may stand there."""

    def __init__(self, where: str, problem: str) -> None:
        self.where = where
        super().__init__(f"{where}: {problem}" if where else problem)


def is_optional(hint: Any) -> bool:
    return get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint)


def bare(hint: Any) -> Any:
    """The hint without its `None`."""
    if not is_optional(hint):
        return hint
    return next(each for each in get_args(hint) if each is not NoneType)


def reader_for(hint: Any) -> Reader | None:
    """`None`: no single value, but a list or facts of their own."""
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _choice(hint)
    return _READERS.get(hint)


def mapping_at(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise FactsError(where, f"write keys with values, not {value!r}.")
    return value


def list_at(value: Any, where: str) -> list[Any]:
    if not isinstance(value, (list, tuple)):
        raise FactsError(where, f"write a list, as in [{value}].")
    return list(value)


def only_known(value: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in value:
        if key not in known:
            name = f"{where}.{key}" if where else str(key)
            raise FactsError(name, f"this key is not known. Known here: {', '.join(known)}.")


def read_text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise FactsError(where, f"write text; {value!r} needs quotes.")
    return value


def read_date(value: Any, where: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(read_text(value, where))
    except ValueError as error:
        raise FactsError(where, f"{value!r} is not a date. Write it as 2026-03-04.") from error


def read_datetime(value: Any, where: str) -> datetime:
    if isinstance(value, datetime):
        return value
    text = read_text(value, where)
    try:
        if len(text) <= len("2026-03-04"):
            raise ValueError(text)
        return datetime.fromisoformat(text)
    except ValueError as error:
        problem = f"{value!r} is not a date with a time. Write it as 2026-03-04T10:15."
        raise FactsError(where, problem) from error


def _read_time(value: Any, where: str) -> time:
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(read_text(value, where))
    except ValueError as error:
        raise FactsError(where, f"{value!r} is not a time of day. Write it as 10:15.") from error


def _read_month(value: Any, where: str) -> Month:
    if isinstance(value, Month):
        return value
    try:
        return Month.parse(read_text(value, where))
    except ValueError as error:
        raise FactsError(where, str(error)) from error


def _read_bool(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise FactsError(where, f"write true or false, not {value!r}.")
    return value


def _read_count(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise FactsError(where, f"write a whole number, not {value!r}.")
    return value


def _choice(kind: type[StrEnum]) -> Reader:
    members = {member.value: member for member in kind}

    def read(value: Any, where: str) -> StrEnum:
        found = members.get(value) if isinstance(value, str) else None
        if found is None:
            known = ", ".join(members)
            raise FactsError(where, f"{value!r} is not known here. Use one of: {known}.")
        return found

    return read


_READERS: dict[Any, Reader] = {
    str: read_text,
    int: _read_count,
    bool: _read_bool,
    date: read_date,
    datetime: read_datetime,
    time: _read_time,
    Month: _read_month,
}


def written(value: Any) -> Any:
    """A single value as JSON has it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value) if isinstance(value, Month) else value
