"""Reading cells: numbers, days, and the columns a header names."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

CODE: Final = re.compile(r"[0-9A-Z]{5}")
_DAYS: Final = ("%Y%m%d", "%Y-%m-%d", "%m/%d/%Y")


def squeezed(text: str) -> str:
    """In capitals, with single spaces and no marks for footnotes."""
    return " ".join(text.replace("*", " ").split()).upper()


def number(text: str) -> Decimal | None:
    """A number from zero up, or `None`."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and value >= 0 else None


def day(text: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None


def column(header: Sequence[str], *needles: str, without: str = "") -> int | None:
    """The first column whose name holds all of these."""
    for place, cell in enumerate(header):
        if all(each in cell for each in needles) and not (without and without in cell):
            return place
    return None
