"""Plans and charts for the tests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from steadwell.careplans.content import (
    Goal,
    Intervention,
    Medication,
    PlanContent,
    Problem,
    Symptom,
)
from steadwell.careplans.models import PlanVersion
from steadwell.careplans.services import save_draft, sign_plan, start_plan
from steadwell.enrollment.models import Consent, ProgramEnrollment
from steadwell.patients.models import Allergy, Condition, Patient
from steadwell.patients.models import Medication as ChartMedication
from steadwell.practices.models import Person, Practitioner
from tests import cast

COMPLETE = PlanContent(
    problems=(
        Problem(key="problem-hf", label="Heart failure", codes=("I50.22",), prognosis="fair"),
        Problem(key="problem-dm", label="Diabetes", codes=("E11.22",)),
    ),
    goals=(
        Goal(
            key="goal-church", words="Walk to church again", measure="Morning weight",
            target="168 to 172 lb", by=date(2026, 6, 1), problem_keys=("problem-hf",),
        ),
    ),
    symptoms=(
        Symptom(
            key="symptom-weight", sign="Weight goes up", problem_key="problem-hf",
            action="Call us at 5 lb in a week",
        ),
    ),
    interventions=(
        Intervention(
            key="intervention-weigh", what="Daily weight", who="The patient", when="every morning",
            problem_key="problem-hf",
        ),
    ),
    medications=(
        Medication(
            key="medicine-water", label="Furosemide 40 mg", dosage="1 every morning",
            purpose="Fluid", source="chart", taking="takes",
        ),
    ),
    medications_reviewed_on=cast.TODAY,
    medications_reviewed_by="Ben Brook, RN",
    summary="Weigh yourself each morning.",
    review_on=date(2026, 6, 17),
)  # fmt: skip


def chart_row(model: Any, patient: Patient, number: int, **fields: Any) -> Any:
    return model.objects.create(
        practice=patient.practice,
        patient=patient,
        source_key=f"{model.__name__}/{number}",
        digest="0" * 64,
        received_at=cast.NOW,
        **fields,
    )


def make_chart(patient: Patient) -> None:
    """Diabetes twice, heart failure, something acute; one medicine twice; an allergy."""
    active = {"clinical_status": "active", "verification_status": "confirmed"}
    resolved = {"clinical_status": "resolved"}
    for number, (code, label, statuses) in enumerate(
        [
            ("E11.22", "Type 2 diabetes with kidney disease", active),
            ("E11.9", "Type 2 diabetes", active),
            ("I50.22", "Chronic systolic heart failure", active),
            ("J20.9", "Acute bronchitis", active),
            ("J44.9", "COPD", resolved),
        ]
    ):
        chart_row(Condition, patient, number, icd10=code, label=label, **statuses)
    for number, (rxnorm, label, dosage, day, status) in enumerate(
        [
            ("310429", "Furosemide 20 mg", "1 a day", date(2024, 1, 1), "active"),
            ("310429", "Furosemide 20 mg", "2 a day", date(2026, 1, 1), "active"),
            ("", "Metformin 500 mg", "", date(2025, 1, 1), "active"),
            ("", "metformin  500 mg", "", None, ""),
            ("", "Warfarin 5 mg", "", date(2020, 1, 1), "stopped"),
        ]
    ):
        chart_row(
            ChartMedication, patient, number, rxnorm=rxnorm, label=label, dosage=dosage,
            authored_on=day, status=status,
        )  # fmt: skip
    chart_row(Allergy, patient, 1, label="Penicillin", reaction="Rash", clinical_status="active")


def enroll(patient: Patient, practitioner: Practitioner, given_at: datetime | None = None) -> None:
    """The patient in CCM with a consent, as enrollment leaves it."""
    moment = given_at or datetime(2026, 3, 1, 15, tzinfo=UTC)
    enrollment = ProgramEnrollment.objects.create(
        practice=patient.practice, patient=patient, program="ccm", practitioner=practitioner,
        starts_on=moment.date(),
    )  # fmt: skip
    Consent.objects.create(
        practice=patient.practice, enrollment=enrollment, patient=patient, program="ccm",
        practitioner=practitioner, form="verbal", given_at=moment, given_by="the patient",
        covers=[], wording_version="1", wording="", language="en", recorded_at=moment,
        obtained_by=Person.objects.get(email__startswith="eve@"),
    )  # fmt: skip


def make_draft(patient: Patient, person: Callable[[str], Person], **changes: Any) -> PlanVersion:
    """A complete draft by Ben, but for what `changes` says."""
    draft = start_plan(patient=patient, acting_user=person("ben"))
    content = replace(COMPLETE, **changes)
    return save_draft(version=draft, content=content, acting_user=person("ben"))


def make_signed(patient: Patient, person: Callable[[str], Person], **changes: Any) -> PlanVersion:
    """A version that Ana signed now."""
    return sign_plan(
        version=make_draft(patient, person, **changes),
        practitioner=Practitioner.objects.get(person=person("ana")),
        acting_user=person("ana"),
    )
