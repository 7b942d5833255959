"""One way to write a value as bytes: sorted keys, UTF-8, no spaces, decimals as text."""

import hashlib
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import orjson

OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


def canonical(value: Any) -> str:
    """The same value gives the same text, whatever made it.

    Raises:
        TypeError: it holds something that has no one way to be written.
    """
    return orjson.dumps(value, default=_plain, option=OPTIONS).decode()


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form.")
