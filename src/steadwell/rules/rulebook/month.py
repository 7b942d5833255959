"""The rules of one month: everything dated is resolved once, so that deciding only looks up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from steadwell.rules.months import Month
from steadwell.rules.rulebook.entries import CodeRules, Conflict, ProgramRules, Rule
from steadwell.rules.rulebook.fees import FeeSchedule

Pair = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class MonthCode:
    """A code in one month. `need` is what its last unit takes: all its minutes, or by the midpoint
    convention more than half."""

    code: str
    label: str
    program: str
    lane: str
    adds_to: tuple[str, ...]
    rules: Mapping[str, Rule]
    minutes: int
    need: int
    cap: int | None

    def rule(self, key: str) -> Rule:
        return self.rules[key]

    def is_paid_in(self, setting: str) -> bool:
        return setting in self.rules["settings"].value

    def taking(self, minutes: Rule, *, program: str | None = None) -> "MonthCode":
        """The same code where another rule says how many minutes it takes."""
        return replace(
            self,
            program=program or self.program,
            minutes=minutes.value,
            need=minutes.value,
            rules={**self.rules, "minutes": minutes},
        )

    @property
    def is_add_on(self) -> bool:
        return bool(self.adds_to)


@dataclass(frozen=True, slots=True)
class AbsentCode:
    """A code that is not in effect in the month. `found` says since when, or until when."""

    code: str
    lane: str
    adds_to: tuple[str, ...]
    rule: Rule
    found: str


@dataclass(frozen=True, eq=False)
class MonthProgram:
    """A program in one month: what is asked for, and the codes that are in effect. There is one of
    each in a rulebook, so that what is made of it can be remembered by it."""

    program: str
    label: str
    rules: Mapping[str, Rule]
    codes: Mapping[str, MonthCode]
    absent: Mapping[str, AbsentCode]

    def rule(self, key: str) -> Rule:
        return self.rules[key]

    def get(self, key: str) -> Rule | None:
        return self.rules.get(key)

    def in_lane(self, lane: str) -> tuple[MonthCode, ...]:
        return tuple(code for code in self.codes.values() if code.lane == lane)

    def base_of(self, lane: str) -> MonthCode | None:
        return self._bases.get(lane)

    def add_on_to(self, code: str) -> MonthCode | None:
        return self._add_ons.get(code)

    @cached_property
    def _bases(self) -> dict[str, MonthCode]:
        """By lane, the first of each."""
        bases = [code for code in self.codes.values() if not code.is_add_on]
        return {code.lane: code for code in reversed(bases)}

    @cached_property
    def _add_ons(self) -> dict[str, MonthCode]:
        """By the code they are added to, the first of each."""
        codes = reversed(list(self.codes.values()))
        return {base: code for code in codes for base in code.adds_to}


@dataclass(frozen=True, slots=True)
class MonthBook:
    """`conflicts` by code, other code and who (same or other; in one setting: as in `other rhc`)."""

    month: Month
    version: str
    programs: Mapping[str, MonthProgram]
    conflicts: Mapping[Pair, Conflict]
    caps_known: Rule
    fees: FeeSchedule

    def codes_of(self, *programs: str) -> frozenset[str]:
        """All codes of these programs that are in effect."""
        return frozenset(code for each in programs for code in self.programs[each].codes)


def program_in_month(
    program: ProgramRules, common: ProgramRules, codes: Iterable[CodeRules], first: date
) -> MonthProgram:
    in_effect: dict[str, MonthCode] = {}
    absent: dict[str, AbsentCode] = {}
    for code in codes:
        said = code.rules["in_effect"].on(first)
        if said is not None and said.value:
            in_effect[code.code] = _code_in_month(code, first)
        else:
            absent[code.code] = _absent(code, said)
    rules = _in_force(common, first) | _in_force(program, first)
    return MonthProgram(program.program, program.label, rules, in_effect, absent)


def with_bundle(program: MonthProgram, bundle: MonthCode | None) -> MonthProgram:
    """A health center's one code for several programs, with the minutes this program asks for."""
    rule = program.get("bundle_minutes")
    if bundle is None or rule is None:
        return program
    lent = bundle.taking(rule, program=program.program)
    return replace(program, codes={**program.codes, lent.code: lent})


def conflicts_in_month(
    conflicts: Iterable[Conflict], groups: Mapping[str, tuple[str, ...]], month: Month
) -> dict[Pair, Conflict]:
    """Later entries of the file go before earlier ones: a single code before its group."""
    found: dict[Pair, Conflict] = {}
    for each in conflicts:
        if each.start <= month.last and (each.end is None or month.first <= each.end):
            one, other = (groups.get(side, (side,)) for side in each.pair)
            for who in _whose(each):
                for code in one:
                    for against in other:
                        found[code, against, who] = each
                        found[against, code, who] = each
    return found


def _whose(conflict: Conflict) -> tuple[str, ...]:
    """The third part of a pair's key: who, and in which setting where it is not in all."""
    return tuple(f"{conflict.who} {each}" for each in conflict.settings) or (conflict.who,)


def _in_force(program: ProgramRules, first: date) -> dict[str, Rule]:
    found = {key: rule.on(first) for key, rule in program.rules.items()}
    return {key: rule for key, rule in found.items() if rule is not None}


def _absent(code: CodeRules, said: Rule | None) -> AbsentCode:
    in_effect = code.rules["in_effect"]
    begins = in_effect.entries[0].start
    if said is None:
        rule = in_effect.on(begins)
        found = f"{code.code} begins on {begins}"
    else:
        rule = said
        found = f"{code.code} ended on {said.in_force_from - timedelta(days=1)}"
    assert rule is not None
    return AbsentCode(code.code, code.lane, code.adds_to, rule, found)


def _code_in_month(code: CodeRules, first: date) -> MonthCode:
    found = {key: rule.on(first) for key, rule in code.rules.items()}
    rules = {key: rule for key, rule in found.items() if rule is not None}
    minutes = rules["minutes"].value if "minutes" in rules else 0
    by_midpoint = "counting" in rules and rules["counting"].value == "midpoint"
    cap = rules["units_at_most"].value if "units_at_most" in rules else None
    return MonthCode(
        code=code.code,
        label=code.label,
        program=code.program,
        lane=code.lane,
        adds_to=code.adds_to,
        rules=rules,
        minutes=minutes,
        need=minutes // 2 + 1 if by_midpoint else minutes,
        cap=cap,
    )
