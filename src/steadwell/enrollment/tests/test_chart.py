"""A chart's enrollment page: who may say what, and what is kept when the answer is no."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from steadwell.audit.models import AuditEvent
from steadwell.audit.services import Trail
from steadwell.common.errors import Refusal
from steadwell.enrollment.models import (
    Candidate,
    Consent,
    DesignatedContact,
    ProgramEnrollment,
    QualifyingVisit,
    RiskStatement,
)
from steadwell.enrollment.selectors.decision import conditions_to_confirm
from steadwell.enrollment.selectors.one_chart import OneChart
from steadwell.enrollment.services import confirm_risk, run_sweep
from steadwell.enrollment.tests import charts
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from tests import cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
EVERYBODY = ("ana", "ben", "eve", "max", "coco")
WORDS = "Two admissions last year; she lives alone."


def address(patient: Patient, part: str = "") -> str:
    return f"/patients/{patient.public_id}/enrollment/{part}"


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def chart(patient: Patient) -> charts.Rows:
    return charts.complete(patient)


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


# The visit


def test_a_possible_visit_is_confirmed_and_settles_the_doubt(
    patient: Patient, sign_in: SignIn, trail: Trail
) -> None:
    charts.complete(patient, npi=False)
    run_sweep(practice=patient.practice, as_of=cast.TODAY)
    assert Candidate.objects.get().next_step == "complete"
    page = sign_in("ben").get(address(patient))
    possible = page.context["visit_form"]["encounter"].field.choices[1][0]

    response = sign_in("ben").post(
        address(patient, "visit/"),
        visit_fields(patient.practice, encounter=possible, took_place_on="", discussed="on"),
    )

    assert response.status_code == 302
    visit = QualifyingVisit.objects.get()
    assert (visit.took_place_on, visit.code, visit.discussed) == (
        date(2026, 1, 20),
        "99213",
        ["ccm"],
    )
    assert visit.encounter is not None
    assert Candidate.objects.get().next_step == "confirm"


def test_the_same_visit_sent_twice_is_kept_once(patient: Patient, sign_in: SignIn) -> None:
    client = sign_in("ben")
    for _ in range(2):
        client.post(address(patient, "visit/"), visit_fields(patient.practice))

    assert QualifyingVisit.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "status"), [("ana", 302), ("ben", 302), ("max", 302), ("eve", 403), ("coco", 403)]
)
def test_who_may_confirm_a_visit(
    patient: Patient, sign_in: SignIn, first: str, status: int
) -> None:
    response = sign_in(first).post(address(patient, "visit/"), visit_fields(patient.practice))

    assert response.status_code == status


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"took_place_on": "2026-03-18"}, "lies ahead"),
        ({"took_place_on": "2016-12-31"}, "not modelled"),
        ({"took_place_on": ""}, "Choose a visit of the chart, or enter its day."),
        ({"code": ""}, "Choose the code of the visit."),
        ({"code": "99211"}, "99211"),
        ({"practitioner": "11111111-1111-4111-8111-111111111111"}, "Select a valid choice"),
    ],
)
def test_visits_that_cannot_be_are_refused(
    patient: Patient, sign_in: SignIn, fields: dict[str, str], words: str
) -> None:
    response = sign_in("ben").post(
        address(patient, "visit/"), visit_fields(patient.practice, **fields)
    )

    assert response.status_code == 422
    assert words in text_of(response)
    assert not QualifyingVisit.objects.exists()


# The contact, leaving, stopping


@pytest.fixture
def consent(patient: Patient, person: Callable[[str], Person], trail: Trail) -> Consent:
    return charts.consent(patient, person("eve"))


def test_contacts_follow_each_other_with_their_days(
    patient: Patient, person: Callable[[str], Person], sign_in: SignIn
) -> None:
    client = sign_in("eve")
    for first, day in (("ben", "2026-03-02"), ("ana", "2026-03-10")):
        sent = {"person": str(person(first).public_id), "starts_on": day}
        assert client.post(address(patient, "contact/"), sent).status_code == 302

    rows = DesignatedContact.objects.order_by("starts_on")
    assert [(row.person, row.ends_on) for row in rows] == [
        (person("ben"), date(2026, 3, 9)),
        (person("ana"), None),
    ]
    assert "03/02/2026 to 03/09/2026" in text_of(client.get(address(patient)))


@pytest.mark.parametrize(("first", "day"), [("max", "2026-03-02"), ("ben", "2026-03-18")])
def test_contacts_that_cannot_be_are_refused(
    patient: Patient, person: Callable[[str], Person], sign_in: SignIn, first: str, day: str
) -> None:
    sent = {"person": str(person(first).public_id), "starts_on": day}

    response = sign_in("eve").post(address(patient, "contact/"), sent)

    assert response.status_code == 422
    assert not DesignatedContact.objects.exists()


def revoke_address(consent: Consent) -> str:
    return f"/patients/{consent.patient.public_id}/consent/{consent.public_id}/revoke/"


@pytest.mark.parametrize(
    ("said", "ends"), [("2026-03-02", date(2026, 3, 31)), ("2026-03-17", date(2026, 3, 31))]
)
def test_a_stop_ends_with_its_month_and_shows_at_once(
    patient: Patient, consent: Consent, sign_in: SignIn, said: str, ends: date
) -> None:
    client = sign_in("ben")

    response = client.post(
        revoke_address(consent), {"revoked_on": said, "reason": "Too many calls"}, follow=True
    )

    text = text_of(response)
    assert "The service ends on 03/31/2026" in text
    assert "Too many calls" in text
    enrollment = ProgramEnrollment.objects.get()
    assert (enrollment.ends_on, enrollment.end_reason) == (ends, "revoked")
    assert Consent.objects.count() == 1


@pytest.mark.parametrize("said", ["2026-03-01", "2026-03-18"])
def test_a_stop_before_the_consent_or_ahead_is_refused(
    patient: Patient, consent: Consent, sign_in: SignIn, said: str
) -> None:
    response = sign_in("ben").post(
        revoke_address(consent), {"revoked_on": said, "reason": "Too many calls"}
    )

    assert response.status_code == 422
    assert "Too many calls" in text_of(response)
    assert ProgramEnrollment.objects.get().ends_on is None


@pytest.mark.parametrize(
    ("first", "status"), [("ana", 302), ("ben", 302), ("eve", 302), ("max", 302), ("coco", 403)]
)
def test_who_may_record_a_stop_a_leaving_and_a_contact(
    patient: Patient,
    consent: Consent,
    person: Callable[[str], Person],
    sign_in: SignIn,
    first: str,
    status: int,
) -> None:
    client = sign_in(first)
    contact = {"person": str(person("ben").public_id), "starts_on": "2026-03-02"}

    assert client.post(address(patient, "contact/"), contact).status_code == status
    assert client.post(revoke_address(consent), {"revoked_on": "2026-03-17"}).status_code == status
    left = {"reason": "moved", "ends_on": "2026-03-16"}
    assert client.post(address(patient, "leave/"), left).status_code == status


@pytest.mark.parametrize(
    ("ends_on", "status"),
    [("2026-03-02", 302), ("2026-03-01", 422), ("2026-03-17", 302), ("2026-03-18", 422)],
)
def test_leaving_lies_between_the_start_and_today(
    patient: Patient, consent: Consent, sign_in: SignIn, ends_on: str, status: int
) -> None:
    response = sign_in("eve").post(
        address(patient, "leave/"), {"reason": "moved", "ends_on": ends_on}
    )

    assert response.status_code == status
    assert (ProgramEnrollment.objects.get().end_reason == "moved") is (status == 302)


def test_a_revocation_is_no_reason_to_leave(
    patient: Patient, consent: Consent, sign_in: SignIn
) -> None:
    sent = {"reason": "revoked", "ends_on": "2026-03-17"}

    assert sign_in("eve").post(address(patient, "leave/"), sent).status_code == 422
