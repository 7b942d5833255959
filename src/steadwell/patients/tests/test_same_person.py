"""Two charts of one person: found by number or by name, birth date and sex, answered, never merged."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.common.tenancy import Scope, enter_scope
from steadwell.patients.models import Patient, SamePersonAnswer
from steadwell.patients.selectors.same_person import open_pairs
from steadwell.practices.models import Practice
from tests import cast

SignIn = Callable[[str], Client]
PAGE = "/patients/same-person/"


def chart(practice: Practice, number: int, **fields: Any) -> Patient:
    """A person of their own: another number, name and birth date for each."""
    own = {
        "medicare_number": f"1EG4TE5MK{number:02d}",
        "given_name": f"Paula{number}",
        "birth_date": date(1950, 3, number),
    }
    return cast.make_patient(practice, number, **{**own, **fields})


def pair(one: Patient, other: Patient) -> list[tuple[int, int]]:
    return [(one.pk, other.pk)]


def test_the_same_medicare_number_is_a_pair(elm: Practice) -> None:
    one, other = chart(elm, 1), chart(elm, 2, medicare_number="1EG4TE5MK01")
    assert open_pairs(elm) == pair(one, other)


def test_the_same_name_birth_and_sex_are_a_pair(elm: Practice) -> None:
    one = chart(elm, 1)
    other = chart(elm, 2, given_name="Paula1", birth_date=one.birth_date)
    assert open_pairs(elm) == pair(one, other)


@pytest.mark.parametrize(
    "differs",
    [{"given_name": "Paul"}, {"birth_date": date(1950, 3, 2)}, {"sex": "male"}],
)
def test_two_of_three_are_none(elm: Practice, differs: dict[str, Any]) -> None:
    one = chart(elm, 1)
    same = {"given_name": "Paula1", "birth_date": one.birth_date, "sex": "female"}
    chart(elm, 2, **{**same, **differs})
    assert open_pairs(elm) == []


def test_no_number_and_no_sex_are_no_likeness(elm: Practice) -> None:
    chart(elm, 1, medicare_number="", sex="unknown")
    chart(
        elm, 2, medicare_number="", sex="unknown", given_name="Paula1", birth_date=date(1950, 3, 1)
    )
    assert open_pairs(elm) == []


def test_another_practices_chart_is_no_twin(elm: Practice, oak: Practice) -> None:
    chart(elm, 1)
    enter_scope(Scope(practice_id=oak.pk))
    chart(oak, 1)
    enter_scope(Scope(practice_id=elm.pk))
    assert open_pairs(elm) == []


@pytest.fixture
def twins(elm: Practice) -> tuple[Patient, Patient]:
    return chart(elm, 1), chart(elm, 2, medicare_number="1EG4TE5MK01")


def say(client: Client, twins: tuple[Patient, Patient], answer: str) -> None:
    first, second = twins
    sent = {"first": second.public_id, "second": first.public_id, "answer": answer}
    assert client.post(reverse("patients_same_say"), sent).status_code == 302


@pytest.mark.parametrize(("answer", "is_same"), [("same", True), ("not_same", False)])
def test_an_answer_is_kept_and_nothing_merged(
    sign_in: SignIn, elm: Practice, twins: tuple[Patient, Patient], answer: str, *, is_same: bool
) -> None:
    ben = sign_in("ben")
    assert "1 pair of charts may be" in ben.get("/patients/").content.decode()
    assert "The same Medicare number, but another name" in ben.get(PAGE).content.decode()
    say(ben, twins, answer)
    say(ben, twins, answer)
    row = SamePersonAnswer.objects.get()
    assert (row.first, row.second, row.is_same) == (*twins, is_same)
    assert open_pairs(elm) == []
    assert Patient.objects.count() == 2
    action = "patient.same_person_said" if is_same else "patient.not_the_same_said"
    assert AuditEvent.objects.get(action=action).patient_ids == [one.pk for one in twins]
    record = ben.get(reverse("chart_record", args=[twins[0].public_id])).content.decode()
    assert ("this person has another chart too" in record) is is_same
    assert "Ben Brook, RN" in ben.get(PAGE).content.decode()
    assert "may be one" not in ben.get("/patients/").content.decode()


def test_the_newest_answer_counts(
    sign_in: SignIn, elm: Practice, twins: tuple[Patient, Patient]
) -> None:
    say(sign_in("ben"), twins, "same")
    say(sign_in("max"), twins, "not_same")
    record = sign_in("ben").get(reverse("chart_record", args=[twins[0].public_id]))
    assert "another chart too" not in record.content.decode()
    assert SamePersonAnswer.objects.count() == 2


def test_what_cannot_be_answered_is_said(sign_in: SignIn, twins: tuple[Patient, Patient]) -> None:
    ben = sign_in("ben")
    one = twins[0].public_id
    page = ben.post(
        reverse("patients_same_say"), {"first": one, "second": one, "answer": "same"}, follow=True
    )
    assert "This is one chart, not two" in page.content.decode()
    page = ben.post(reverse("patients_same_say"), {"first": one, "second": one}, follow=True)
    assert "Press one of the two buttons" in page.content.decode()
    assert not SamePersonAnswer.objects.exists()


def test_who_only_reads_is_told_who_answers(
    sign_in: SignIn, twins: tuple[Patient, Patient]
) -> None:
    page = sign_in("coco").get(PAGE).content.decode()
    assert "practice managers answer this" in page
    assert '<button class="btn" name="answer"' not in page
