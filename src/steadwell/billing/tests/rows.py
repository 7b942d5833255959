"""Rows beside the golden patient's, and the facts read back from them."""

from datetime import UTC, date, datetime
from typing import Any

from steadwell.billing.facts import Found, patient_months, read_enrollments, read_setting
from steadwell.billing.models import PatientStatus
from steadwell.billing.tests.golden import FEBRUARY, Golden
from steadwell.patients.models import Clinician, Encounter
from steadwell.rules.facts import PatientMonth
from steadwell.rules.months import Month
from tests import cast


def found_of(golden: Golden, month: Month = FEBRUARY) -> Found:
    setting = read_setting(golden.practice, month)
    enrollments = read_enrollments(golden.practice, month, [golden.patient.pk])
    return next(patient_months(setting, enrollments))


def facts_of(golden: Golden, month: Month = FEBRUARY) -> PatientMonth:
    return found_of(golden, month).facts


def source(number: int, **fields: Any) -> dict[str, Any]:
    return {"source_key": f"X/{number}", "digest": "0" * 64, "received_at": cast.NOW, **fields}


def encounter(
    golden: Golden, number: int = 1, *, npi: str = "1003000126", **fields: Any
) -> Encounter:
    clinician, _ = Clinician.objects.get_or_create(
        practice=golden.practice, npi=npi, defaults=source(int(npi[-4:]))
    )
    return Encounter.objects.create(
        practice=golden.practice,
        patient=golden.patient,
        clinician=clinician,
        **source(
            number,
            **{
                "class_code": "AMB",
                "status": "finished",
                "procedure_codes": ["99214"],
                "starts_at": datetime(2025, 10, 1, 15, 0, tzinfo=UTC),
                **fields,
            },
        ),
    )


def status(golden: Golden, kind: str, starts_on: date, **fields: Any) -> PatientStatus:
    return PatientStatus.objects.create(
        practice=golden.practice,
        patient=golden.patient,
        kind=kind,
        starts_on=starts_on,
        recorded_at=cast.NOW,
        recorded_by=golden.nurse.person,
        **fields,
    )
