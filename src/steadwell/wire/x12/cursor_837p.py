"""Going through the segments of a file of ours (837P, 270) one by one."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from steadwell.wire.x12.delimiters import delimiters_of, in_ours
from steadwell.wire.x12.parties_837p import Delimiters, Envelope
from steadwell.wire.x12.segments import Segment, split

Elements = Callable[[int], str]
Value = TypeVar("Value")


class NotReadable(ValueError):
    """The text is not a file of our shape; says which segment is in the way."""


class Segments:
    """The segments in turn, with a look at the next one."""

    def __init__(self, text: str) -> None:
        self.all = split(text)
        self.place = 0

    def is_next(self, *start: str) -> bool:
        return self.place < len(self.all) and self.all[self.place][: len(start)] == start

    def take(self, *start: str) -> Elements:
        """The next segment, which must begin so; gives its elements by number, empty where left out."""
        if not self.is_next(*start):
            found = "the end" if self.place >= len(self.all) else self.all[self.place][0]
            raise NotReadable(f"Segment {self.place + 1} is {found}, not {'*'.join(start)}.")
        segment = self.all[self.place]
        self.place += 1
        return lambda number: _element(segment, number)


def read_whole(text: str, parse: Callable[[Segments, Delimiters], Value]) -> Value:
    """What `parse` makes of the text's segments, in whatever delimiters it is written.

    Raises:
        NotReadable: names the segment that is in the way.
    """
    segments = Segments("")
    try:
        delimiters = delimiters_of(text)
        segments = Segments(in_ours(text, delimiters))
        return parse(segments, delimiters)
    except (ValueError, ArithmeticError) as error:
        raise NotReadable(f"Near segment {segments.place}: {error}") from error


def envelope_of(isa: Elements, gs: Elements, delimiters: Delimiters) -> Envelope:
    return Envelope(
        sender_qualifier=isa(5),
        sender=isa(6).rstrip(),
        receiver_qualifier=isa(7),
        receiver=isa(8).rstrip(),
        group_sender=gs(2),
        group_receiver=gs(3),
        delimiters=delimiters,
    )


def day_of(text: str) -> date:
    if len(text) != 8:
        raise NotReadable(f"{text!r} is not a date.")
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _element(segment: Segment, number: int) -> str:
    return segment[number] if number < len(segment) else ""
