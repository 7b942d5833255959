"""Who may be offered Chronic Care Management: each criterion with what was found, and who says so.

`assess` decides nothing that only people may: the risk statement is theirs, and so is every doubt.
"""

from steadwell.rules.eligibility.assess import assess
from steadwell.rules.eligibility.facts import (
    ChartFacts,
    ConditionFact,
    CoverageFact,
    RiskFact,
    StayFact,
    StayKind,
    VisitFact,
    VisitSetting,
)
from steadwell.rules.eligibility.results import (
    Candidacy,
    CountedCondition,
    Criterion,
    Evidence,
    Met,
    Missing,
    Standing,
)

__all__ = [
    "Candidacy",
    "ChartFacts",
    "ConditionFact",
    "CountedCondition",
    "CoverageFact",
    "Criterion",
    "Evidence",
    "Met",
    "Missing",
    "RiskFact",
    "Standing",
    "StayFact",
    "StayKind",
    "VisitFact",
    "VisitSetting",
    "assess",
]
