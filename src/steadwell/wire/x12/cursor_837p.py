"""Going through the segments of an 837P file one by one."""

from collections.abc import Callable
from datetime import date

from steadwell.wire.x12.segments import Segment, split


class NotReadable(ValueError):
    """The text is not an 837P of our shape; says which segment is in the way."""


class Segments:
    """The segments in turn, with a look at the next one."""

    def __init__(self, text: str) -> None:
        self.all = split(text)
        self.place = 0

    def is_next(self, *start: str) -> bool:
        return self.place < len(self.all) and self.all[self.place][: len(start)] == start

    def take(self, *start: str) -> Callable[[int], str]:
        """The next segment, which must begin so; gives its elements by number, empty where left out."""
        if not self.is_next(*start):
            found = "the end" if self.place >= len(self.all) else self.all[self.place][0]
            raise NotReadable(f"Segment {self.place + 1} is {found}, not {'*'.join(start)}.")
        segment = self.all[self.place]
        self.place += 1
        return lambda number: _element(segment, number)


def day_of(text: str) -> date:
    if len(text) != 8:
        raise NotReadable(f"{text!r} is not a date.")
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _element(segment: Segment, number: int) -> str:
    return segment[number] if number < len(segment) else ""
