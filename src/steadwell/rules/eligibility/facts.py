"""What the chart says, as far as eligibility asks. Every fact carries the row it was read from, and
`row` is whatever text the caller finds it again by."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

PAYER_KINDS: Final = frozenset(
    {
        "medicare_ffs",
        "railroad_medicare",
        "medicare_secondary",
        "medicare_advantage",
        "medicaid",
        "commercial",
        "self_pay",
        "unknown",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionFact:
    """A diagnosis. Statuses are FHIR's codes; empty: the source gave none. `snomed` is read only
    where `icd10` is empty or unknown."""

    row: str
    icd10: str = ""
    snomed: str = ""
    clinical_status: str = ""
    verification_status: str = ""
    onset_on: date | None = None
    abated_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageFact:
    """A policy, from its first to its last day. `status` is FHIR's.

    Raises:
        ValueError: `kind` is none of `PAYER_KINDS`.
    """

    row: str
    kind: str
    status: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if self.kind not in PAYER_KINDS:
            known = ", ".join(sorted(PAYER_KINDS))
            raise ValueError(f"{self.kind!r} is not a kind of payer. Use one of: {known}.")


class VisitSetting(StrEnum):
    """FHIR's encounter class, as far as it matters: AMB and HH are `office`, VR is `virtual`."""

    OFFICE = "office"
    VIRTUAL = "virtual"
    EMERGENCY = "emergency"
    INPATIENT = "inpatient"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFact:
    """An encounter that took place. `codes` are CPT and HCPCS; `npi` is who saw the patient, or
    empty. What a person confirmed is a visit with the practitioner's NPI and the code they gave."""

    row: str
    on: date
    codes: tuple[str, ...] = ()
    npi: str = ""
    setting: VisitSetting = VisitSetting.UNKNOWN


class StayKind(StrEnum):
    INPATIENT = "inpatient"
    SNF_PART_A = "snf_part_a"
    NURSING_FACILITY = "nursing_facility"


@dataclass(frozen=True, slots=True, kw_only=True)
class StayFact:
    """A stay; `ends_on` is the day of discharge, `None` while it lasts."""

    row: str
    kind: StayKind
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFact:
    """A practitioner's own statement that the conditions last and endanger the patient."""

    row: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartFacts:
    """One patient. `billing_npis` are the practice's billing practitioners. `hospice`, `esrd`,
    `home_health` and `billed_elsewhere` hold the rows that say so: empty means none known."""

    birth_date: date | None = None
    died_on: date | None = None
    conditions: tuple[ConditionFact, ...] = ()
    coverages: tuple[CoverageFact, ...] = ()
    visits: tuple[VisitFact, ...] = ()
    stays: tuple[StayFact, ...] = ()
    billing_npis: frozenset[str] = frozenset()
    risk: RiskFact | None = None
    hospice: tuple[str, ...] = ()
    esrd: tuple[str, ...] = ()
    home_health: tuple[str, ...] = ()
    billed_elsewhere: tuple[str, ...] = ()
