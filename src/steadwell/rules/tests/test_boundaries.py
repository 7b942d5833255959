"""Every threshold and date of the rule files has a pair of cases, one on each side of it.

The rule files are walked; the case files must hold the pairs. What is new in a rule file and has no
pair fails here, so that the list of cases cannot rot.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise, zip_longest
from typing import Final

import pytest

from steadwell.rules import Decision, Month, PatientMonth, load_rulebook
from steadwell.rules.facts import Credential, Elects, Program
from steadwell.rules.rulebook import CodeRules
from steadwell.rules.tests.decided_cases import all_cases

BOOK: Final = load_rulebook()
FIRST: Final = Month(2013, 1)
LAST: Final = Month(2026, 12)

Side = Callable[[PatientMonth, Decision], bool]


@dataclass(frozen=True)
class Boundary:
    """Two sides of which each needs a case."""

    name: str
    at: Side
    below: Side


def units(decision: Decision, code: str) -> int:
    return sum(line.units for line in decision.lines if line.code == code)


def earned(decision: Decision, code: str) -> bool:
    """Claimed, or one of the codes a person chooses from."""
    choices = " ".join(
        str(each.found) for each in decision.review if each.identifier == "choose_one"
    )
    return bool(units(decision, code)) or code in choices


def judged(decision: Decision, program: str) -> bool:
    return any(finding.program == program for finding in decision.findings)


def tries(facts: PatientMonth, code: CodeRules) -> bool:
    """Whether the month is one in which the lane of the code could be reached."""
    care, month = facts.collaborative_care, facts.month
    lanes: dict[str, bool] = {
        "personal": code.program == "pain" or facts.elects is Elects.PERSONAL,
        "complex": facts.attested_mdm is not None,
        "peer": any(each.credential is Credential.PEER_SPECIALIST for each in facts.time),
        "first_month": care is not None and care.episode_start == month,
        "later_month": care is not None and care.episode_start < month,
    }
    return lanes.get(code.lane, True)


def in_effect(code: CodeRules) -> Iterator[Boundary]:
    """From its first day on, and until its last."""

    def claimed(facts: PatientMonth, decision: Decision, month: Month) -> bool:
        return facts.month == month and earned(decision, code.code)

    def absent(facts: PatientMonth, decision: Decision, month: Month) -> bool:
        is_absent = not units(decision, code.code) and judged(decision, code.program)
        return facts.month == month and is_absent and tries(facts, code)

    for entry in code.rules["in_effect"].entries:
        month = Month.of(entry.start)
        if month > FIRST:
            after, before = (claimed, absent) if entry.value else (absent, claimed)
            yield Boundary(
                f"{code.code} {'from' if entry.value else 'until'} {entry.start}",
                partial(after, month=month),
                partial(before, month=month.before),
            )


def minutes(code: CodeRules) -> Iterator[Boundary]:
    """The first unit, and the cap, as they are in the last year."""
    rules = BOOK.in_month(LAST).programs[code.program]
    book, program = rules.codes.get(code.code), Program(code.program)
    if book is None or not book.minutes:
        return

    def at(_facts: PatientMonth, decision: Decision, count: int) -> bool:
        return decision.minutes.get(program) == count and units(decision, code.code) == 1

    def below(facts: PatientMonth, decision: Decision, count: int, lane: CodeRules) -> bool:
        few = decision.minutes.get(program) == count - 1 and not units(decision, code.code)
        return few and tries(facts, lane)

    def capped(_facts: PatientMonth, decision: Decision, over: bool) -> bool:
        full = units(decision, code.code) == book.cap
        return full and ("unit_limit" in decision.because) is over

    for base in code.adds_to or ("",):
        first = book.need + (rules.codes[base].minutes if base else 0)
        lane = BOOK.codes[base] if base else code
        yield Boundary(
            f"{code.code}: {first} minutes ({lane.code})",
            partial(at, count=first),
            partial(below, count=first, lane=lane),
        )
    if code.adds_to and book.cap:
        yield Boundary(
            f"{code.code}: {book.cap} units",
            partial(capped, over=False),
            partial(capped, over=True),
        )


def days_of_data(code: CodeRules) -> Iterator[Boundary]:
    def has(
        facts: PatientMonth, decision: Decision, days: int, when: tuple[date, date], claimed: bool
    ) -> bool:
        family = code.lane.removeprefix("device_")
        return (
            when[0] <= facts.month.first < when[1]
            and bool(units(decision, code.code)) is claimed
            and any(
                each.device_days == days
                and (each.family == family if code.lane != "set_up" else each.new_episode)
                for each in facts.monitoring
            )
        )

    for key, outside in (("device_days_at_least", -1), ("device_days_at_most", 1)):
        entries = code.rules[key].entries if key in code.rules else ()
        for entry, later in zip_longest(entries, entries[1:]):
            when = (entry.start, later.start if later else LAST.after.first)
            yield Boundary(
                f"{code.code}: {key} {entry.value} since {entry.start}",
                partial(has, days=entry.value, when=when, claimed=True),
                partial(has, days=entry.value + outside, when=when, claimed=False),
            )


def settings(code: CodeRules) -> Iterator[Boundary]:
    """Where a code is paid, for the first code of each lane."""

    def found(
        facts: PatientMonth,
        decision: Decision,
        kinds: set[str],
        since: date,
        late: bool,
        paid: bool,
    ) -> bool:
        return (
            facts.practice.kind in kinds
            and (facts.month.first >= since) is late
            and bool(units(decision, code.code)) is paid
            and judged(decision, code.program)
            and tries(facts, code)
        )

    entries = code.rules["settings"].entries
    for before, entry in pairwise(entries):
        kinds = set(entry.value) ^ set(before.value)
        opens = set(entry.value) > set(before.value)
        if kinds and not code.adds_to:
            yield Boundary(
                f"{code.code}: {', '.join(sorted(kinds))} from {entry.start}",
                partial(found, kinds=kinds, since=entry.start, late=True, paid=opens),
                partial(found, kinds=kinds, since=entry.start, late=False, paid=not opens),
            )


def boundaries() -> list[Boundary]:
    walks = (in_effect, minutes, days_of_data, settings)
    return [each for code in BOOK.codes.values() for walk in walks for each in walk(code)]


@pytest.mark.exhaustive
@pytest.mark.parametrize("boundary", boundaries(), ids=lambda each: each.name)
def test_there_is_a_case_on_each_side(boundary: Boundary) -> None:
    sides = {
        "at": any(boundary.at(*case) for case in all_cases()),
        "below": any(boundary.below(*case) for case in all_cases()),
    }
    assert [side for side, is_there in sides.items() if not is_there] == []
