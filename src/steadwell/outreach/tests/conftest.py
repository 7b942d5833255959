"""The movable wall clock, and a call that runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest

from steadwell.audit.services import Trail
from steadwell.common import clock
from steadwell.enrollment.models import ProgramEnrollment
from steadwell.outreach import services
from steadwell.outreach.models import Call
from steadwell.patients.models import Condition, Patient
from steadwell.practices.models import Membership, Person, Practitioner
from steadwell.timekeeping.tests.conftest import wall
from tests import cast

__all__ = ["wall"]


@contextmanager
def later(moment: datetime) -> Iterator[None]:
    """Inside, it is `moment`."""
    before = clock.read_clock
    clock.read_clock = lambda: moment
    try:
        yield
    finally:
        clock.read_clock = before


def has(patient: Patient, number: int, icd10: str, label: str) -> Condition:
    """A chronic condition of the chart."""
    return Condition.objects.create(
        practice=patient.practice, patient=patient, source_key=f"Condition/{number}",
        digest="0" * 64, received_at=cast.NOW, icd10=icd10, label=label, clinical_status="active",
        verification_status="confirmed", onset_on=date(2020, 1, 1),
    )  # fmt: skip


@pytest.fixture
def enrolled(patient: Patient) -> Patient:
    """In the program under Ana, with heart failure and depression."""
    has(patient, 1, "I50.22", "Heart failure")
    has(patient, 2, "F33.1", "Depression")
    ProgramEnrollment.objects.create(
        practice=patient.practice, patient=patient, program="ccm",
        practitioner=Practitioner.objects.get(), starts_on=date(2026, 1, 1),
    )  # fmt: skip
    return patient


@pytest.fixture
def membership(person: Callable[[str], Person]) -> Membership:
    return Membership.objects.select_related("practice", "person").get(person=person("ben"))


@pytest.fixture
def call(enrolled: Patient, membership: Membership, trail: Trail) -> Call:
    """Ben's call with the enrolled patient, just begun."""
    return services.start_call(
        patient=enrolled, membership=membership, direction="out", acting_user=membership.person
    )
