"""What is wrong with a file that came in: where it stands, and what was given."""

from collections.abc import Sequence
from dataclasses import dataclass

SHOWN = 30  # characters of what was given: enough to find it, too few to tell a story


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFault:
    """One thing wrong. `position` counts the segments of the file from 1; 0 is the file as a whole.

    `given` is a code, a number or an amount, never a name.
    """

    segment: str
    position: int
    sentence: str
    given: str = ""

    def __str__(self) -> str:
        where = f"Segment {self.position} ({self.segment}): " if self.position else ""
        said = f" Given: {self.given[:SHOWN]!r}." if self.given else ""
        return f"{where}{self.sentence}{said}"


class AnswerNotReadable(ValueError):
    """The file cannot be taken; `faults` holds what is wrong with it."""

    def __init__(self, faults: Sequence[AnswerFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(str(fault) for fault in self.faults))


def refuse(segment: str, position: int, sentence: str, given: str = "") -> AnswerNotReadable:
    """The exception of a single fault."""
    fault = AnswerFault(segment=segment, position=position, sentence=sentence, given=given)
    return AnswerNotReadable([fault])
