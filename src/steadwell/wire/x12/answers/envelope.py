"""Any X12 file as its transactions: ISA says the delimiters, and every count must agree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from steadwell.wire.x12.answers.faults import AnswerNotReadable, refuse

_HEAD = 106  # characters of an ISA segment, its terminator included
_MONEY = re.compile(r"-?(?:\d{1,8}(?:\.\d{0,2})?|\.\d{1,2})", re.ASCII)
_ID = re.compile(r"[A-Z][A-Z0-9]{1,2}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A segment of a file with its place in it, from 1. Elements left out read as empty."""

    position: int
    elements: tuple[str, ...]
    component: str
    repetition: str

    @property
    def id(self) -> str:
        return self.elements[0]

    def __call__(self, number: int) -> str:
        return self.elements[number] if number < len(self.elements) else ""

    def parts(self, number: int) -> tuple[str, ...]:
        """The components of an element."""
        return tuple(self(number).split(self.component)) if self(number) else ()

    def refuse(self, sentence: str, given: str = "") -> AnswerNotReadable:
        return refuse(self.id, self.position, sentence, given)

    def text(self, number: int, name: str, longest: int, *, may_lack: bool = False) -> str:
        """An element that has to be there, and not be longer than `longest`."""
        value = self(number).strip()
        if not value and not may_lack:
            raise self.refuse(f"The {name} is missing (element {number}).")
        if len(value) > longest:
            raise self.refuse(f"The {name} has {len(value)} characters, not at most {longest}.")
        return value

    def money(self, number: int, name: str, *, lacking: Decimal | None = None) -> Decimal:
        """An amount in dollars; `lacking` is what one that was left out stands for."""
        value = self(number).strip()
        if not value and lacking is not None:
            return lacking
        if not _MONEY.fullmatch(value):
            raise self.refuse(f"The {name} is not an amount of dollars and cents.", value or "-")
        return Decimal(value)

    def day(self, number: int, name: str) -> date:
        value = self(number).strip()
        if not re.fullmatch(r"\d{8}", value, re.ASCII):
            raise self.refuse(f"The {name} is not a day as YYYYMMDD.", value or "-")
        try:
            return date(int(value[:4]), int(value[4:6]), int(value[6:]))
        except ValueError as error:
            raise self.refuse(f"The {name} is not a day of the calendar.", value) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """What stands between an ST and its SE, without them."""

    kind: str  # ST01
    number: str  # ST02
    version: str  # ST03, or the group's where it is left out
    opening: Segment
    segments: tuple[Segment, ...]


def read_transactions(text: str) -> tuple[Transaction, ...]:
    """The transactions of a file of one or several interchanges, in their order.

    Raises:
        AnswerNotReadable: it is no X12, is cut off, or a count or control number does not agree.
    """
    found: list[Transaction] = []
    rest, position = text.lstrip("\ufeff \r\n\t"), 1
    if not rest:
        raise refuse("ISA", 0, "The file is empty. Download it again.")
    while rest:
        segments, rest = _interchange(rest, position)
        position += len(segments)
        found += _transactions(segments)
    if not found:
        raise refuse("ST", 0, "The file has no transaction in it.")
    return tuple(found)


def _interchange(text: str, first: int) -> tuple[list[Segment], str]:
    """The segments from an ISA to its IEA, and what follows."""
    element, component, repetition, terminator = _delimiters(text, first)
    found: list[Segment] = []
    place = 0
    while (end := text.find(terminator, place)) >= 0:
        # Line breaks stand between segments; a terminator may be one itself.
        bare = text[place:end].strip("\r\n")
        place = end + 1
        if not bare.strip():
            continue
        segment = Segment(
            position=first + len(found), elements=tuple(bare.split(element)),
            component=component, repetition=repetition,
        )  # fmt: skip
        _require_printable(segment, bare)
        found.append(segment)
        if segment.id == "IEA":
            return found, text[place:].lstrip()
    raise refuse(
        "IEA", first + len(found), "The file ends before its interchange does: it was cut off."
    )


def _delimiters(text: str, first: int) -> tuple[str, str, str, str]:
    head = text[:_HEAD]
    if len(head) < _HEAD or not head.startswith("ISA"):
        raise refuse(
            "ISA",
            first,
            "The file does not begin with an ISA segment of 106 characters: it is no X12.",
        )
    element, component, repetition, terminator = head[3], head[104], head[82], head[105]
    marks = (element, component, terminator)
    odd = any(mark.isalnum() or mark == " " for mark in marks)
    if odd or len(set(marks)) != 3 or head.count(element) != 16:
        raise refuse("ISA", first, "The ISA segment does not name three different delimiters.")
    return element, component, repetition, terminator


def _require_printable(segment: Segment, bare: str) -> None:
    if not _ID.fullmatch(segment.id):
        raise refuse("?", segment.position, "No segment has such a name.", segment.id[:3])
    if not bare.isprintable():
        raise segment.refuse("It holds a character that cannot be printed. Download it again.")


def _transactions(segments: list[Segment]) -> Iterator[Transaction]:
    """Groups and transactions by their openings and ends."""
    isa, iea = segments[0], segments[-1]
    groups, inside = 0, iter(segments[1:-1])
    for segment in inside:
        if segment.id == "TA1":
            continue  # says that an interchange arrived; what is in it is answered by a 999
        if segment.id != "GS":
            raise segment.refuse("Only a group (GS) may stand here.")
        groups += 1
        yield from _group(segment, inside)
    _require_same(iea, 1, "number of groups", groups)
    _require_same(iea, 2, "interchange control number", isa(13))


def _group(gs: Segment, inside: Iterator[Segment]) -> Iterator[Transaction]:
    for count, segment in enumerate(inside):  # each ST takes the segments up to its SE with it
        if segment.id == "GE":
            _require_same(segment, 1, "number of transactions", count)
            return _require_same(segment, 2, "group control number", gs(6))
        if segment.id != "ST":
            raise segment.refuse("Only a transaction (ST) may stand here.")
        yield _transaction(segment, gs, inside)
    raise gs.refuse("The group has no end (GE).")


def _transaction(st: Segment, gs: Segment, inside: Iterator[Segment]) -> Transaction:
    body: list[Segment] = []
    for segment in inside:
        if segment.id == "SE":
            _require_same(segment, 1, "number of segments", len(body) + 2)
            _require_same(segment, 2, "transaction control number", st(2))
            return Transaction(
                kind=st(1), number=st(2), version=st(3) or gs(8), opening=st, segments=tuple(body)
            )
        if segment.id in ("ST", "GS", "GE", "ISA"):
            raise segment.refuse("The transaction before it has no end (SE).")
        body.append(segment)
    raise st.refuse("The transaction has no end (SE).")


def _require_same(segment: Segment, number: int, name: str, expected: int | str) -> None:
    """A count or number at an end has to be what was opened. Leading zeros say nothing."""
    given = segment(number).strip()
    if given.lstrip("0") != str(expected).strip().lstrip("0"):
        raise segment.refuse(
            f"The {name} does not agree: {str(expected)[:20]!r} was found. The file is damaged or"
            " cut off; download it again.",
            given,
        )
