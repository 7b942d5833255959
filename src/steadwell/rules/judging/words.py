"""Short plain text for `found`: lengths, days, lists."""

from collections.abc import Iterable, Sequence
from datetime import date


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
    """An identifier as words: right_to_stop becomes right to stop."""
    return word.replace("_", " ")


def on_day(day: date) -> str:
    return f"{day.month:02}/{day.day:02}/{day.year}"
