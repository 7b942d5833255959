"""Small made-up exports."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from steadwell.patients.services import ImportSummary

Resource = dict[str, Any]
Import = Callable[[Path], ImportSummary]
POPULATION = Path(__file__).parents[2] / "site" / "demo" / "population"
NPI = "http://hl7.org/fhir/sid/us-npi"


def person(number: str = "p", **fields: Any) -> Resource:
    standard = {
        "resourceType": "Patient", "id": number, "birthDate": "1950-03-14", "gender": "female",
        "name": [{"family": "Testa", "given": ["Paula"]}],
    }  # fmt: skip
    return {**standard, **fields}


def about(kind: str, number: str, patient: str = "Patient/p", **fields: Any) -> Resource:
    """A resource about a patient."""
    subject = {"AllergyIntolerance": "patient", "Coverage": "beneficiary"}.get(kind, "subject")
    return {"resourceType": kind, "id": number, subject: {"reference": patient}, **fields}


def diabetes(number: str = "c", patient: str = "Patient/p", **fields: Any) -> Resource:
    coding = {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "E11.9"}
    return about("Condition", number, patient, **{"code": {"coding": [coding]}, **fields})


def pressure(number: str, *values: int, **fields: Any) -> Resource:
    components = [
        {"code": {"text": f"Part {place}"}, "valueQuantity": {"value": value}}
        for place, value in enumerate(values)
    ]
    return about("Observation", number, code={"text": "Pressure"}, component=components, **fields)


def ndjson(path: Path, *resources: Resource) -> Path:
    path.write_text("".join(json.dumps(each) + "\n" for each in resources))
    return path


def bundle(path: Path, *resources: Resource) -> Path:
    """As Synthea writes them: every entry has a URN, and references go by it."""
    entries = [
        {"fullUrl": f"urn:uuid:{each.get('id', 'x')}", "resource": each} for each in resources
    ]
    path.write_text(json.dumps({"resourceType": "Bundle", "entry": entries}, indent=1))
    return path


def counts(summary: ImportSummary) -> tuple[int, int, int, int]:
    """New, changed, unchanged, rejected; they add up to what was read."""
    four = (summary.new, summary.changed, summary.unchanged, summary.rejected)
    assert sum(four) == summary.read
    return four


def reasons(summary: ImportSummary) -> list[list[str]]:
    if summary.rejects_file is None:
        return []
    with summary.rejects_file.open(newline="") as lines:
        return list(csv.reader(lines))[1:]
