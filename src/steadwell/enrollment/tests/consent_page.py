"""What the tests of the consent share."""

from typing import Any
from uuid import uuid4

from steadwell.enrollment.tests import charts
from steadwell.enrollment.wording import POINTS
from steadwell.patients.models import Patient


def address(patient: Patient) -> str:
    return f"/patients/{patient.public_id}/consent/"


def sent(patient: Patient, **fields: Any) -> dict[str, Any]:
    """A complete yes as the browser sends it."""
    standard = {
        "token": str(uuid4()),
        "language": "en",
        "covers": list(POINTS),
        "practitioner": str(charts.ana(patient.practice).public_id),
        "who": "patient",
        "teach_back": "A nurse calls me every month. And I can quit.",
        "told_back": "yes",
        "answer": "verbal",
        "given_on": "2026-03-17",
        "given_time": "09:30",
    }
    return {**standard, **fields}


def text_of(response: Any) -> str:
    return str(response.content.decode())
