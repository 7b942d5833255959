"""What the benefits (EB) of one patient say of Medicare. A code that is not known here says nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from steadwell.wire.x12.answers.envelope import Segment
from steadwell.wire.x12.eligibility.answer_271 import Advantage, OtherCover, Span

ACTIVE: Final = frozenset("12345")
INACTIVE: Final = frozenset("678")
DEDUCTIBLE, DESCRIPTION, OTHER_PAYER, FACILITY = "C", "D", "R", "X"
WHOLE_PLAN, HOME_HEALTH, HOSPICE = "30", "42", "45"
DIALYSIS: Final = frozenset(("14", "15", "76", "RN"))
PART_B, QMB = "MB", "QM"
ADVANTAGE: Final = frozenset(("HN", "HM", "PR", "PS", "IN"))
# Medicare pays second: working aged, ESRD, no-fault, workers' compensation and so on.
SECOND: Final = frozenset(("12", "13", "14", "15", "16", "41", "42", "43", "47", "WC"))
REMAINING: Final = "29"


@dataclass(slots=True)
class Benefit:
    """An EB segment with what stands below it."""

    eb: Segment
    spans: list[Span] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    name: str = ""

    @property
    def info(self) -> str:
        return self.eb(1)

    @property
    def kind(self) -> str:
        """Insurance type (EB04)."""
        return self.eb(4)

    @property
    def services(self) -> frozenset[str]:
        return frozenset(filter(None, self.eb(3).split(self.eb.repetition)))

    @property
    def span(self) -> Span:
        return self.spans[0] if self.spans else Span()

    @property
    def is_whole(self) -> bool:
        return not self.services or WHOLE_PLAN in self.services


def said(benefits: Sequence[Benefit]) -> dict[str, Any]:
    """The fields of an answer that benefits fill."""
    part_b, span = _part_b(benefits)
    return {
        "part_b": part_b,
        "part_b_span": span,
        "advantage": tuple(_advantage(benefits)),
        "qmb": tuple(one.span for one in benefits if one.kind == QMB and one.info in ACTIVE),
        "hospice": tuple(_episodes(benefits, frozenset((HOSPICE,)))),
        "home_health": tuple(_episodes(benefits, frozenset((HOME_HEALTH,)))),
        "esrd": tuple(_episodes(benefits, DIALYSIS)),
        "others": tuple(_others(benefits)),
        "deductible_left": _deductible_left(benefits),
    }


def _part_b(benefits: Sequence[Benefit]) -> tuple[bool | None, Span]:
    """Part B by its name; without it, a whole plan that is inactive is Part B inactive too."""
    for one in benefits:
        if one.kind == PART_B and one.info in ACTIVE:
            return True, one.span
    for one in benefits:
        if one.info in INACTIVE and (one.kind == PART_B or (not one.kind and one.is_whole)):
            return False, one.span
    return None, Span()


def _advantage(benefits: Sequence[Benefit]) -> Iterator[Advantage]:
    for one in benefits:
        if one.info == OTHER_PAYER and one.kind in ADVANTAGE and one.is_whole:
            contract = one.references.get("18") or one.references.get("N6") or ""
            yield Advantage(contract=contract, name=one.name, span=one.span)


def _others(benefits: Sequence[Benefit]) -> Iterator[OtherCover]:
    for one in benefits:
        if one.info == OTHER_PAYER and one.kind in SECOND:
            number = one.references.get("IG") or one.references.get("1L") or ""
            yield OtherCover(kind=one.kind, name=one.name, policy_number=number, span=one.span)


def _episodes(benefits: Sequence[Benefit], services: frozenset[str]) -> Iterator[Span]:
    """Only with a day: a benefit that merely exists in the plan is no episode of the patient."""
    for one in benefits:
        if one.info in (FACILITY, DESCRIPTION) and one.services & services:
            yield from one.spans


def _deductible_left(benefits: Sequence[Benefit]) -> Decimal | None:
    for one in benefits:
        if one.info == DEDUCTIBLE and one.kind == PART_B and one.eb(6) == REMAINING and one.eb(7):
            return one.eb.money(7, "deductible that remains")
    return None
