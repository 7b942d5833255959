"""Every code of the rule files as it stands on a day, by program."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from steadwell.rules.explaining.collecting import standing
from steadwell.rules.facts import Program
from steadwell.rules.judging.words import plain
from steadwell.rules.months import Month
from steadwell.rules.rulebook import CodeRules, Rulebook, load_rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeThen:
    code: str
    label: str
    lane: str
    adds_to: tuple[str, ...]
    in_effect: bool
    standing: str
    minutes: int | None
    units_at_most: int | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramThen:
    """`codes` are in effect on the day; `absent` have ended or not yet begun."""

    program: Program
    label: str
    codes: tuple[CodeThen, ...]
    absent: tuple[CodeThen, ...]


def programs_on(day: date) -> tuple[ProgramThen, ...]:
    """
    Raises:
        NotVerifiedError: the day lies outside what the rule files vouch for.
    """
    book = load_rulebook()
    book.in_month(Month.of(day))
    return tuple(_programs(book, day))


def _programs(book: Rulebook, day: date) -> Iterator[ProgramThen]:
    for program in (each for each in Program if each in book.programs):
        mine = [each for each in book.codes.values() if each.program == program]
        first = _first_of_lanes(mine)
        mine.sort(key=lambda each: (first[each.lane], bool(each.adds_to), each.code))
        then = [_code(book, each, day) for each in mine]
        yield ProgramThen(
            program=program,
            label=book.programs[program].label,
            codes=tuple(each for each in then if each.in_effect),
            absent=tuple(each for each in then if not each.in_effect),
        )


def _first_of_lanes(codes: list[CodeRules]) -> dict[str, tuple[bool, str]]:
    """Lanes come in the order of the first code that stands alone in them."""
    first: dict[str, tuple[bool, str]] = {}
    for each in codes:
        mine = (bool(each.adds_to), each.code)
        first[each.lane] = min(first.get(each.lane, mine), mine)
    return first


def _code(book: Rulebook, code: CodeRules, day: date) -> CodeThen:
    in_effect, words = standing(code, day)
    return CodeThen(
        code=code.code,
        label=code.label,
        lane=plain(code.lane),
        adds_to=code.adds_to,
        in_effect=in_effect,
        standing=words,
        minutes=_number(code, "minutes", day),
        units_at_most=_number(code, "units_at_most", day),
        amount=book.fees.allowed(code.code, on=day) if in_effect else None,
    )


def _number(code: CodeRules, key: str, day: date) -> int | None:
    rule = code.rules[key].on(day) if key in code.rules else None
    return None if rule is None else int(rule.value)
