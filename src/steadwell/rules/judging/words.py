"""Short plain text for what was found: lengths, days, lists."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

Words = str | tuple[object, ...]
"""Plain text, or a template followed by its values: then it is put into words when it is read."""

_NAMES: Final = {
    "cnm": "nurse midwife",
    "cns": "clinical nurse specialist",
    "fqhc": "federally qualified health center",
    "ltch": "long-term care hospital",
    "medicaid": "Medicaid",
    "medicare_advantage": "Medicare Advantage",
    "medicare_ffs": "Medicare fee-for-service",
    "medicare_secondary": "Medicare as secondary payer",
    "np": "nurse practitioner",
    "pa": "physician assistant",
    "railroad_medicare": "Railroad Medicare",
    "rhc": "rural health clinic",
    "snf": "skilled nursing facility",
    "snf_part_a": "nursing stay under Part A",
}


def in_words(words: Words) -> str:
    """Days as 03/04/2026, lists as a, b and c."""
    if isinstance(words, str):
        return words
    template, *values = words
    return str(template).format(*map(_written, values))


def _written(value: object) -> str:
    if isinstance(value, date):
        return on_day(value)
    return listed(map(_written, value)) if isinstance(value, tuple) else str(value)


def length_of(seconds: int) -> str:
    """As in 19 minutes 59 seconds."""
    minutes, rest = divmod(seconds, 60)
    parts = []
    if minutes or not rest:
        parts.append(count_of(minutes, "minute"))
    if rest:
        parts.append(count_of(rest, "second"))
    return " ".join(parts)


def count_of(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def listed(things: Iterable[str], *, last: str = "and") -> str:
    """As in a, b and c."""
    every: Sequence[str] = list(things)
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} {last} {every[-1]}"


def plain(word: str) -> str:
    """An identifier as words: right_to_stop becomes right to stop; names stay names."""
    return _NAMES.get(word) or word.replace("_", " ")


@lru_cache(maxsize=1024)
def heading(word: str) -> str:
    """An identifier as words that begin a sentence."""
    return capital(plain(word))


def capital(text: str) -> str:
    """The first letter large, and the rest as it is."""
    return text[:1].upper() + text[1:]


def on_day(day: date) -> str:
    return f"{day.month:02}/{day.day:02}/{day.year}"
