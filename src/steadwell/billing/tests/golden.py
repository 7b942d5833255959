"""A patient in whom everything chronic care management asks for is in order, for tests to spoil.

Today is 2026-03-17 in New York; February 2026 is the month that is complete.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from steadwell.careplans.models import PlanCopy, PlanVersion
from steadwell.enrollment.models import (
    Consent,
    DesignatedContact,
    ProgramEnrollment,
    QualifyingVisit,
    RiskStatement,
)
from steadwell.patients.models import Coverage, Patient
from steadwell.practices.models import Membership, Person, Practice, Practitioner
from steadwell.rules.months import Month
from steadwell.timekeeping.models import Interval, IntervalNote, Note
from tests import cast

FEBRUARY = Month(2026, 2)
MARCH = Month(2026, 3)
COVERS = ["availability", "cost_sharing", "single_practitioner", "right_to_stop"]
CONSENTED_AT = datetime(2025, 11, 10, 15, 0, tzinfo=UTC)
SIGNED_AT = datetime(2025, 11, 12, 15, 0, tzinfo=UTC)
CONDITIONS = [
    {
        "code": code,
        "label": label,
        "condition_id": None,
        "lasts_12_months": True,
        "significant_risk": True,
    }
    for code, label in (("E11.22", "Diabetes with kidney disease"), ("I10", "Hypertension"))
]


@dataclass
class Golden:
    """The patient and the rows a test may want to spoil."""

    patient: Patient
    practitioner: Practitioner
    practice: Practice
    nurse: Membership
    rows: dict[str, Any] = field(default_factory=dict)

    @property
    def doctor(self) -> Person:
        """Ana, who bills."""
        assert self.practitioner.person
        return self.practitioner.person


def make_golden(
    practice: Practice,
    number: int = 1,
    *,
    minutes: Sequence[float] = (20,),
    without: Sequence[str] = (),
    **fields: Any,
) -> Golden:
    """`without` names rows that are not made: consent, risk, visit, plan, copy, contact, cover."""
    patient = cast.make_patient(practice, number, **fields)
    practitioner = Practitioner.objects.get(practice=practice, npi="1003000126")
    nurse = Membership.objects.get(practice=practice, person__email=f"ben@{practice.slug}.example")
    golden = Golden(patient, practitioner, practice, nurse)
    for name in MAKERS:
        if name not in without:
            golden.rows[name] = make_row(golden, name)
    at = slot(number)
    for minute_count in minutes:
        record_work(golden, at, at + timedelta(minutes=minute_count))
        at += timedelta(minutes=minute_count)
    return golden


def make_row(golden: Golden, name: str) -> Any:
    """One of the rows a golden patient has; another of the kind where there is one."""
    return MAKERS[name](golden)


def slot(number: int) -> datetime:
    """Four hours of February that are the patient's of that number, as one worker is in one place."""
    return datetime(2026, 2, 2, 12, 0, tzinfo=UTC) + timedelta(hours=4 * number)


def record_work(
    golden: Golden,
    start: datetime,
    end: datetime,
    *,
    membership: Membership | None = None,
    credential: str = "clinical_staff",
    note: bool = True,
    **fields: Any,
) -> Interval:
    worker = membership or golden.nurse
    interval = Interval.objects.create(
        practice=golden.practice,
        patient=golden.patient,
        person=worker.person,
        membership=worker,
        credential=credential,
        program="ccm",
        **{"activity": "phone_call", "source": "timer", "recorded_at": end, **fields},
        span=DateTimeTZRange(start, end, "[)"),
        started_at=start,
        ended_at=end,
        recorded_by=worker.person,
    )
    if note:
        words = write(golden, worker.person, start)
        IntervalNote.objects.create(
            practice=golden.practice,
            interval=interval,
            note=words,
            plan_item="p1",
            plan_item_label="Blood sugar within the agreed range",
        )
    return interval


def write(golden: Golden, author: Person, at: datetime, **fields: Any) -> Note:
    return Note.objects.create(
        practice=golden.practice,
        patient=golden.patient,
        **{"kind": "call", "done": "Asked about dizziness, reviewed the log.", **fields},
        author=author,
        occurred_at=at,
        written_at=at,
    )


