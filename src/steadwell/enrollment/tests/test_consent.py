"""The consent: four points, a time that can be, once, frozen as it was said."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from steadwell.audit.models import AuditEvent
from steadwell.enrollment.models import (
    Consent,
    ConsentAnswer,
    DesignatedContact,
    ProgramEnrollment,
)
from steadwell.enrollment.tests import charts
from steadwell.enrollment.tests.consent_page import address, sent, text_of
from steadwell.enrollment.wording import POINTS
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from tests import cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
PersonOf = Callable[[str], Person]


def test_a_yes_opens_the_enrollment_and_keeps_the_words(
    patient: Patient, person: PersonOf, sign_in: SignIn
) -> None:
    charts.complete(patient)

    response = sign_in("eve").post(
        address(patient), sent(patient, contact=str(person("ben").public_id))
    )

    assert response.status_code == 302
    consent = Consent.objects.get()
    assert consent.given_at == datetime(2026, 3, 17, 13, 30, tzinfo=UTC)
    assert (consent.form, consent.given_by, consent.language) == ("verbal", "The patient", "en")
    assert consent.covers == list(POINTS)
    assert consent.wording_version == "ccm-en-1"
    assert "Eve Ellis" in consent.wording
    assert "For you that would be Dr. Abbott." in consent.wording
    assert "You have Medicare Part B and no second insurance" in consent.wording
    assert consent.obtained_by == person("eve")
    enrollment = ProgramEnrollment.objects.get()
    assert (enrollment.starts_on, enrollment.ends_on) == (cast.TODAY, None)
    assert DesignatedContact.objects.get().person == person("ben")
    assert AuditEvent.objects.filter(action="enrollment.consent_given").count() == 1


def test_the_same_form_sent_twice_is_one_consent(patient: Patient, sign_in: SignIn) -> None:
    client, fields = sign_in("eve"), sent(patient)

    for _ in range(2):
        assert client.post(address(patient), fields).status_code == 302

    assert Consent.objects.count() == 1
    assert ProgramEnrollment.objects.count() == 1


def test_the_same_minute_in_another_window_is_one_consent(
    patient: Patient, sign_in: SignIn
) -> None:
    client = sign_in("eve")

    for _ in range(2):
        client.post(address(patient), sent(patient))

    assert Consent.objects.count() == 1


@pytest.mark.parametrize("point", list(POINTS))
def test_a_point_that_was_not_said_is_named_and_nothing_is_lost(
    patient: Patient, sign_in: SignIn, point: str
) -> None:
    covers = [each for each in POINTS if each != point]

    response = sign_in("eve").post(address(patient), sent(patient, covers=covers))

    text = text_of(response)
    assert response.status_code == 422
    assert f"3 of 4 points were said. Say and tick: {POINTS[point]}." in text
    assert "And I can quit." in text
    assert text.count('name="covers"') == 4
    assert all(f'value="{each}" id="p-{each}" checked' in text for each in covers)
    assert not Consent.objects.exists()


@pytest.mark.parametrize(("at", "status"), [("10:00", 302), ("10:01", 422)])
def test_now_and_before_may_be_recorded_and_the_future_not(
    patient: Patient, sign_in: SignIn, at: str, status: int
) -> None:
    response = sign_in("eve").post(address(patient), sent(patient, given_time=at))

    assert response.status_code == status
    assert ("lies ahead" in text_of(response)) is (status == 422)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"answer": ""}, "One thing is left: the answer."),
        ({"given_time": ""}, "Enter the day and the time of the yes."),
        ({"who": "other"}, "Enter who answered"),
        ({"told_back": "no"}, "They could not tell it back"),
        ({"token": "x"}, "Open the page again."),
        ({"answer": "not_yet"}, "Pick a day to call back"),
        ({"answer": "not_yet", "call_back_on": "2026-03-16"}, "is over"),
        ({"answer": "no"}, "Choose why the answer is no."),
    ],
)
def test_what_is_missing_is_said_in_words(
    patient: Patient, sign_in: SignIn, fields: dict[str, str], words: str
) -> None:
    response = sign_in("eve").post(address(patient), sent(patient, **fields))

    assert response.status_code == 422
    assert words in text_of(response)
    assert "And I can quit." in text_of(response)
    assert not Consent.objects.exists()
    assert not ConsentAnswer.objects.exists()


def test_not_yet_keeps_the_day_and_no_the_reason(patient: Patient, sign_in: SignIn) -> None:
    client = sign_in("eve")
    later = sent(patient, answer="not_yet", call_back_on="2026-03-20", note="After the holiday")

    client.post(address(patient), later)
    client.post(address(patient), later)
    client.post(address(patient), sent(patient, answer="no", reason="cost"))

    rows = ConsentAnswer.objects.order_by("pk").values_list("answer", "reason", "call_back_on")
    assert list(rows) == [("not_yet", "", date(2026, 3, 20)), ("no", "cost", None)]
    assert not ProgramEnrollment.objects.exists()


@pytest.mark.parametrize(
    ("first", "status"), [("ana", 302), ("ben", 302), ("eve", 302), ("max", 302), ("coco", 403)]
)
def test_who_may_take_a_consent(patient: Patient, sign_in: SignIn, first: str, status: int) -> None:
    client = sign_in(first)

    assert client.get(address(patient)).status_code == (200 if status == 302 else 403)
    assert client.post(address(patient), sent(patient)).status_code == status


def test_the_script_stands_in_both_languages_and_begins_in_the_patients(
    elm: Practice, sign_in: SignIn
) -> None:
    patient = cast.make_patient(elm, language="es")
    charts.complete(patient)

    text = text_of(sign_in("eve").get(address(patient)))

    assert 'id="lang-es" value="es" checked' in text
    assert '<span class="say d-block" data-lang="es" lang="es">Puede dejarlo' in text
    assert "You can stop at any time" in text


@pytest.mark.parametrize(
    ("cover", "words"),
    [
        ({"is_qmb": True}, "This service costs you nothing"),
        ({"secondary": "medigap"}, "your Medigap plan usually pays the rest"),
        ({"secondary": "medicaid"}, "Medicaid usually pays the rest"),
        ({"kind": "medicare_advantage"}, "What you pay depends on your plan"),
        ({"ends_on": date(2026, 3, 16)}, "I do not have your insurance in front of me"),
        ({"ends_on": date(2026, 3, 17)}, "no second insurance that we know of"),
    ],
)
def test_what_it_costs_follows_the_cover(
    patient: Patient, sign_in: SignIn, cover: dict[str, Any], words: str
) -> None:
    charts.complete(patient, **cover)

    assert words in " ".join(text_of(sign_in("eve").get(address(patient))).split())


def test_it_warns_without_a_statement_and_without_a_visit(
    patient: Patient, sign_in: SignIn
) -> None:
    text = text_of(sign_in("eve").get(address(patient)))

    assert "No practitioner has stated the risk yet." in text
    assert "A visit comes first." in text
