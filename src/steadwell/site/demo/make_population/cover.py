"""Coverage: which patient has what, in the proportions of a practice of older people."""

from dataclasses import dataclass
from typing import Any, Final

from steadwell.site.demo.make_population import places
from steadwell.site.demo.make_population.fhir import (
    TERMS,
    TEST_DATA,
    V3,
    Resource,
    concept,
    reference,
)
from steadwell.site.demo.make_population.people import insure

SOURCE_OF_PAYMENT: Final = "https://nahdo.org/sopt"
FEE_FOR_SERVICE: Final = "121"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A kind of policy. `source` is the code in the Source of Payment Typology; `act` is HL7's."""

    key: str
    payer: Resource
    source: str
    act: str
    name: str
    order: int = 1
    subplan: str = ""


PART_B = Plan(key="b", payer=places.PART_B, source="121", act="PUBLICPOL", name="Medicare Part B")
RAILROAD = Plan(
    key="rr", payer=places.RAILROAD, source="121", act="PUBLICPOL", name="Railroad Medicare Part B"
)
ADVANTAGE = Plan(
    key="ma", payer=places.ADVANTAGE, source="111", act="MCPOL", name="Medicare Advantage HMO"
)
MEDIGAP = Plan(
    key="gap", payer=places.MEDIGAP, source="523", act="HIP", name="Medigap Plan G", order=2
)
MEDICAID = Plan(
    key="mcd", payer=places.MEDICAID, source="2", act="PUBLICPOL", name="Medicaid", order=2
)
QMB = Plan(
    key="qmb", payer=places.MEDICAID, source="2", act="PUBLICPOL", name="Medicaid", order=2,
    subplan="QMB",
)  # fmt: skip
MEDICAID_ALONE = Plan(
    key="mcd1", payer=places.MEDICAID, source="2", act="PUBLICPOL", name="Medicaid"
)
COMMERCIAL = Plan(
    key="com", payer=places.COMMERCIAL, source="5", act="EHCPOL", name="Employer health plan"
)

# One of fifty is drawn for each patient, in turn.
_MIX: Final[tuple[tuple[Plan, ...], ...]] = (
    *[(PART_B,)] * 18,
    *[(PART_B, MEDIGAP)] * 12,
    *[(PART_B, QMB)] * 3,
    *[(PART_B, MEDICAID)] * 2,
    *[(RAILROAD,)],
    *[(ADVANTAGE,)] * 8,
    *[(COMMERCIAL,)] * 4,
    *[(MEDICAID_ALONE,)],
    (),
)


def coverages(patient: Resource, number: int, mbi: str) -> list[Resource]:
    """What the patient has, since the month they turned 65. With Medicare goes its number."""
    plans = _MIX[number * 7 % len(_MIX)]
    if any(plan.key in {"b", "rr", "ma"} for plan in plans):
        insure(patient, mbi)
    turned_65 = str(int(patient["birthDate"][:4]) + 65) + patient["birthDate"][4:7] + "-01"
    return [_coverage(patient, plan, mbi, turned_65) for plan in plans]


def _coverage(patient: Resource, plan: Plan, mbi: str, start: str) -> Resource:
    member = mbi if plan.source == FEE_FOR_SERVICE else f"{plan.key.upper()}{mbi[2:9]}"
    classes: list[dict[str, Any]] = [
        {"type": concept(f"{TERMS}coverage-class", "plan"), "value": plan.key, "name": plan.name}
    ]
    if plan.subplan:
        kind = concept(f"{TERMS}coverage-class", "subplan")
        name = "Qualified Medicare Beneficiary"
        classes.append({"type": kind, "value": plan.subplan, "name": name})
    return {
        "resourceType": "Coverage",
        "id": f"{patient['id']}-{plan.key}",
        "meta": TEST_DATA,
        "status": "active",
        "type": {
            "coding": [
                {"system": SOURCE_OF_PAYMENT, "code": plan.source},
                {"system": f"{V3}ActCode", "code": plan.act},
            ],
            "text": plan.name,
        },
        "subscriberId": member,
        "beneficiary": reference(patient),
        "relationship": concept(f"{TERMS}subscriber-relationship", "self"),
        "period": {"start": start},
        "payor": [{**reference(plan.payer), "display": plan.payer["name"]}],
        "class": classes,
        "order": plan.order,
    }
