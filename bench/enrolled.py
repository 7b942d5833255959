"""A practice with any number of enrolled, made-up patients and a month of work for each."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Model

from steadwell.careplans.models import PlanCopy, PlanVersion
from steadwell.common.tenancy import practice_scope
from steadwell.enrollment.models import (
    Consent,
    DesignatedContact,
    ProgramEnrollment,
    QualifyingVisit,
    RiskStatement,
)
from steadwell.patients.models import Clinician, Condition, Coverage, Encounter, Patient
from steadwell.practices.models import Membership, Person, Practice, Practitioner, Role
from steadwell.timekeeping.models import Interval, IntervalNote, Note
from tests import cast

MONTH = "2026-02"
NURSES = 50
CODES = ("E11.22", "I10", "N18.31", "J44.9")
RECEIVED = {"digest": "0" * 64, "received_at": cast.NOW}
STARTED = datetime(2025, 11, 12, 15, tzinfo=UTC)
FIRST_CALL = datetime(2026, 2, 2, 13, tzinfo=UTC)
CALLS = 4
CALL = timedelta(minutes=8)


def make_enrolled(slug: str, patients: int) -> Practice:
    """Everything a month needs, each patient with 32 minutes in four supported calls."""
    with practice_scope(practice_id=None):
        practice = cast.make_practice(slug, f"Practice of {patients}")
        doctor = cast.make_member(
            practice, f"doctor@{slug}.example", "Dr. Ana Abbott", "physician", Role.PRACTITIONER
        )
        practitioner = cast.make_practitioner(practice, doctor)
        cast.make_member(
            practice, f"manager@{slug}.example", "Max", "non_clinical", Role.PRACTICE_MANAGER
        )
        nurses = [
            cast.make_member(practice, f"n{k}@{slug}.example", f"Nurse {k}", "rn", "care_manager")
            for k in range(NURSES)
        ]
        _charts(practice, patients)
        _agreed(practice, practitioner, doctor)
        _worked(practice, nurses)
    return practice


def _charts(practice: Practice, count: int) -> None:
    clinician = Clinician.objects.create(
        practice=practice, source_key="Practitioner/1", npi="1003000126", name="Abbott", **RECEIVED
    )
    _add(Patient, (_patient(practice, number) for number in range(count)))
    ids = _ids(practice)
    own = [{"practice": practice, "patient_id": pk, **RECEIVED} for pk in ids]
    _add(Coverage, (_coverage(each) for each in own))
    _add(Condition, (_condition(each, code) for each in own for code in CODES))
    _add(Encounter, (_visit(each, clinician, months) for each in own for months in (5, 9)))


def _patient(practice: Practice, number: int) -> Patient:
    return Patient(
        practice=practice, source_key=f"Patient/{number}", record_number=f"B-{number:06d}",
        medicare_number="1EG4TE5MK73", family_name=f"Person{number:06d}", given_name="Test",
        name_key=f"person{number:06d}, test", birth_date=date(1950, 3, 14), sex="female",
        street="3 Oak Row", city="Athens", state="OH", postal_code="45701",
        signature_on_file_on=date(2025, 11, 1), **RECEIVED,
    )  # fmt: skip


def _coverage(own: dict[str, Any]) -> Coverage:
    return Coverage(
        source_key=f"Coverage/{own['patient_id']}", kind="medicare_ffs", status="active",
        starts_on=date(2015, 3, 1), order=1, **own,
    )  # fmt: skip


def _condition(own: dict[str, Any], code: str) -> Condition:
    return Condition(
        source_key=f"Condition/{own['patient_id']}-{code}", icd10=code, label=code,
        clinical_status="active", verification_status="confirmed", onset_on=date(2020, 1, 1), **own,
    )  # fmt: skip


def _visit(own: dict[str, Any], clinician: Clinician, months: int) -> Encounter:
    at = STARTED - timedelta(days=30 * (months - 4))
    return Encounter(
        source_key=f"Encounter/{own['patient_id']}-{months}", class_code="AMB", status="finished",
        procedure_codes=["99214"], starts_at=at, ends_at=at, clinician=clinician, **own,
    )  # fmt: skip


def _agreed(practice: Practice, practitioner: Practitioner, doctor: Person) -> None:
    ids = _ids(practice)
    own = [{"practice": practice, "patient_id": pk} for pk in ids]
    named = {"practitioner": practitioner}
    conditions = [
        {"code": code, "label": code, "lasts_12_months": True, "significant_risk": True}
        for code in CODES
    ]
    _add(RiskStatement, (
        RiskStatement(program="ccm", statement="Risk.", conditions=conditions,
                      confirmed_at=STARTED, confirmed_by=doctor, **named, **each) for each in own
    ))  # fmt: skip
    _add(QualifyingVisit, (
        QualifyingVisit(code="99214", took_place_on=STARTED.date() - timedelta(days=30),
                        discussed=["ccm"], confirmed_at=STARTED, confirmed_by=doctor, **named,
                        **each) for each in own
    ))  # fmt: skip
    _add(ProgramEnrollment, (
        ProgramEnrollment(program="ccm", starts_on=STARTED.date(), **named, **each) for each in own
    ))  # fmt: skip
    enrollments = dict(
        ProgramEnrollment.objects.filter(practice=practice).values_list("patient_id", "pk")
    )
    _add(Consent, (_consent(each, practitioner, doctor, enrollments) for each in own))
    _add(DesignatedContact, (
        DesignatedContact(person=doctor, starts_on=STARTED.date(), **each) for each in own
    ))  # fmt: skip
    _add(PlanVersion, (_plan(each, practitioner, doctor) for each in own))
    plans = PlanVersion.objects.filter(practice=practice).values_list("patient_id", "pk")
    _add(PlanCopy, (
        PlanCopy(practice=practice, patient_id=patient, version_id=version, means="print",
                 given_to="patient", given_on=STARTED.date(), recorded_by=doctor,
                 recorded_at=STARTED) for patient, version in plans
    ))  # fmt: skip


def _consent(
    own: dict[str, Any], practitioner: Practitioner, doctor: Person, enrollments: dict[int, int]
) -> Consent:
    return Consent(
        enrollment_id=enrollments[own["patient_id"]], program="ccm", practitioner=practitioner,
        form="verbal", given_at=STARTED - timedelta(days=2), given_by="patient",
        covers=["availability", "cost_sharing", "single_practitioner", "right_to_stop"],
        wording_version="1", wording="…", language="en", obtained_by=doctor,
        recorded_at=STARTED, **own,
    )  # fmt: skip


def _plan(own: dict[str, Any], practitioner: Practitioner, doctor: Person) -> PlanVersion:
    return PlanVersion(
        number=1, content={}, started_at=STARTED, started_by=doctor, changed_at=STARTED,
        changed_by=doctor, signed_at=STARTED, signed_by=doctor, practitioner=practitioner,
        digest="0" * 64, **own,
    )  # fmt: skip


def _worked(practice: Practice, nurses: list[Person]) -> None:
    members = dict(Membership.objects.filter(practice=practice).values_list("person_id", "pk"))
    ids = _ids(practice)
    _add(Note, (
        Note(practice=practice, patient_id=pk, kind="call", author=nurses[place % NURSES],
             occurred_at=FIRST_CALL, written_at=FIRST_CALL, done="Called.")
        for place, pk in enumerate(ids)
    ))  # fmt: skip
    _add(Interval, (
        _interval(practice, pk, nurses[place % NURSES], members, place // NURSES * CALLS + call)
        for place, pk in enumerate(ids) for call in range(CALLS)
    ))  # fmt: skip
    notes = dict(Note.objects.filter(practice=practice).values_list("patient_id", "pk"))
    intervals = Interval.objects.filter(practice=practice).values_list("patient_id", "pk")
    _add(IntervalNote, (
        IntervalNote(practice=practice, interval_id=interval, note_id=notes[patient],
                     plan_item="goal-1", plan_item_label="Blood pressure")
        for patient, interval in intervals
    ))  # fmt: skip


def _interval(
    practice: Practice, patient_id: int, nurse: Person, members: dict[int, int], slot: int
) -> Interval:
    started = FIRST_CALL + slot * timedelta(minutes=10)
    ended = started + CALL
    return Interval(
        practice=practice, patient_id=patient_id, person=nurse, membership_id=members[nurse.pk],
        credential="clinical_staff", program="ccm", activity="phone_call",
        span=(started, ended), started_at=started, ended_at=ended, source="timer",
        recorded_at=ended, recorded_by=nurse,
    )  # fmt: skip


def _ids(practice: Practice) -> list[int]:
    return list(
        Patient.objects.filter(practice=practice).order_by("pk").values_list("pk", flat=True)
    )


def _add(model: type[Model], rows: Iterator[Any]) -> None:
    model._default_manager.bulk_create(rows, batch_size=2000)
