"""The cases of the case files, each decided once."""

from functools import cache
from pathlib import Path
from typing import Final

from steadwell.rules import Decision, PatientMonth
from steadwell.rules.cases import Checked, check, read_cases

CASES: Final = Path(__file__).parent / "cases"

Case = tuple[PatientMonth, Decision]


@cache
def checked() -> tuple[Checked, ...]:
    files = sorted(CASES.glob("*.yaml"))
    return tuple(check(case) for path in files for case in read_cases(path))


@cache
def all_cases() -> tuple[Case, ...]:
    return tuple((each.case.facts, each.decision) for each in checked() if each.decision)


@cache
def by_name() -> dict[str, Decision]:
    return {each.case.name: each.decision for each in checked() if each.decision}