def decision_note(
    golden: Golden, day: date = date(2026, 2, 20), author: Person | None = None, **fields: Any
) -> Note:
    """Ana's note with problems, data and risk."""
    at = datetime(day.year, day.month, day.day, 17, 0, tzinfo=UTC)
    return write(
        golden,
        author or golden.doctor,
        at,
        **{
            "kind": "decision",
            "reason": "Diabetes with kidney disease, worse",
            "changed": "Creatinine and home glucose log reviewed",
            "done": "Prescription drug management with monitoring of kidney function",
            **fields,
        },
    )


def _cover(golden: Golden) -> Coverage:
    return Coverage.objects.create(
        practice=golden.practice,
        patient=golden.patient,
        source_key=f"Coverage/{golden.patient.pk}",
        digest="0" * 64,
        received_at=cast.NOW,
        kind="medicare_ffs",
        status="active",
        starts_on=date(2015, 4, 1),
    )


def _enrollment(golden: Golden) -> ProgramEnrollment:
    return ProgramEnrollment.objects.create(
        practice=golden.practice,
        patient=golden.patient,
        program="ccm",
        practitioner=golden.practitioner,
        starts_on=date(2025, 11, 10),
    )


def _consent(golden: Golden) -> Consent:
    return Consent.objects.create(
        practice=golden.practice,
        enrollment=golden.rows["enrollment"],
        patient=golden.patient,
        program="ccm",
        practitioner=golden.practitioner,
        form="verbal",
        given_at=CONSENTED_AT,
        given_by="The patient",
        covers=COVERS,
        wording_version="en-1",
        wording="Your care team can work for you between visits.",
        language="en",
        obtained_by=Person.objects.get(email=f"eve@{golden.practice.slug}.example"),
        recorded_at=CONSENTED_AT,
    )


def _risk(golden: Golden) -> RiskStatement:
    return RiskStatement.objects.create(
        practice=golden.practice,
        patient=golden.patient,
        program="ccm",
        practitioner=golden.practitioner,
        statement="Both last for life and endanger her kidneys and heart.",
        conditions=CONDITIONS,
        confirmed_at=CONSENTED_AT,
        confirmed_by=golden.doctor,
    )


def _visit(golden: Golden) -> QualifyingVisit:
    return QualifyingVisit.objects.create(
        practice=golden.practice,
        patient=golden.patient,
        practitioner=golden.practitioner,
        code="99214",
        took_place_on=date(2025, 11, 3),
        discussed=["ccm"],
        confirmed_at=CONSENTED_AT,
        confirmed_by=golden.doctor,
    )


def _plan(golden: Golden) -> PlanVersion:
    before = PlanVersion.objects.filter(practice=golden.practice, patient=golden.patient).count()
    return PlanVersion.objects.create(
        practice=golden.practice,
        patient=golden.patient,
        number=before + 1,
        content={},
        started_at=SIGNED_AT,
        started_by=golden.nurse.person,
        changed_at=SIGNED_AT,
        changed_by=golden.nurse.person,
        signed_at=SIGNED_AT,
        signed_by=golden.practitioner.person,
        practitioner=golden.practitioner,
        digest="a" * 64,
    )


def _copy(golden: Golden) -> PlanCopy:
    return PlanCopy.objects.create(
        practice=golden.practice,
        version=golden.rows["plan"],
        patient=golden.patient,
        means="print",
        given_to="The patient",
        given_on=date(2025, 11, 12),
        recorded_by=golden.nurse.person,
        recorded_at=SIGNED_AT,
    )


def _contact(golden: Golden) -> DesignatedContact:
    return DesignatedContact.objects.create(
        practice=golden.practice,
        patient=golden.patient,
        person=golden.nurse.person,
        starts_on=date(2025, 11, 10),
    )


MAKERS: dict[str, Callable[[Golden], Any]] = {
    "cover": _cover,
    "enrollment": _enrollment,
    "consent": _consent,
    "risk": _risk,
    "visit": _visit,
    "plan": _plan,
    "copy": _copy,
    "contact": _contact,
}
