"""What the demo's texts take from a chart: medicines by name, the last value of each measure."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from steadwell.patients.models import Medication, Observation
from steadwell.practices.models import Practice

MEASURES = {
    "29463-7": "weight", "8480-6": "systolic", "8462-4": "diastolic", "4548-4": "a1c",
    "59408-5": "oxygen", "8867-4": "pulse",
}  # fmt: skip
SALTS = r" (sodium|potassium|hydrochloride|monohydrate|tartrate|besylate)$"


@dataclass(frozen=True, slots=True)
class Chart:
    """Of one patient."""

    medicines: tuple[str, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)


def read_charts(practice: Practice, patients: list[int]) -> dict[int, Chart]:
    """Of each of them, in two queries."""
    medicines: dict[int, list[str]] = defaultdict(list)
    active = Medication.objects.filter(
        practice=practice, patient_id__in=patients, status="active"
    ).order_by("pk")
    for patient, label in active.values_list("patient_id", "label"):
        medicines[patient].append(_plain_name(label))
    values: dict[int, dict[str, float]] = defaultdict(dict)
    rows = Observation.objects.filter(
        practice=practice, patient_id__in=patients, loinc__in=list(MEASURES), quantity__isnull=False
    ).order_by("observed_at", "pk")
    for patient, loinc, quantity in rows.values_list("patient_id", "loinc", "quantity"):
        if quantity is not None:
            values[patient][MEASURES[loinc]] = float(quantity)
    return {one: Chart(tuple(medicines[one]), values[one]) for one in patients}


def _plain_name(label: str) -> str:
    """`Warfarin Sodium 5 MG Oral Tablet` is `warfarin` to those who talk of it."""
    name = re.split(r",? ?\d", label.lower(), maxsplit=1)[0].strip()
    return re.sub(SALTS, "", name)
