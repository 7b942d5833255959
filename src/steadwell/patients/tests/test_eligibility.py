"""Eligibility answers: kept once, told whose they are, and never a change of cover."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from steadwell.audit.services import Trail
from steadwell.patients.models import Coverage, EligibilityAnswer, EligibilityFile, Patient
from steadwell.patients.services import (
    EligibilityRefused,
    ReadEligibility,
    place_answer,
    read_eligibility,
)
from steadwell.patients.services.eligibility import NotPlaced, trace_number
from steadwell.practices.models import Person, Practice
from steadwell.wire.tests.eligibility_x12 import PART_B, PLAN, a_271, a_patient
from tests import cast

SignIn = Callable[[str], Client]
People = Callable[[str], Person]
pytestmark = pytest.mark.usefixtures("trail")


@pytest.fixture
def known(patient: Patient) -> Patient:
    patient.medicare_number, patient.birth_date = "1EG4TE5MK73", date(1949, 5, 1)
    patient.save()
    return patient


def take(practice: Practice, *patients: list[str]) -> ReadEligibility:
    content = a_271(*patients).encode()
    return read_eligibility(practice=practice, content=content, name="a.271", acting_user=None)


def test_an_answer_finds_its_patient_and_changes_no_cover(
    elm: Practice, known: Patient, trail: Trail
) -> None:
    trace = trace_number(known, date(2026, 3, 16)).upper()
    before = list(Coverage.objects.values())
    done = take(elm, a_patient(*PART_B, *PLAN, trace=trace, about="20260301-20260331"))
    assert (done.answers, done.waiting, done.rejected) == (1, 0, 0)
    answer = EligibilityAnswer.objects.get()
    assert answer.patient == known
    assert (answer.asked_on, answer.answered_on) == (date(2026, 3, 16), date(2026, 3, 17))
    assert (answer.about_from, answer.about_to) == (date(2026, 3, 1), date(2026, 3, 31))
    assert (answer.transaction_number, answer.reference) == ("0001", "SW000000007")
    assert list(Coverage.objects.values()) == before
    events = [one for one in trail.events if one.action == "patients.eligibility_read"]
    assert [list(one.patient_ids) for one in events] == [[known.pk]]


def test_the_same_bytes_again_change_nothing(elm: Practice, known: Patient) -> None:
    take(elm, a_patient(*PART_B))
    again = take(elm, a_patient(*PART_B))
    assert (again.is_new, EligibilityAnswer.objects.count()) == (False, 1)
    assert "Nothing changed" in again.sentence


def test_without_days_it_is_about_the_day_it_was_made(elm: Practice, known: Patient) -> None:
    take(elm, a_patient(*PART_B))
    answer = EligibilityAnswer.objects.get()
    assert answer.about_from == answer.about_to == date(2026, 3, 17)


@pytest.mark.parametrize(
    "given",
    [
        {"number": "9AA9AA9AA99"},
        {"born": "19490502"},
        {"trace": "0" * 32 + "-20260316"},
    ],
)
def test_what_contradicts_the_chart_waits_for_a_person(
    elm: Practice, known: Patient, given: dict[str, str]
) -> None:
    assert take(elm, a_patient(*PART_B, **given)).waiting == 1
    assert EligibilityAnswer.objects.get().patient is None


def test_two_charts_with_one_number_are_not_chosen_between(elm: Practice, known: Patient) -> None:
    cast.make_patient(elm, 2, medicare_number="1EG4TE5MK73", birth_date=known.birth_date)
    assert take(elm, a_patient(*PART_B)).waiting == 1


def test_another_practices_patient_is_not_found(
    elm: Practice, oak: Practice, known: Patient
) -> None:
    known.medicare_number = "1EG4TE5MK74"
    known.save()
    assert take(elm, a_patient(*PART_B)).waiting == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"nothing", "no X12"),
        (a_271(a_patient("CLP*1")).encode(), "Segment 12 (CLP)"),
        (a_271(a_patient(*PART_B)).replace("1234567893", "1003000126").encode(), "another provider"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_whole(elm: Practice, content: bytes, said: str) -> None:
    with pytest.raises(EligibilityRefused) as caught:
        read_eligibility(practice=elm, content=content, name="a.271", acting_user=None)
    assert said in str(caught.value)
    assert not EligibilityFile.objects.exists()


def test_a_person_says_whose_it_is_once(elm: Practice, known: Patient, person: People) -> None:
    take(elm, a_patient(*PART_B, born="19490502"), a_patient(*PART_B, number="9AA9AA9AA99"))
    first, second = EligibilityAnswer.objects.order_by("place")
    acting = {"acting_user": person("eve")}
    with pytest.raises(NotPlaced, match="No chart has"):
        place_answer(answer=first, record_number="none", **acting)
    placed = place_answer(answer=first, record_number=known.record_number, **acting)
    assert (placed.patient, placed.placed_by) == (known, person("eve"))
    with pytest.raises(NotPlaced, match="already"):
        place_answer(answer=first, record_number="", **acting)
    assert place_answer(answer=second, record_number="", **acting).patient is None
    with pytest.raises(NotPlaced, match="Practice managers"):
        place_answer(answer=second, record_number="", acting_user=person("ben"))


def test_what_was_answered_cannot_be_changed(elm: Practice, known: Patient) -> None:
    take(elm, a_patient(*PART_B))
    changes: list[dict[str, Any]] = [{"says": {}}, {"patient": None}]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            EligibilityAnswer.objects.update(**change)
    assert EligibilityAnswer.objects.get().patient == known


def test_the_page_reads_a_file_and_the_chart_shows_it(
    elm: Practice, known: Patient, sign_in: SignIn
) -> None:
    client = sign_in("max")
    page = reverse("eligibility")
    assert "Every answer has its patient" in client.get(page).content.decode()
    patients = [a_patient(*PART_B, *PLAN), a_patient(*PART_B, number="9AA9AA9AA99")]
    file = SimpleUploadedFile("a.271", a_271(*patients).encode())
    said = client.post(page, {"file": file}).content.decode()
    assert "2 answers read: 1 not found in the charts" in said
    record = client.get(reverse("chart_record", args=[known.public_id])).content.decode()
    assert "Medicare Advantage H1234 SUNNY HEALTH PLAN from 01/01/2026." in record
    waiting = EligibilityAnswer.objects.get(patient=None)
    place = reverse("eligibility_place", args=[waiting.public_id])
    refused = client.post(place, {"record_number": ""})
    assert (refused.status_code, b"Write the patient" in refused.content) == (422, True)
    assert client.post(place, {"record_number": known.record_number}).status_code == 302
    assert "Every answer has its patient" in client.get(page).content.decode()


def test_a_bad_upload_says_why(elm: Practice, sign_in: SignIn) -> None:
    file = SimpleUploadedFile("a.271", b"nothing")
    answer = sign_in("eve").post(reverse("eligibility"), {"file": file})
    assert (answer.status_code, b"no X12" in answer.content) == (422, True)
    assert sign_in("eve").post(reverse("eligibility"), {}).status_code == 422
