"""Who pays for a patient on a day, as the rules read the policies."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from steadwell.patients.models import KIND_WORDS, Coverage
from steadwell.practices.models import Practice
from steadwell.rules.eligibility.checks import cover_on
from steadwell.rules.eligibility.facts import PAYER_KINDS, ChartFacts, CoverageFact

_BESIDE: Final = {"medigap": "Medigap", "medicaid": "Medicaid"}
_VOID: Final = frozenset({"cancelled", "draft", "entered-in-error"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageNow:
    """`secondary` pays beside `kind`: medigap, medicaid, or none."""

    kind: str
    secondary: str = "none"
    is_qmb: bool = False

    @property
    def words(self) -> str:
        beside = [_BESIDE[self.secondary]] if self.secondary in _BESIDE else []
        if self.secondary == self.kind:
            beside = []
        return ", ".join([KIND_WORDS[self.kind], *beside, *(["QMB"] if self.is_qmb else [])])


def current_coverage(
    practice: Practice, patient_ids: Collection[int], on: date
) -> dict[int, CoverageNow]:
    """One read for all of them. Nobody without a policy is among them."""
    policies: dict[int, list[Coverage]] = defaultdict(list)
    for each in Coverage.objects.filter(practice=practice, patient_id__in=list(patient_ids)):
        if is_in_force(each, on):
            policies[each.patient_id].append(each)
    return {patient_id: _now(found, on) for patient_id, found in policies.items()}


def is_in_force(policy: Coverage, on: date) -> bool:
    begun = policy.starts_on is None or policy.starts_on <= on
    lasts = policy.ends_on is None or on <= policy.ends_on
    return begun and lasts and policy.status not in _VOID


def _now(policies: list[Coverage], on: date) -> CoverageNow:
    facts = tuple(
        CoverageFact(row=str(each.pk), kind=each.kind if each.kind in PAYER_KINDS else "unknown")
        for each in policies
    )
    beside = {each.secondary for each in policies} | {each.kind for each in policies}
    return CoverageNow(
        kind=cover_on(ChartFacts(coverages=facts), on).kind,
        secondary=next((each for each in _BESIDE if each in beside), "none"),
        is_qmb=any(each.is_qmb for each in policies),
    )
