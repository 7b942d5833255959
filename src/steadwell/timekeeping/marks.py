"""Signs of work as a browser sends them: when, by the server's clock, and of which kind.

A browser never tells the time. It counts the seconds since an answer of the server, by a counter
nobody can set, and adds them to the time in that answer. So a wrong clock on a computer moves
nothing, and a message that comes late or twice says what it said before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from steadwell.timekeeping.models import Evidence

KINDS = {"i": Evidence.INPUT, "d": Evidence.DICTATION, "c": Evidence.CALL}
MOST = 1000  # four hours of work without a line, a mark each 15 seconds
LATE = timedelta(hours=4)  # how long signs of work may be under way; later they are entered by hand
LONGEST = 12  # characters: ten digits and a letter


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """There was a sign of work in that second."""

    at: datetime
    kind: str = Evidence.INPUT.value


def read_marks(text: str) -> list[Mark]:
    """Such as "1773756012i,1773756020d". What is not so written is no sign of work."""
    found = []
    for word in text.split(",")[:MOST]:
        digits, kind = word[:-1], KINDS.get(word[-1:])
        if kind and digits.isascii() and digits.isdecimal() and len(word) < LONGEST:
            found.append(Mark(datetime.fromtimestamp(int(digits), UTC), kind.value))
    return found


def in_order(marks: Iterable[Mark], moment: datetime) -> list[Mark]:
    """Oldest first; none later than now, as the future holds no work; none that was too long under way."""
    return sorted(Mark(min(one.at, moment), one.kind) for one in marks if one.at >= moment - LATE)
