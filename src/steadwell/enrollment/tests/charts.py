"""Charts of the cast, as short as a test can say them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from steadwell.enrollment.models import Consent, RiskStatement
from steadwell.enrollment.services import give_consent, revoke_consent
from steadwell.patients.models import Clinician, Condition, Coverage, Encounter, Patient
from steadwell.practices.models import Person, Practice, Practitioner
from tests import cast

SOURCE = {"digest": "0" * 64, "received_at": cast.NOW}


@dataclass(frozen=True)
class Rows:
    conditions: list[Condition]
    coverage: Coverage
    encounter: Encounter


def complete(
    patient: Patient,
    *,
    number: int = 1,
    visit_on: date = date(2026, 1, 20),
    npi: bool = True,
    **cover: Any,
) -> Rows:
    """Diabetes and hypertension, Part B, seen by Ana: only the statement is missing."""
    return Rows(
        conditions=[
            condition(patient, f"{number}-a", "E11.9", "Type 2 diabetes"),
            condition(patient, f"{number}-b", "I10", "High blood pressure"),
        ],
        coverage=coverage(patient, f"{number}", **cover),
        encounter=encounter(patient, f"{number}", visit_on, procedure_codes=["99214"], npi=npi),
    )


def ana(practice: Practice) -> Practitioner:
    return Practitioner.objects.get(practice=practice, family_name="Abbott")


def condition(patient: Patient, key: str, icd10: str, label: str, **fields: Any) -> Condition:
    standard = {"clinical_status": "active", "verification_status": "confirmed"}
    return Condition.objects.create(
        practice=patient.practice,
        patient=patient,
        source_key=f"Condition/{key}",
        icd10=icd10,
        label=label,
        **SOURCE,
        **{**standard, **fields},
    )


def coverage(patient: Patient, key: str, **fields: Any) -> Coverage:
    standard = {"kind": "medicare_ffs", "status": "active", "starts_on": date(2015, 3, 1)}
    return Coverage.objects.create(
        practice=patient.practice,
        patient=patient,
        source_key=f"Coverage/{key}",
        **SOURCE,
        **{**standard, **fields},
    )


def encounter(
    patient: Patient, key: str, on: date, *, npi: bool = False, **fields: Any
) -> Encounter:
    standard = {"class_code": "AMB", "status": "finished", "label": "Office visit"}
    clinician = clinician_ana(patient.practice) if npi else None
    return Encounter.objects.create(
        practice=patient.practice,
        patient=patient,
        source_key=f"Encounter/{key}",
        starts_at=datetime.combine(on, time(15), tzinfo=UTC),
        clinician=clinician,
        **SOURCE,
        **{**standard, **fields},
    )


def clinician_ana(practice: Practice) -> Clinician:
    found, _ = Clinician.objects.get_or_create(
        practice=practice,
        source_key="Practitioner/ana",
        defaults={"npi": ana(practice).npi, "name": "Ana Abbott", **SOURCE},
    )
    return found


def state_risk(patient: Patient, person: Person) -> RiskStatement:
    return RiskStatement.objects.create(
        practice=patient.practice,
        patient=patient,
        program="ccm",
        practitioner=ana(patient.practice),
        statement="Both may end in hospital.",
        conditions=[],
        confirmed_at=cast.NOW,
        confirmed_by=person,
    )


POINTS = ("availability", "cost_sharing", "single_practitioner", "right_to_stop")


def consent(patient: Patient, person: Person, **fields: Any) -> Consent:
    """A complete yes, said to Eve or whoever; a trail must be open."""
    standard: dict[str, Any] = {
        "practitioner": ana(patient.practice),
        "form": "verbal",
        "given_at": datetime(2026, 3, 2, 15, tzinfo=UTC),
        "given_by": "The patient",
        "covers": POINTS,
        "language": "en",
    }
    return give_consent(patient=patient, acting_user=person, **{**standard, **fields})


def leave(patient: Patient, person: Person) -> None:
    """Consented in January, stopped in February: out since the last of February."""
    given = consent(patient, person, given_at=datetime(2026, 1, 12, 15, tzinfo=UTC))
    revoke_consent(consent=given, revoked_on=date(2026, 2, 10), acting_user=person)
