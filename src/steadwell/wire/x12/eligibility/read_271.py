"""Reading a 271 (005010X279A1) by its segments in their order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from steadwell.wire.x12.answers.envelope import Segment, Transaction, read_transactions
from steadwell.wire.x12.eligibility.answer_271 import EligibilityAnswer, EligibilityFile, Span
from steadwell.wire.x12.eligibility.benefits_271 import Benefit, said

VERSION = "005010X279"
_LEVELS = ("20", "21", "22", "23")
_IGNORED = frozenset(
    ("N3", "N4", "PER", "PRV", "INS", "HI", "MPI", "HSD", "MSG", "III")
)  # fmt: skip


@dataclass(slots=True)
class _Level:
    """A level (HL) while it is read."""

    hl: Segment
    name: Segment | None = None
    trace: str = ""
    born: date | None = None
    about: Span = field(default_factory=Span)
    rejections: list[str] = field(default_factory=list)
    benefits: list[Benefit] = field(default_factory=list)
    is_naming: bool = False  # between LS and LE: names belong to the benefit

    @property
    def kind(self) -> str:
        return self.hl(3)

    @property
    def is_answer(self) -> bool:
        return self.kind in ("22", "23") and bool(self.trace or self.benefits or self.rejections)


def read_271(text: str) -> tuple[EligibilityFile, ...]:
    """Every transaction of a file, or nothing of it.

    Raises:
        AnswerNotReadable: it is damaged or no 271, or the payer answered nothing at all.
    """
    transactions = read_transactions(text)
    for one in transactions:
        if one.kind != "271":
            raise one.opening.refuse("Only 271 files are read here.", one.kind)
        if not one.version.startswith(VERSION):
            raise one.opening.refuse(f"This 271 is not of version {VERSION}A1.", one.version)
    return tuple(_file(one) for one in transactions)


def _file(transaction: Transaction) -> EligibilityFile:
    if not transaction.segments or transaction.segments[0].id != "BHT":
        raise transaction.opening.refuse("A 271 has to begin with BHT.")
    bht = transaction.segments[0]
    levels = _levels(transaction)
    payer, provider = _first(levels, "20", transaction), _first(levels, "21", transaction)
    for level in levels:
        if level.kind in ("20", "21") and level.rejections:
            raise level.hl.refuse(
                "The payer answered nothing: its reason is a code. Ask again, or ask the payer.",
                level.rejections[0],
            )
    return EligibilityFile(
        number=transaction.number,
        reference=bht.text(3, "reference", 50, may_lack=True),
        answered_on=bht.day(4, "day of the answer"),
        payer_name=payer.text(3, "payer's name", 60, may_lack=True),
        payer_identifier=payer.text(9, "payer's identifier", 80, may_lack=True),
        provider_npi=provider.text(9, "provider's identifier", 80, may_lack=True),
        answers=tuple(_answers(levels)),
    )


def _first(levels: list[_Level], kind: str, transaction: Transaction) -> Segment:
    found = next((one.name for one in levels if one.kind == kind and one.name), None)
    if found is None:
        raise transaction.opening.refuse("A 271 has to name the payer and the provider (NM1).")
    return found


def _levels(transaction: Transaction) -> list[_Level]:
    levels: list[_Level] = []
    for segment in transaction.segments[1:]:
        if segment.id == "HL":
            if segment(3) not in _LEVELS:
                raise segment.refuse("A 271 has no such level.", segment(3))
            levels.append(_Level(hl=segment))
        elif segment.id in _TAKERS:
            if not levels:
                raise segment.refuse("It stands before any level (HL).")
            _TAKERS[segment.id](levels[-1], segment)
        elif segment.id not in _IGNORED:
            raise segment.refuse("A 271 has no such segment.")
    return levels


def _answers(levels: list[_Level]) -> Iterator[EligibilityAnswer]:
    subscriber: Segment | None = None
    for level in levels:
        if level.kind == "22":
            subscriber = level.name
        if not level.is_answer:
            continue
        name = level.name
        if name is None:
            raise level.hl.refuse("It is not said whom the answer is about (NM1).")
        number = name(9) or (subscriber(9) if subscriber else "")
        yield EligibilityAnswer(
            position=level.hl.position,
            trace_number=level.trace,
            member_number=number.strip()[:80],
            family_name=name(3)[:60],
            given_name=name(4)[:35],
            birth_date=level.born,
            about=level.about,
            rejections=tuple(level.rejections),
            **said(level.benefits),
        )


def _name(level: _Level, segment: Segment) -> None:
    if level.is_naming and level.benefits:
        level.benefits[-1].name = level.benefits[-1].name or segment(3)[:60]
    elif level.name is None:
        level.name = segment


def _trace(level: _Level, segment: Segment) -> None:
    """2 is ours, given back; 1 is the payer's own."""
    if segment(1) == "2" and not level.trace:
        level.trace = segment.text(2, "trace number", 50)


def _born(level: _Level, segment: Segment) -> None:
    if segment(2):
        level.born = segment.day(2, "birth date")


def _days(level: _Level, segment: Segment) -> None:
    span = _span(segment)
    if level.benefits:
        level.benefits[-1].spans.append(span)
    elif segment(1) in ("291", "307", "472"):
        level.about = span


def _span(segment: Segment) -> Span:
    if segment(2) == "D8":
        return Span(first=segment.day(3, "day"))
    if segment(2) != "RD8":
        raise segment.refuse("Days are written as D8 or RD8.", segment(2))
    sides = segment(3).split("-")
    days = [Segment(position=segment.position, elements=(segment.id, side),
                    component=segment.component, repetition=segment.repetition).day(1, "day")
            for side in sides]  # fmt: skip
    if len(days) != 2 or days[0] > days[1]:
        raise segment.refuse("From and to are not two days in their order.", segment(3))
    return Span(first=days[0], last=days[1])


def _rejected(level: _Level, segment: Segment) -> None:
    level.rejections.append(segment.text(3, "reason", 2))


def _benefit(level: _Level, segment: Segment) -> None:
    level.is_naming = False
    level.benefits.append(Benefit(eb=segment))


def _reference(level: _Level, segment: Segment) -> None:
    if level.benefits:
        level.benefits[-1].references.setdefault(segment(1), segment(2)[:50])


def _opens(level: _Level, _segment: Segment) -> None:
    level.is_naming = True


def _closes(level: _Level, _segment: Segment) -> None:
    level.is_naming = False


_TAKERS: dict[str, Callable[[_Level, Segment], None]] = {
    "NM1": _name,
    "TRN": _trace,
    "DMG": _born,
    "DTP": _days,
    "AAA": _rejected,
    "EB": _benefit,
    "REF": _reference,
    "LS": _opens,
    "LE": _closes,
}
