"""The plan's pages: who may see and do what, and what they say."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from steadwell.audit.services import Trail, audit_trail
from steadwell.careplans.content import Goal
from steadwell.careplans.selectors import draft_of
from steadwell.careplans.services import send_to_sign, start_plan
from steadwell.careplans.tests.made import (
    enroll,
    make_chart,
    make_draft,
    make_signed,
)
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practitioner
from tests import cast

SignIn = Callable[[str], Client]
Someone = Callable[[str], Person]


def address(patient: Patient, rest: str = "") -> str:
    return f"/patients/{patient.public_id}/plan/{rest}"


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.exhaustive
@pytest.mark.parametrize("first", ["ana", "ben", "eve", "max", "coco"])
def test_everybody_in_the_practice_reads(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail, first: str
) -> None:
    make_signed(patient, person)
    client = sign_in(first)
    for page in ("", "versions/1/", "versions/1/patient/", "versions/1/print/"):
        assert client.get(address(patient, page)).status_code == 200
    is_writer = first in ("ana", "ben")
    assert ("You can read the plan." in text(client.get(address(patient)))) is not is_writer


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("first", "write", "sign"),
    [
        ("ana", 200, 200),
        ("ben", 200, 403),
        ("eve", 403, 403),
        ("max", 403, 403),
        ("coco", 403, 403),
    ],
)
def test_who_writes_and_who_signs(
    sign_in: SignIn,
    patient: Patient,
    person: Someone,
    trail: Trail,
    first: str,
    write: int,
    sign: int,
) -> None:
    draft = make_draft(patient, person)
    client = sign_in(first)
    assert client.get(address(patient, "edit/goals/")).status_code == write
    for action in ("start/", "chart/", "send-back/", "send/", "versions/1/copies/"):
        status = client.post(address(patient, action)).status_code
        assert (status == 403) is (write == 403), action
    assert client.get("/plans/to-sign/").status_code == write
    seen = draft_of(patient)
    assert seen
    posted = {"seen": seen.changed_at.isoformat()}
    signed = client.post(address(patient, "versions/1/sign/"), posted, follow=True)
    assert signed.status_code == sign
    draft.refresh_from_db()
    assert draft.is_signed is (sign == 200)
    if write == 403:
        assert client.post(address(patient, "discard/")).status_code == 403


def test_another_practice_finds_nothing(
    client: Client, patient: Patient, person: Someone, oak: object
) -> None:
    with audit_trail(practice_id=patient.practice_id):
        make_signed(patient, person)
    client.force_login(
        Person.objects.get(email="cy@oak.example"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    for page in ("", "versions/1/", "versions/1/patient/", "versions/1/print/", "edit/goals/"):
        assert client.get(address(patient, page)).status_code == 404
    assert client.post(address(patient, "start/")).status_code == 404


def test_what_is_not_there_is_not_found(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    client = sign_in("ben")
    for page in ("versions/1/", "edit/goals/", "versions/99999999/"):
        assert client.get(address(patient, page)).status_code == 404
    start_plan(patient=patient, acting_user=person("ben"))
    assert client.get(address(patient, "edit/nonsense/")).status_code == 404


def test_a_plan_starts_from_the_chart_and_is_not_in_force(
    sign_in: SignIn, patient: Patient
) -> None:
    make_chart(patient)
    client = sign_in("ben")
    empty = text(client.get(address(patient)))
    assert "No care plan yet" in empty
    assert "in force only once the patient has consented" in empty
    page = text(client.post(address(patient, "start/"), follow=True))
    assert "Care plan, version 1" in page
    assert "not in force before the patient consents" in page
    assert "Chronic systolic heart failure" in page
    assert "E11.22, E11.9" in page
    assert "Go through the medicines with the patient and enter the day." in page


def test_who_cannot_write_reads_why(sign_in: SignIn, patient: Patient) -> None:
    page = text(sign_in("max").get(address(patient)))
    assert 'aria-disabled="true"' in page
    assert "Care managers and practitioners write plans." in page


def test_from_queue_to_signature_to_copy(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    enroll(patient, Practitioner.objects.get())
    make_draft(patient, person)
    ben = sign_in("ben")
    assert "Send to Dr. Abbott to sign" in text(ben.get(address(patient)))
    assert "Dr. Abbott has it to sign" in text(ben.post(address(patient, "send/"), follow=True))
    assert "Only Dr. Abbott can sign it." in text(ben.get("/plans/to-sign/"))

    ana = sign_in("ana")
    queue = ana.get("/plans/to-sign/")
    assert "Paula1 Testa" in text(queue)
    (row,) = queue.context["rows"]
    done = ana.post(
        address(patient, "versions/1/sign/"), {"seen": row.seen, "queue": "1"}, follow=True
    )
    assert done.request["PATH_INFO"] == "/plans/to-sign/"
    assert "No plan waits for a signature" in text(done)
    page = text(ana.get(address(patient)))
    assert "In force" in page
    assert "Signed March 17, 2026 by Dr. Ana Abbott" in page
    assert "03/17/2026 10:00 a.m." in page

    ben = sign_in("ben")
    copy = {"means": "mail", "given_to": "Anna, her sister", "given_on": "2026-03-17"}
    given = ben.post(address(patient, "versions/1/copies/"), copy, follow=True)
    assert "by mail, to Anna, her sister" in text(given)


def test_a_refused_copy_says_why_and_loses_nothing(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    make_signed(patient, person)
    client = sign_in("ben")
    copy = {"means": "mail", "given_to": "Anna", "given_on": "2026-03-16"}
    page = client.post(address(patient, "versions/1/copies/"), copy)
    assert page.status_code == 422
    assert "before this version was signed" in text(page)
    assert 'value="Anna"' in text(page)
    blank = client.post(address(patient, "versions/1/copies/"), {**copy, "given_to": ""})
    assert (blank.status_code, "Say who got the copy." in text(blank)) == (422, True)


def test_the_queue_shows_a_practitioner_their_own_and_what_is_missing_meanwhile(
    sign_in: SignIn,
    patient: Patient,
    person: Someone,
    trail: Trail,
    ana: Practitioner,
    it_is: Callable[[Any], None],
) -> None:
    other = cast.make_practitioner(patient.practice, person("max"), family_name="Other")
    second = cast.make_patient(patient.practice, 2)
    mine = make_draft(patient, person, review_on=cast.TODAY)
    send_to_sign(version=mine, practitioner=ana, acting_user=person("ben"))
    send_to_sign(version=make_draft(second, person), practitioner=other, acting_user=person("ben"))
    page = text(sign_in("ana").get("/plans/to-sign/"))
    assert ("Paula1" in page, "Paula2" in page) == (True, False)
    assert page.count(">Sign<") == 0
    assert "versions/1/sign/" in page
    it_is(cast.NOW + timedelta(days=1))
    page = text(sign_in("ana").get("/plans/to-sign/"))
    assert "The next review, 03/17/2026, is past." in page
    assert "versions/1/sign/" not in page


def test_signing_what_changed_since_it_was_read_is_refused(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    draft = make_draft(patient, person)
    client = sign_in("ana")
    old = (draft.changed_at - timedelta(seconds=1)).isoformat()
    for seen in (old, "", "nonsense"):
        page = client.post(address(patient, "versions/1/sign/"), {"seen": seen})
        assert page.status_code == 422
    draft.refresh_from_db()
    assert not draft.is_signed


def test_differences_are_shown_with_ins_and_del(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    make_signed(patient, person)
    goal = Goal(key="goal-church", words="Walk to church again", target="170 lb")
    make_draft(patient, person, goals=(goal,))
    page = text(sign_in("ben").get(address(patient)))
    assert "What is different from version 1" in page
    assert "<del>168 to 172 </del><ins>170 </ins>lb" in page


def test_old_versions_are_read_only(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    enroll(patient, Practitioner.objects.get())
    make_signed(patient, person)
    make_signed(patient, person, summary="Second")
    client = sign_in("ben")
    page = text(client.get(address(patient, "versions/1/")))
    assert "Earlier version" in page
    assert "/plan/edit/" not in page
    assert "In force" in text(client.get(address(patient, "versions/2/")))


@pytest.mark.parametrize("page", ["", "edit/medications/", "versions/1/"])
def test_the_number_of_queries_does_not_grow(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail, page: str
) -> None:
    make_signed(patient, person)
    make_draft(patient, person, summary="Two")
    client = sign_in("ben")
    client.get(address(patient, page))
    with CaptureQueriesContext(connection) as few:
        client.get(address(patient, page))
    for number in range(3):
        make_signed(patient, person, summary=f"Again {number}")
    make_draft(patient, person, summary="Last")
    make_chart(patient)
    with CaptureQueriesContext(connection) as many:
        client.get(address(patient, page.replace("1", "2")))
    assert len(many) == len(few)
    assert len(few) <= 45


def test_the_queue_is_read_in_sets(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail, ana: Practitioner
) -> None:
    client = sign_in("ana")

    def queries() -> int:
        client.get("/plans/to-sign/")
        with CaptureQueriesContext(connection) as made:
            assert client.get("/plans/to-sign/").status_code == 200
        return len(made)

    send_to_sign(version=make_draft(patient, person), practitioner=ana, acting_user=person("ben"))
    few = queries()
    for number in range(2, 7):
        one = cast.make_patient(patient.practice, number)
        make_signed(one, person)
        draft = make_draft(one, person, review_on=date(2026, 7, 1))
        send_to_sign(version=draft, practitioner=ana, acting_user=person("ben"))
    assert queries() == few
