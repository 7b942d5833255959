"""How often the pages of enrollment ask the database: a fixed number, whatever the chart holds."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from steadwell.audit.services import Trail
from steadwell.billing.tests.golden import make_golden
from steadwell.enrollment.services import record_answer
from steadwell.enrollment.tests import charts
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice

SignIn = Callable[[str], Client]
CLOCKS = ("timekeeping_", "practices_credentialrule", "patients_householdmember")
BORDERS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def reads(client: Client, page: str) -> int:
    """Statements but those that open and end transactions, and those of the clock on top."""
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    asked = [each["sql"] for each in queries if not each["sql"].startswith(BORDERS)]
    return sum(not any(table in sql for table in CLOCKS) for sql in asked)


@pytest.mark.parametrize("who", ["ana", "ben", "eve", "max"])
@pytest.mark.parametrize("name", ["chart_enrollment", "chart_consent"])
def test_a_chart_that_holds_everything_takes_25(
    elm: Practice, sign_in: SignIn, trail: Trail, who: str, name: str
) -> None:
    patient = make_golden(elm).patient
    assert reads(sign_in(who), reverse(name, args=[patient.public_id])) <= 25


def test_a_full_chart_takes_as_many_as_a_thin_one(
    elm: Practice,
    sign_in: SignIn,
    trail: Trail,
    patient: Patient,
    person: Callable[[str], Person],
) -> None:
    page = reverse("chart_enrollment", args=[patient.public_id])
    charts.complete(patient)
    charts.consent(patient, person("eve"))
    thin = reads(sign_in("ana"), page)
    for number in range(5):
        charts.condition(patient, f"more-{number}", "N18.3", "Kidney disease")
        charts.encounter(patient, f"more-{number}", date(2026, 2, 1 + number))
        charts.state_risk(patient, person("ana"))
        record_answer(patient=patient, answer="no", reason="cost", acting_user=person("eve"))
    assert reads(sign_in("ana"), page) == thin
