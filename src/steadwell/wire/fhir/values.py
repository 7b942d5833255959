"""Text, lists and dates out of JSON that may hold anything."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

Json = dict[str, Any]

_SHORTENED: Final = "…"
_PARTIAL: Final = re.compile(r"(\d{4})(?:-(\d{2}))?")
_LEAP_SECOND: Final = re.compile(r"(T\d{2}:\d{2}):60")
_LARGEST: Final = Decimal(10) ** 12
_SIX_PLACES: Final = Decimal("0.000001")


class Unreadable(ValueError):
    """Why a resource cannot be taken over. Names fields, never what stands in them."""


def text(holder: Json, field: str, limit: int | None = None) -> str:
    """Words for people. What is longer than its column is shortened, and ends in an ellipsis."""
    value = holder.get(field)
    if value is None:
        return ""
    found = _clean(value, field)
    if limit is not None and len(found) > limit:
        return found[: limit - 1] + _SHORTENED
    return found


def token(holder: Json, field: str, limit: int) -> str:
    """A code, a number, a name: whole or not at all.

    Raises:
        Unreadable: it is longer than its column, so that keeping a part would change it.
    """
    value = holder.get(field)
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return within(_clean(value, field), field, limit)


def within(found: str, field: str, limit: int) -> str:
    """`found`, if it fits.

    Raises:
        Unreadable: it does not.
    """
    if len(found) > limit:
        raise Unreadable(f"{field} is longer than {limit} characters")
    return found


def items(holder: Json, field: str) -> list[Json]:
    """The objects of a list; one object standing alone counts as a list of one.

    Raises:
        Unreadable: something else stands there.
    """
    value = holder.get(field)
    if value is None:
        return []
    if isinstance(value, dict):
        return [value]
    if not isinstance(value, list):
        raise Unreadable(f"{field} is not a list")
    for each in value:
        if type(each) is not dict:
            break
    else:
        return value
    found = [each for each in value if each is not None]
    if not all(isinstance(each, dict) for each in found):
        raise Unreadable(f"{field} holds something that is not an object")
    return found


def part(holder: Json, field: str) -> Json:
    """An object; an empty one where there is none.

    Raises:
        Unreadable: something else stands there.
    """
    value = holder.get(field)
    if value is None:
        return {}
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, dict):
        raise Unreadable(f"{field} is not an object")
    return value


def words(holder: Json, field: str) -> list[str]:
    """A list of texts, such as given names; a text standing alone counts as a list of one."""
    value = holder.get(field)
    if value is None:
        return []
    found = value if isinstance(value, list) else [value]
    return [each for each in (_clean(one, field) for one in found if one is not None) if each]


def day(holder: Json, field: str, zone: tzinfo, *, last: bool = False) -> date | None:
    """The day of a FHIR date or instant on the wall of `zone`.

    A year or a month stands for its first day, for its last one with `last`.

    Raises:
        Unreadable: it is no date.
    """
    value = holder.get(field)
    if value is None:
        return None
    try:
        return _day(value, zone, last)
    except (ValueError, TypeError, OverflowError):
        raise Unreadable(f"{field} is not a date") from None


def moment(holder: Json, field: str, zone: tzinfo) -> datetime | None:
    """The instant, in UTC. A day, a month or a year stands for its first midnight in `zone`.

    Raises:
        Unreadable: it is no date.
    """
    value = holder.get(field)
    if value is None:
        return None
    try:
        return _moment(value, zone)
    except (ValueError, TypeError, OverflowError):
        raise Unreadable(f"{field} is not a date") from None


def exact_day(holder: Json, field: str) -> date | None:
    """A date with year, month and day.

    Raises:
        Unreadable: it is partial or no date.
    """
    value = holder.get(field)
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value).date() if len(value) >= 8 else None
    except (ValueError, TypeError):
        raise Unreadable(f"{field} is not a date") from None
    if found is None:
        raise Unreadable(f"{field} does not give year, month and day")
    return found


def amount(value: object) -> Decimal | None:
    """A number that fits into eighteen digits, six of them after the point; else `None`."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite() or abs(number) >= _LARGEST:
        return None
    return number.quantize(_SIX_PLACES).normalize() + 0


def _clean(value: object, field: str) -> str:
    """Without line breaks, NUL and half characters, which the database could not keep."""
    if not isinstance(value, str):
        raise Unreadable(f"{field} is not text")
    if value.isprintable():
        return value.strip()
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


@lru_cache(maxsize=16384)
def _day(value: str, zone: tzinfo, last: bool) -> date:
    if partial := _PARTIAL.fullmatch(value):
        year, month = int(partial[1]), int(partial[2] or (12 if last else 1))
        return date(year, month, monthrange(year, month)[1] if last else 1)
    found = datetime.fromisoformat(_LEAP_SECOND.sub(r"\1:59", value))
    if found.tzinfo is None or found.time() == time.min:
        return found.date()  # midnight is how exports write a day, whatever the offset
    return found.astimezone(zone).date()


@lru_cache(maxsize=16384)
def _moment(value: str, zone: tzinfo) -> datetime:
    if _PARTIAL.fullmatch(value):
        found = datetime.combine(_day(value, zone, False), time.min)
    else:
        found = datetime.fromisoformat(_LEAP_SECOND.sub(r"\1:59", value))
    if found.tzinfo is None:
        found = found.replace(tzinfo=zone)
    return found.astimezone(UTC)
