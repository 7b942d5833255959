"""What a practitioner ticks when stating the risk."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from steadwell.rules.conditions import condition_group, distinct_groups


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedCondition:
    """A condition of the chart and the two things only the practitioner may say of it. `is_mapped`:
    the chart gave no ICD-10 code, and ours stands for the group only; it never goes on a claim."""

    code: str
    label: str
    condition_id: str = ""
    is_mapped: bool = False
    lasts_12_months: bool = False
    significant_risk: bool = False

    @property
    def counts(self) -> bool:
        return self.lasts_12_months and self.significant_risk

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def number_of_diseases(conditions: Sequence[ConfirmedCondition]) -> int:
    """Codes of one disease count once; a condition without a known code counts by its name."""
    counted = [each for each in conditions if each.counts]
    groups = [group for each in counted if (group := condition_group(each.code))]
    others = {
        each.code or each.label.casefold() for each in counted if not condition_group(each.code)
    }
    return len(distinct_groups(groups)) + len(others)
