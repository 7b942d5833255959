"""Visits, contacts, stops and leavings on a chart's enrollment page."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from steadwell.audit.services import Trail
from steadwell.enrollment.models import (
    Candidate,
    Consent,
    DesignatedContact,
    ProgramEnrollment,
    QualifyingVisit,
)
from steadwell.enrollment.services import run_sweep
from steadwell.enrollment.tests import charts
from steadwell.enrollment.tests.chart_page import (
    address,
    text_of,
    visit_fields,
)
from steadwell.patients.models import Patient
from steadwell.practices.models import Person
from tests import cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


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
