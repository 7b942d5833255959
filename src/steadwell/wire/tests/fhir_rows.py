"""Rows read from FHIR resources, for the tests of the readers."""

from typing import Any
from zoneinfo import ZoneInfo

from steadwell.wire.fhir.readers import READERS
from steadwell.wire.fhir.references import key_of
from steadwell.wire.fhir.rows import (
    ConditionRow,
    PatientRow,
)

ZONE = ZoneInfo("America/New_York")
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
NPI = "http://hl7.org/fhir/sid/us-npi"
SCT = "http://snomed.info/sct"
MRN = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}


def read(kind: str, **fields: Any) -> list[Any]:
    resource = {"resourceType": kind, "id": "1", **fields}
    return list(READERS[kind](resource, key_of(resource), ZONE))


def patient(**fields: Any) -> PatientRow:
    standard = {"name": [{"family": "Testa", "given": ["Paula"]}], "birthDate": "1950-03-14"}
    row = read("Patient", **{**standard, **fields})[0]
    assert isinstance(row, PatientRow)
    return row


def condition(**fields: Any) -> ConditionRow:
    standard = {"code": {"text": "Pain"}, "subject": {"reference": "Patient/p"}}
    row = read("Condition", **{**standard, **fields})[0]
    assert isinstance(row, ConditionRow)
    return row
