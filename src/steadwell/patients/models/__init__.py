"""Patients, and the chart as it was received: each row with its origin and time."""

from steadwell.patients.models.chart import (
    KIND_WORDS,
    Allergy,
    ChartRow,
    Clinician,
    Condition,
    Coverage,
    Encounter,
    Medication,
    Observation,
    Procedure,
    SourceOrganization,
)
from steadwell.patients.models.eligibility import EligibilityAnswer, EligibilityFile
from steadwell.patients.models.hold import LegalHold, LegalHoldLift
from steadwell.patients.models.household import HouseholdMember
from steadwell.patients.models.imports import ImportRun
from steadwell.patients.models.patient import Patient
from steadwell.patients.models.same_person import SamePersonAnswer

__all__ = [
    "KIND_WORDS",
    "Allergy",
    "ChartRow",
    "Clinician",
    "Condition",
    "Coverage",
    "EligibilityAnswer",
    "EligibilityFile",
    "Encounter",
    "HouseholdMember",
    "ImportRun",
    "LegalHold",
    "LegalHoldLift",
    "Medication",
    "Observation",
    "Patient",
    "Procedure",
    "SamePersonAnswer",
    "SourceOrganization",
]
