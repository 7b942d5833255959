"""A chart's enrollment page: who may say what, and what is kept when the answer is no."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from steadwell.audit.models import AuditEvent
from steadwell.audit.services import Trail
from steadwell.common.errors import Refusal
from steadwell.enrollment.models import (
    Candidate,
    RiskStatement,
)
from steadwell.enrollment.selectors.decision import conditions_to_confirm
from steadwell.enrollment.selectors.one_chart import OneChart
from steadwell.enrollment.services import confirm_risk, run_sweep
from steadwell.enrollment.tests import charts
from steadwell.enrollment.tests.chart_page import (
    EVERYBODY,
    WORDS,
    address,
    both,
    text_of,
)
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from tests import cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
# The decision


def test_the_panel_says_needed_found_rule_source_and_rows(
    patient: Patient, chart: charts.Rows, sign_in: SignIn
) -> None:
    text = text_of(sign_in("ben").get(address(patient)))

    assert "Two or more chronic conditions expected to last twelve months" in text
    assert "Found: 2: Diabetes" in text or "Found: 2: " in text
    assert "CCM-ELIG · MLN15 · in force since 01/01/2017" in text
    assert f"/record/#condition-{chart.conditions[0].public_id}" in text
    assert f"/record/#coverage-{chart.coverage.public_id}" in text
    assert "May qualify: 1 thing is missing" in text
    assert '<a href="#risk">Ask the billing practitioner' in text


@pytest.mark.parametrize("first", EVERYBODY)
def test_everybody_of_the_practice_reads_it(patient: Patient, sign_in: SignIn, first: str) -> None:
    assert sign_in(first).get(address(patient)).status_code == 200


def test_oak_finds_nothing(
    patient: Patient, oak: Practice, person: Callable[[str], Person], sign_in: SignIn
) -> None:
    client = sign_in("cy")

    for part in ("", "risk/", "visit/", "contact/", "leave/"):
        send = client.post if part else client.get
        expected = 403 if part == "risk/" else 404
        assert send(address(patient, part)).status_code == expected
    assert client.get(f"/patients/{patient.public_id}/consent/").status_code == 404


def test_the_page_reads_a_constant_number_of_times(
    patient: Patient, chart: charts.Rows, sign_in: SignIn
) -> None:
    client = sign_in("ana")
    client.get(address(patient))

    def reads() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address(patient))
        return len(queries)

    one = reads()
    for number in range(10):
        charts.condition(patient, f"more-{number}", "J44.9", f"COPD {number}")
        charts.encounter(patient, f"more-{number}", date(2026, 2, 1))
    assert reads() == one
    assert one <= 50


# The risk


def test_the_practitioner_states_the_risk_in_their_own_words(
    patient: Patient, chart: charts.Rows, sign_in: SignIn, trail: Trail
) -> None:
    run_sweep(practice=patient.practice, as_of=cast.TODAY)

    response = sign_in("ana").post(address(patient, "risk/"), {"statement": WORDS, **both(chart)})

    assert response.status_code == 302
    row = RiskStatement.objects.get()
    assert row.statement == WORDS
    assert [(each["code"], each["lasts_12_months"]) for each in row.conditions] == [
        ("E11.9", True),
        ("I10", True),
    ]
    assert Candidate.objects.get().next_step == "ask"
    assert AuditEvent.objects.filter(
        action="enrollment.risk_confirmed", patient_ids=[patient.pk]
    ).exists()


@pytest.mark.parametrize(
    ("first", "status"), [("ana", 302), ("ben", 403), ("eve", 403), ("max", 403), ("coco", 403)]
)
def test_who_may_state_the_risk(
    patient: Patient, chart: charts.Rows, sign_in: SignIn, first: str, status: int
) -> None:
    response = sign_in(first).post(address(patient, "risk/"), {"statement": WORDS, **both(chart)})

    assert response.status_code == status
    assert RiskStatement.objects.exists() is (status == 302)


def test_others_read_why_they_cannot(patient: Patient, chart: charts.Rows, sign_in: SignIn) -> None:
    text = text_of(sign_in("ben").get(address(patient)))

    assert "Only a billing practitioner of the practice states this" in text
    assert 'name="statement"' not in text


def test_nobody_states_it_for_another(
    patient: Patient, chart: charts.Rows, person: Callable[[str], Person], trail: Trail
) -> None:
    with pytest.raises(Refusal, match="signed in as themselves"):
        confirm_risk(
            patient=patient,
            practitioner=charts.ana(patient.practice),
            statement=WORDS,
            conditions=conditions_to_confirm(
                OneChart(patient=patient, program="ccm", as_of=cast.TODAY)
            ),
            acting_user=person("ben"),
        )


def test_a_profession_that_cannot_bill_cannot_state_it(
    patient: Patient, chart: charts.Rows, sign_in: SignIn
) -> None:
    ana = charts.ana(patient.practice)
    ana.kind = "podiatrist"
    ana.save()

    response = sign_in("ana").post(address(patient, "risk/"), {"statement": WORDS, **both(chart)})

    assert response.status_code == 422
    assert "You are no billing practitioner of this practice yet" in text_of(response)


@pytest.mark.parametrize("which", ["lasts", "risk"])
def test_one_tick_too_few_is_refused_and_nothing_typed_is_lost(
    patient: Patient, chart: charts.Rows, sign_in: SignIn, which: str
) -> None:
    ticks = both(chart)
    ticks[which] = ticks[which][:1]

    response = sign_in("ana").post(address(patient, "risk/"), {"statement": WORDS, **ticks})

    assert response.status_code == 422
    assert "CCM needs two conditions" in text_of(response)
    assert WORDS in text_of(response)
    assert text_of(response).count(" checked") == 3
    assert not RiskStatement.objects.exists()


def test_two_codes_of_one_disease_are_one(patient: Patient, sign_in: SignIn) -> None:
    rows = [
        charts.condition(patient, "a", "E11.9", "Diabetes"),
        charts.condition(patient, "b", "E11.65", "Diabetes, high sugar"),
    ]
    ids = [str(each.public_id) for each in rows]

    response = sign_in("ana").post(
        address(patient, "risk/"), {"statement": WORDS, "lasts": ids, "risk": ids}
    )

    assert response.status_code == 422
    assert "Codes of one disease count once" in text_of(response)


def test_a_statement_without_words_is_refused(
    patient: Patient, chart: charts.Rows, sign_in: SignIn
) -> None:
    response = sign_in("ana").post(address(patient, "risk/"), {"statement": " ", **both(chart)})

    assert response.status_code == 422
    assert "Write in your own words" in text_of(response)
