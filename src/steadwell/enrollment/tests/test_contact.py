"""A patient's own contact: proposed with the consent, and mended with one click where there is none."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.audit.services import Trail
from steadwell.enrollment.models import DesignatedContact
from steadwell.enrollment.selectors import proposed_contact
from steadwell.enrollment.services import designate_contact, run_sweep
from steadwell.enrollment.tests import charts
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person, Practice
from tests import cast

SignIn = Callable[[str], Client]
People = Callable[[str], Person]
LIST = "/enrollment/?list=no_contact"


def membership(first: str) -> Membership:
    return Membership.objects.get(person__email=f"{first}@elm.example")


def proposal(first: str) -> tuple[str, str]:
    found = proposed_contact(membership(first))
    assert found
    return found.person.full_name, found.why


def test_a_care_manager_is_proposed_with_the_reason(
    elm: Practice, trail: Trail, person: People
) -> None:
    assert proposal("eve") == (
        "Ben Brook, RN",
        "Ben Brook, RN has no patient yet: the fewest of the care managers.",
    )
    cast.make_member(elm, "ada@elm.example", "Ada Aalto, RN", "rn", "care_manager")
    assert proposal("eve")[0] == "Ada Aalto, RN"
    for number in (1, 2):
        designate_contact(
            patient=cast.make_patient(elm, number), person=person("ada"), starts_on=cast.TODAY,
            acting_user=person("eve"),
        )  # fmt: skip
    assert proposal("eve")[0] == "Ben Brook, RN"
    assert proposal("ben") == ("Ben Brook, RN", "You are a care manager here.")


def test_without_care_managers_a_practitioner_is_proposed(elm: Practice) -> None:
    Membership.objects.filter(person__email="ben@elm.example").update(
        ends_on=cast.TODAY.replace(day=16)
    )
    assert proposal("eve")[0] == "Dr. Ana Abbott"
    Membership.objects.filter(person__email="ana@elm.example").update(roles=["compliance"])
    assert proposed_contact(membership("eve")) is None


def test_the_consent_page_proposes_one(sign_in: SignIn, patient: Patient, person: People) -> None:
    page = sign_in("eve").get(reverse("chart_consent", args=[patient.public_id])).content.decode()
    assert f'value="{person("ben").public_id}" selected' in page
    assert "the fewest of the care managers" in page


@pytest.fixture
def alone(elm: Practice, trail: Trail, patient: Patient, person: People) -> Patient:
    """Enrolled, and nobody is their contact."""
    charts.complete(patient)
    charts.consent(patient, person("eve"))
    run_sweep(practice=elm, as_of=cast.TODAY)
    return patient


def test_the_list_names_those_without_and_mends_it_with_one_click(
    alone: Patient, sign_in: SignIn, person: People
) -> None:
    eve = sign_in("eve")
    assert (
        "1 enrolled person has no contact of their own." in eve.get("/enrollment/").content.decode()
    )
    page = eve.get(LIST).content.decode()
    assert "Make Ben Brook, RN the contact" in page
    answer = eve.post(
        reverse("chart_contact", args=[alone.public_id]),
        {"person": person("ben").public_id, "starts_on": "2026-03-17", "from_list": "1"},
    )
    assert answer["Location"] == f"{LIST}#cand"
    assert DesignatedContact.objects.get(patient=alone).person == person("ben")
    page = eve.get("/enrollment/").content.decode()
    assert "no contact of their own." not in page


def test_who_only_reads_is_offered_no_click(alone: Patient, sign_in: SignIn) -> None:
    page = sign_in("coco").get(LIST).content.decode()
    assert "Nobody is their own contact. No month can be billed without." in page
    assert "the contact<span" not in page


def test_the_chart_says_it_on_top_and_proposes_one(
    alone: Patient, sign_in: SignIn, person: People
) -> None:
    page = sign_in("eve").get(reverse("chart_enrollment", args=[alone.public_id])).content.decode()
    assert "no contact of their own yet" in page
    assert "and no month can be billed without" in page
    assert f'value="{person("ben").public_id}" selected' in page
