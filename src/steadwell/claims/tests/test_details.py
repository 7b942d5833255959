"""What only people can say for a claim: the signature on file, and codes of conditions from SNOMED."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.claims.models import ClaimFile, DiagnosisChoice
from steadwell.claims.tests.approved import approved_month, close, condition, written
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from steadwell.wire import x12

SignIn = Callable[[str], Client]
MAPPED = [condition("E11.9", "Diabetes", is_mapped=True), condition("I10", "Hypertension")]


@pytest.fixture
def mapped(elm: Practice, patient: Patient) -> Patient:
    approved_month(patient, conditions=MAPPED)
    close(elm)
    return patient


def address(patient: Patient, name: str = "claim_details") -> str:
    return reverse(name, args=[patient.public_id])


def choose(client: Client, patient: Patient, code: str, of: str = "E119") -> int:
    given = {"mapped_code": of, "code": code}
    return client.post(address(patient, "claim_diagnosis"), given).status_code


def test_a_chosen_code_goes_on_the_claim_and_the_mapped_one_never(
    elm: Practice, mapped: Patient, sign_in: SignIn
) -> None:
    client = sign_in("ana")
    assert "No code chosen" in client.get(address(mapped)).content.decode()
    assert choose(client, mapped, "e11.65") == 302
    assert "E1165, chosen by Dr. Ana Abbott" in client.get(address(mapped)).content.decode()
    written(elm)
    sent = x12.read(bytes(ClaimFile.objects.get().content).decode())
    assert sent.claims[0].diagnoses == ("E1165", "I10")
    (event,) = AuditEvent.objects.filter(action="claims.diagnosis_chosen")
    assert event.patient_ids == [mapped.pk]


def test_the_newest_choice_counts(elm: Practice, mapped: Patient, sign_in: SignIn) -> None:
    client = sign_in("max")
    choose(client, mapped, "E11.65")
    choose(client, mapped, "E11.22")
    assert DiagnosisChoice.objects.count() == 2
    written(elm)
    sent = x12.read(bytes(ClaimFile.objects.get().content).decode())
    assert sent.claims[0].diagnoses[0] == "E1122"


@pytest.mark.parametrize("code", ["", "44054006", "11.9", "E"])
def test_what_is_no_code_is_refused_and_kept_in_the_field(
    mapped: Patient, sign_in: SignIn, code: str
) -> None:
    client = sign_in("ana")
    given = {"mapped_code": "E119", "code": code}
    answer = client.post(address(mapped, "claim_diagnosis"), given)
    assert answer.status_code == 422
    assert f'value="{code}"' in answer.content.decode() or not code
    assert not DiagnosisChoice.objects.exists()


def test_only_a_condition_of_the_statement_can_be_given_a_code(
    mapped: Patient, sign_in: SignIn
) -> None:
    assert choose(sign_in("ana"), mapped, "E11.65", of="I10") == 422
    assert choose(sign_in("ana"), mapped, "E11.65", of="Z999") == 422


@pytest.mark.parametrize(
    ("first", "page", "code"),
    [
        ("max", 200, 302),
        ("ana", 200, 302),
        ("eve", 200, 403),
        ("ben", 403, 403),
        ("coco", 403, 403),
    ],
)
def test_who_may(mapped: Patient, sign_in: SignIn, first: str, page: int, code: int) -> None:
    client = sign_in(first)
    assert client.get(address(mapped)).status_code == page
    assert choose(client, mapped, "E11.65") == code


def test_a_signature_is_recorded_with_its_day(patient: Patient, sign_in: SignIn) -> None:
    Patient.objects.filter(pk=patient.pk).update(signature_on_file_on=None)
    client = sign_in("eve")
    assert "Not recorded" in client.get(address(patient)).content.decode()
    sign = address(patient, "claim_signature")
    assert client.post(sign, {"signed_on": "2026-03-17"}).status_code == 302
    patient.refresh_from_db()
    assert patient.signature_on_file_on == date(2026, 3, 17)
    assert AuditEvent.objects.filter(action="claims.signature_recorded").count() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("2026-03-18", "still to come"),
        ("1950-03-13", "before the patient was born"),
        ("", "The day is needed"),
        ("soon", "no day of the calendar"),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    patient: Patient, sign_in: SignIn, given: str, words: str
) -> None:
    answer = sign_in("max").post(address(patient, "claim_signature"), {"signed_on": given})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    patient.refresh_from_db()
    assert patient.signature_on_file_on == date(2025, 11, 1)


def test_nobody_chooses_for_another_practice(
    mapped: Patient, oak: Practice, client: Client
) -> None:
    from django.conf import settings

    from steadwell.common.tenancy import Scope, enter_scope
    from steadwell.practices.models import Membership, Person

    enter_scope(Scope(practice_id=oak.pk))
    cy = Person.objects.get(email="cy@oak.example")
    Membership.objects.filter(person=cy).update(roles=["practice_manager"])
    client.force_login(cy, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert client.get(address(mapped)).status_code == 404
    assert choose(client, mapped, "E11.65") == 404
