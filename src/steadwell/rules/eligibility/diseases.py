"""The chronic diseases of a chart on a day, each counted once, and the rows that leave a doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from steadwell.rules.conditions import (
    Chronicity,
    Group,
    SnomedKind,
    chronicity,
    condition_group,
    distinct_groups,
    icd10_for_snomed,
)
from steadwell.rules.eligibility.facts import ConditionFact
from steadwell.rules.eligibility.results import CountedCondition

_WRONG: Final = frozenset({"refuted", "entered-in-error"})
_OVER: Final = frozenset({"inactive", "remission", "resolved"})
_ACTIVE: Final = frozenset({"active", "recurrence", "relapse"})
_CONFIRMED: Final = frozenset({"confirmed", ""})
_DIALYSIS: Final = frozenset({"N186", "Z992"})


@dataclass(frozen=True, slots=True)
class Diseases:
    """`counted` are certain. `possible` more may count once `doubtful_rows` are settled."""

    counted: tuple[CountedCondition, ...]
    possible: int
    doubtful_rows: tuple[str, ...]
    dialysis_rows: tuple[str, ...]


def diseases_on(conditions: Sequence[ConditionFact], on: date) -> Diseases:
    sure: dict[Group, list[str]] = {}
    doubtful: dict[Group, list[str]] = {}
    uncoded: list[str] = []
    dialysis: list[str] = []
    for fact in conditions:
        if not _holds(fact, on):
            continue
        if fact.icd10 and fact.icd10.upper().replace(".", "") in _DIALYSIS:
            dialysis.append(fact.row)
        group, is_known = _disease(fact)
        if group:
            found = sure if _is_certain(fact) else doubtful
            found.setdefault(group, []).append(fact.row)
        elif not is_known:
            uncoded.append(fact.row)
    return _sum_up(sure, doubtful, uncoded, tuple(dialysis))


def _sum_up(
    sure: Mapping[Group, list[str]],
    doubtful: Mapping[Group, list[str]],
    uncoded: Sequence[str],
    dialysis: tuple[str, ...],
) -> Diseases:
    counted = tuple(CountedCondition(each, tuple(sure[each])) for each in distinct_groups(sure))
    if not doubtful and not uncoded:
        return Diseases(counted, 0, (), dialysis)
    more = len(distinct_groups([*sure, *doubtful])) - len(counted)
    new = [row for group, rows in doubtful.items() if group not in sure for row in rows]
    return Diseases(counted, more + len(uncoded), (*new, *uncoded), dialysis)


def _holds(fact: ConditionFact, on: date) -> bool:
    if fact.verification_status in _WRONG or fact.clinical_status in _OVER:
        return False
    if fact.abated_on is not None and fact.abated_on <= on:
        return False
    return fact.onset_on is None or fact.onset_on <= on


def _is_certain(fact: ConditionFact) -> bool:
    return fact.clinical_status in _ACTIVE and fact.verification_status in _CONFIRMED


def _disease(fact: ConditionFact) -> tuple[Group | None, bool]:
    """The disease that counts, and whether we know the code at all."""
    if fact.icd10:
        if group := condition_group(fact.icd10):
            return group, True
        if chronicity(fact.icd10) is not Chronicity.UNKNOWN:
            return None, True
    mapped = icd10_for_snomed(fact.snomed) if fact.snomed else None
    if mapped is None:
        return None, False
    if mapped.kind is SnomedKind.CHRONIC and mapped.icd10:
        return condition_group(mapped.icd10), True
    return None, True
