"""277CA (005010X214): whether each claim was taken by the payer's front door."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from steadwell.wire.x12.answers.envelope import Segment, Transaction

VERSION = "005010X214"
_LEVELS = ("20", "21", "19", "PT", "22")
_OTHERS = frozenset(("NM1", "TRN", "STC", "REF", "DTP", "SVC", "QTY", "AMT", "HL", "BHT"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A claim status category and code, the entity it speaks of, and what becomes of it (STC)."""

    category: str
    code: str
    entity: str = ""
    action: str = ""  # WQ accepted, U rejected

    @property
    def is_rejection(self) -> bool:
        return self.action == "U" or self.category in ("A3", "A4", "A6", "A7", "A8")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimStatus:
    """One claim of ours; or, with `is_batch`, the whole file by its own reference (BHT03)."""

    control_number: str
    statuses: tuple[Status, ...]
    payer_number: str = ""
    said_on: date | None = None
    is_batch: bool = False

    @property
    def is_rejected(self) -> bool:
        return any(status.is_rejection for status in self.statuses)


@dataclass(slots=True)
class _Open:
    """A level while it is read."""

    hl: Segment
    level: str
    number: str = ""
    statuses: list[Status] = field(default_factory=list)
    payer_number: str = ""
    said_on: date | None = None

    @property
    def is_claim(self) -> bool:
        return self.level == "PT"


def read_277ca(transaction: Transaction) -> tuple[ClaimStatus, ...]:
    """What is said of each claim, and of the file where it was turned away whole.

    Raises:
        AnswerNotReadable: it is another 277, or lacks what a 277CA has to say.
    """
    if not transaction.version.startswith(VERSION):
        raise transaction.opening.refuse(
            f"This 277 is no acknowledgment of claims ({VERSION}).", transaction.version
        )
    return tuple(found for level in _levels(transaction) for found in _said(level))


def _levels(transaction: Transaction) -> Iterator[_Open]:
    """Each level when it ends; a patient's level once for each claim in it."""
    level: _Open | None = None
    batch = ""
    for segment in transaction.segments:
        if segment.id not in _OTHERS:
            raise segment.refuse("A 277CA has no such segment.")
        if segment.id == "HL":
            yield from filter(None, [level])
            level = _opened(segment, batch)
        elif segment.id != "BHT":
            if level is None:
                raise segment.refuse("It stands before any level (HL).")
            if segment.id == "TRN" and level.number and level.is_claim:
                yield level
                level = _Open(hl=segment, level="PT")
            _take(level, segment)
            batch = level.number if level.level == "21" else batch
    if level is None:
        raise transaction.opening.refuse("A 277CA has to have levels (HL).")
    yield level


def _opened(segment: Segment, batch: str) -> _Open:
    level = segment(3)
    if level not in _LEVELS:
        raise segment.refuse("A 277CA has no such level.", level)
    if level in ("PT", "22"):
        return _Open(hl=segment, level="PT")
    return _Open(hl=segment, level=level, number=batch if level == "19" else "")


def _take(level: _Open, segment: Segment) -> None:
    if segment.id == "TRN" and level.level != "19":  # a provider's own number says nothing to us
        level.number = segment.text(2, "number of what is answered", 50)
    elif segment.id == "STC":
        level.statuses += _statuses(segment)
        if segment(2) and level.said_on is None:
            level.said_on = segment.day(2, "day of the status")
    elif segment.id == "REF" and segment(1) == "1K":
        level.payer_number = segment.text(2, "payer's claim number", 50)


def _statuses(segment: Segment) -> Iterator[Status]:
    action = segment.text(3, "action", 2, may_lack=True)
    for number in (1, 10, 11):
        parts = segment.parts(number)
        if not parts and number != 1:
            continue
        if len(parts) < 2 or not (parts[0] and parts[1]) or max(map(len, parts)) > 30:
            raise segment.refuse("A status has to have a category and a code.", segment(number))
        yield Status(
            category=parts[0], code=parts[1], entity=parts[2] if len(parts) > 2 else "",
            action=action,
        )  # fmt: skip


def _said(level: _Open) -> Iterator[ClaimStatus]:
    """Claims; and of what stands above them only a rejection, which is of the whole file: each of
    ours has one billing provider."""
    if level.is_claim and not (level.number and level.statuses):
        raise level.hl.refuse("A claim has to have its number (TRN) and a status (STC).")
    found = ClaimStatus(
        control_number=level.number,
        statuses=tuple(level.statuses),
        payer_number=level.payer_number,
        said_on=level.said_on,
        is_batch=not level.is_claim,
    )
    if level.is_claim or found.is_rejected:
        yield found
