"""From the chart to a plan: what a first draft starts with, and what a plan does not mention yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from steadwell.careplans.content import (
    Allergy,
    Medication,
    PlanContent,
    Problem,
    new_key,
)
from steadwell.patients import models as chart
from steadwell.patients.models import Patient
from steadwell.rules.conditions import Group
from steadwell.rules.eligibility import ConditionFact
from steadwell.rules.eligibility.diseases import diseases_on

Line = TypeVar("Line", Problem, Medication, Allergy)
IN_USE = frozenset({"active", ""})
WRONG = frozenset({"refuted", "entered-in-error"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NotInPlan:
    """What the chart has and the plan has not; empty when nothing is left out."""

    problems: tuple[Problem, ...]
    medications: tuple[Medication, ...]
    allergies: tuple[Allergy, ...]

    def __bool__(self) -> bool:
        return bool(self.problems or self.medications or self.allergies)


def content_from_chart(patient: Patient, on: date) -> PlanContent:
    """Chronic diseases each once, medicines in use each once, allergies."""
    return PlanContent(
        problems=tuple(_problems(patient, on)),
        medications=tuple(_medications(patient)),
        allergies=tuple(_allergies(patient)),
    )


def not_in_plan(patient: Patient, content: PlanContent, on: date) -> NotInPlan:
    """By the chart's row, and by name where a person wrote it into the plan."""
    charted = content_from_chart(patient, on)
    return NotInPlan(
        problems=_left_out(
            charted.problems,
            {one for problem in content.problems for one in problem.condition_ids},
            {_plain(problem.label) for problem in content.problems},
        ),
        medications=_left_out(
            charted.medications,
            {one for row in content.medications for one in row.medication_ids},
            {_plain(row.label) for row in content.medications},
        ),
        allergies=_left_out(
            charted.allergies,
            {one for row in content.allergies for one in row.allergy_ids},
            {_plain(row.label) for row in content.allergies},
        ),
    )


def _left_out(rows: Iterable[Line], ids: set[str], names: set[str]) -> tuple[Line, ...]:
    return tuple(
        row for row in rows if not ids & set(_chart_ids(row)) and _plain(row.label) not in names
    )


def _chart_ids(row: Problem | Medication | Allergy) -> tuple[str, ...]:
    if isinstance(row, Problem):
        return row.condition_ids
    return row.medication_ids if isinstance(row, Medication) else row.allergy_ids


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _problems(patient: Patient, on: date) -> list[Problem]:
    conditions = chart.Condition.objects.filter(practice=patient.practice_id, patient=patient)
    rows = {str(row.public_id): row for row in conditions.order_by("pk")}
    facts = [
        ConditionFact(
            row=key,
            icd10=row.icd10,
            snomed=row.snomed,
            clinical_status=row.clinical_status,
            verification_status=row.verification_status,
            onset_on=row.onset_on,
            abated_on=row.abated_on,
        )
        for key, row in rows.items()
    ]
    counted = diseases_on(facts, on).counted
    return [_problem(one.group, [rows[key] for key in one.rows]) for one in counted]


def _problem(group: Group, rows: list[chart.Condition]) -> Problem:
    """The chart's words where one row stands for the disease, else the group's."""
    codes = {row.icd10: None for row in rows if row.icd10 and not row.icd10_is_mapped}
    labels = {row.label for row in rows}
    return Problem(
        key=new_key("problem"),
        label=labels.pop() if len(labels) == 1 else group.label,
        codes=tuple(codes),
        condition_ids=tuple(str(row.public_id) for row in rows),
    )


def _medications(patient: Patient) -> list[Medication]:
    """Newest first within a medicine, so that its dosage is the one in force."""
    rows = chart.Medication.objects.filter(
        practice=patient.practice_id, patient=patient, status__in=IN_USE
    )
    same: dict[str, list[chart.Medication]] = {}
    for row in sorted(rows, key=lambda row: (row.authored_on or date.min, row.pk), reverse=True):
        same.setdefault(row.rxnorm or _plain(row.label), []).append(row)
    found = [
        Medication(
            key=new_key("medicine"),
            label=rows[0].label,
            dosage=rows[0].dosage,
            source="chart",
            medication_ids=tuple(str(row.public_id) for row in rows),
        )
        for rows in same.values()
    ]
    return sorted(found, key=lambda one: _plain(one.label))


def _allergies(patient: Patient) -> list[Allergy]:
    rows = chart.Allergy.objects.filter(
        practice=patient.practice_id, patient=patient, clinical_status__in=IN_USE
    ).exclude(verification_status__in=WRONG)
    same: dict[str, list[chart.Allergy]] = {}
    for row in rows.order_by("label", "pk"):
        same.setdefault(_plain(row.label), []).append(row)
    return [
        Allergy(
            key=new_key("allergy"),
            label=rows[0].label,
            reaction=next((row.reaction for row in rows if row.reaction), ""),
            allergy_ids=tuple(str(row.public_id) for row in rows),
        )
        for rows in same.values()
    ]
