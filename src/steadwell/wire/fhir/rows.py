"""What is kept of a resource: one tuple for each row of the chart.

`source_key` is the row's own key, the other `…_key`s are those of the rows it refers to.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple


class PatientRow(NamedTuple):
    source_key: str
    record_number: str
    medicare_number: str
    family_name: str
    given_name: str
    birth_date: date
    sex: str
    died_on: date | None
    is_deceased: bool
    phone: str
    email: str
    street: str
    city: str
    state: str
    postal_code: str
    language: str


class ClinicianRow(NamedTuple):
    source_key: str
    npi: str
    name: str


class NamedClinicianRow(NamedTuple):
    """Somebody whom a visit names by number or inside itself, and no Practitioner describes."""

    source_key: str
    npi: str
    name: str


class OrganizationRow(NamedTuple):
    source_key: str
    npi: str
    name: str


class CoverageRow(NamedTuple):
    source_key: str
    patient_key: str
    kind: str
    secondary: str
    is_qmb: bool
    payer_name: str
    member_number: str
    relationship: str
    order: int | None
    status: str
    starts_on: date | None
    ends_on: date | None


class NamedCoverageRow(NamedTuple):
    """A policy that stands only inside a bill, with the days of the bill."""

    patient_key: str
    kind: str
    secondary: str
    is_qmb: bool
    payer_name: str
    member_number: str
    starts_on: date | None
    ends_on: date | None


class ConditionRow(NamedTuple):
    source_key: str
    patient_key: str
    icd10: str
    icd10_is_mapped: bool
    snomed: str
    label: str
    clinical_status: str
    verification_status: str
    category: str
    onset_on: date | None
    abated_on: date | None
    recorded_on: date | None


class EncounterRow(NamedTuple):
    source_key: str
    patient_key: str
    clinician_key: str
    organization_key: str
    class_code: str
    status: str
    label: str
    procedure_codes: list[str]
    starts_at: datetime | None
    ends_at: datetime | None


class MedicationRow(NamedTuple):
    """`drug_key`: the Medication that says what it is, where the label does not."""

    source_key: str
    patient_key: str
    drug_key: str
    label: str
    rxnorm: str
    dosage: str
    status: str
    authored_on: date | None


class DrugRow(NamedTuple):
    """A Medication: kept only until the prescriptions that refer to it have its name."""

    source_key: str
    label: str
    rxnorm: str


class AllergyRow(NamedTuple):
    source_key: str
    patient_key: str
    label: str
    clinical_status: str
    verification_status: str
    criticality: str
    reaction: str
    recorded_on: date | None


class ObservationRow(NamedTuple):
    source_key: str
    patient_key: str
    loinc: str
    label: str
    category: str
    status: str
    observed_at: datetime | None
    quantity: Decimal | None
    unit: str
    value_text: str


class ProcedureRow(NamedTuple):
    source_key: str
    patient_key: str
    code: str
    code_system: str
    label: str
    status: str
    performed_at: datetime | None


class AliasRow(NamedTuple):
    """Another key under which references look for a row."""

    alias: str
    source_key: str


Row = (
    PatientRow
    | ClinicianRow
    | NamedClinicianRow
    | OrganizationRow
    | CoverageRow
    | NamedCoverageRow
    | ConditionRow
    | EncounterRow
    | MedicationRow
    | DrugRow
    | AllergyRow
    | ObservationRow
    | ProcedureRow
    | AliasRow
)
