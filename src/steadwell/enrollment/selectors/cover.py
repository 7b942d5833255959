"""Who pays for a patient on a day, and what that leaves to the patient."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from steadwell.patients.models import Coverage, Patient
from steadwell.practices.models import Practice
from steadwell.rules.eligibility import ChartFacts, CoverageFact
from steadwell.rules.eligibility.checks import cover_on
from steadwell.rules.eligibility.facts import PAYER_KINDS

_ORIGINAL: Final = frozenset({"medicare_ffs", "railroad_medicare"})
_VOID: Final = frozenset({"cancelled", "draft", "entered-in-error"})
_NAMES: Final = {
    "medicare_ffs": "Part B",
    "railroad_medicare": "Railroad Medicare",
    "medicare_secondary": "Medicare pays second",
    "medicare_advantage": "Medicare Advantage",
    "medicaid": "Medicaid alone",
    "commercial": "Commercial plan",
    "self_pay": "No insurer",
    "unknown": "Not known",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """As the chart says. `kind` is the rules' payer kind; `secondary` stands beside Medicare."""

    kind: str = "unknown"
    secondary: str = "none"
    is_qmb: bool = False

    @property
    def label(self) -> str:
        name = _NAMES.get(self.kind, "Not known")
        if self.kind not in _ORIGINAL:
            return name
        if self.is_qmb:
            return f"{name}, QMB"
        second = {"medigap": ", Medigap", "medicaid": ", Medicaid", "other": ", other"}
        return f"{name}{second.get(self.secondary, ' only')}"

    @property
    def situation(self) -> str:
        """Which words about cost apply: a key of the script's costs."""
        if self.kind in _ORIGINAL:
            return "qmb" if self.is_qmb else self._second
        return self.kind if self.kind in {"medicare_advantage", "medicare_secondary"} else "unknown"

    @property
    def _second(self) -> str:
        return self.secondary if self.secondary in {"medigap", "medicaid"} else "none"


def cover_of(patient: Patient, on: date) -> Cover:
    return covers_of(patient.practice, [patient.pk], on).get(patient.pk, Cover())


def covers_of(practice: Practice, patient_ids: Collection[int], on: date) -> dict[int, Cover]:
    """One read for all of them."""
    rows: dict[int, list[Coverage]] = defaultdict(list)
    found = Coverage.objects.filter(practice=practice, patient_id__in=list(patient_ids))
    for each in found.order_by("pk"):
        rows[each.patient_id].append(each)
    return {patient_id: cover_from(policies, on) for patient_id, policies in rows.items()}


def cover_from(policies: list[Coverage], on: date) -> Cover:
    """Of one patient's policies."""
    current = [each for each in policies if _in_force(each, on)]
    facts = tuple(
        CoverageFact(
            row=str(each.pk),
            kind=each.kind if each.kind in PAYER_KINDS else "unknown",
            status=each.status,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
        )
        for each in current
    )
    kind = cover_on(ChartFacts(coverages=facts), on).kind
    return Cover(
        kind=kind, secondary=_secondary(current, kind), is_qmb=any(each.is_qmb for each in current)
    )


def _secondary(current: list[Coverage], kind: str) -> str:
    named = [each.secondary for each in current if each.secondary not in {"", "none"}]
    if named:
        return named[0]
    beside = kind != "medicaid" and any(each.kind == "medicaid" for each in current)
    return "medicaid" if beside else "none"


def _in_force(each: Coverage, on: date) -> bool:
    begun = each.starts_on is None or each.starts_on <= on
    lasts = each.ends_on is None or on <= each.ends_on
    return begun and lasts and each.status not in _VOID
