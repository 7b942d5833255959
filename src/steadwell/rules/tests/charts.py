"""A chart that qualifies, for tests that change one thing."""

import dataclasses
from dataclasses import replace
from datetime import date

from steadwell.rules.eligibility import (
    Candidacy,
    ChartFacts,
    ConditionFact,
    CoverageFact,
    Evidence,
    RiskFact,
    VisitFact,
    VisitSetting,
    assess,
)

TODAY = date(2026, 3, 17)
OURS = "2000000010"
OTHER = "1234567893"


def condition(row: str, icd10: str, status: str = "active", **more: object) -> ConditionFact:
    given_facts = ConditionFact(
        row=row, icd10=icd10, clinical_status=status, verification_status="confirmed"
    )
    return replace(given_facts, **more)  # type: ignore[arg-type]


DIABETES = condition("c1", "E11.22")
PRESSURE = condition("c2", "I10")
MEDICARE = CoverageFact(row="k1", kind="medicare_ffs", status="active", starts_on=date(2015, 5, 1))
VISIT = VisitFact(
    row="v1", on=date(2025, 11, 3), codes=("99214",), npi=OURS, setting=VisitSetting.OFFICE
)
READY = ChartFacts(
    birth_date=date(1949, 8, 2),
    conditions=(DIABETES, PRESSURE),
    coverages=(MEDICARE,),
    visits=(VISIT,),
    billing_npis=frozenset({OURS}),
    risk=RiskFact(row="r1", on=date(2026, 3, 1)),
)


def seen(**changes: object) -> Candidacy:
    return assess(dataclasses.replace(READY, **changes), TODAY)  # type: ignore[arg-type]


def finding(candidacy: Candidacy, key: str) -> Evidence:
    return next(each for each in candidacy.evidence if each.criterion.key == key)


def missing(candidacy: Candidacy) -> list[str]:
    return [each.key for each in candidacy.missing]
