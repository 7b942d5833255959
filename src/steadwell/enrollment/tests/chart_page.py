"""What the tests of a chart's enrollment page share."""

from typing import Any

from steadwell.enrollment.tests import charts
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice

EVERYBODY = ("ana", "ben", "eve", "max", "coco")
WORDS = "Two admissions last year; she lives alone."


def address(patient: Patient, part: str = "") -> str:
    return f"/patients/{patient.public_id}/enrollment/{part}"


def text_of(response: Any) -> str:
    return str(response.content.decode())


def both(rows: charts.Rows) -> dict[str, list[str]]:
    ids = [str(each.public_id) for each in rows.conditions]
    return {"lasts": ids, "risk": ids}


def visit_fields(practice: Practice, **fields: Any) -> dict[str, Any]:
    standard = {
        "took_place_on": "2026-02-03",
        "code": "99213",
        "practitioner": str(charts.ana(practice).public_id),
    }
    return {**standard, **fields}
