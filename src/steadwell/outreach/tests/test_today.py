"""Today: the written order, the filters, the roles, and a query count that does not grow."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from steadwell.audit.services import audit_trail
from steadwell.enrollment.models import Consent, ConsentRevocation, ProgramEnrollment
from steadwell.outreach.worklist import Line, chosen, need_of, rows_of, weekdays_left
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice, Practitioner
from steadwell.timekeeping import services
from tests import cast

SignIn = Callable[[str], Client]
TODAY = cast.TODAY
WELL = Line(
    patient_id=1, public_id=uuid4(), name="Testa, Paula", birth_date=date(1950, 3, 14),
    since=date(2025, 11, 1), has_consent=True, has_plan=True, plan_waits=False,
    review_on=None, contact_on=TODAY - timedelta(days=5), promise="", promise_on=None, seconds=600,
)  # fmt: skip


def enroll(patient: Patient, ben: Person, *, revoked_on: date | None = None) -> None:
    common = {
        "practice": patient.practice, "patient": patient, "program": "ccm",
        "practitioner": Practitioner.objects.get(practice=patient.practice),
    }  # fmt: skip
    enrollment = ProgramEnrollment.objects.create(**common, starts_on=date(2026, 1, 5))
    consent = Consent.objects.create(
        **common, enrollment=enrollment, form="verbal", given_at=datetime.fromisoformat("2026-01-05T15:00Z"),
        given_by="the patient", covers=[], wording_version="1", wording="x", language="en",
        obtained_by=ben, recorded_at=cast.NOW,
    )  # fmt: skip
    if revoked_on:
        ConsentRevocation.objects.create(
            practice=patient.practice, consent=consent, patient=patient, revoked_on=revoked_on,
            recorded_by=ben, recorded_at=cast.NOW,
        )  # fmt: skip


def text(client: Client, query: str = "") -> str:
    return client.get(f"/{query}").content.decode()


@pytest.mark.parametrize(
    ("change", "words", "rank"),
    [
        ({}, "Nothing is due.", 7),
        ({"seconds": 1200}, "On track.", 7),
        ({"has_consent": False, "has_plan": False}, "No consent is in force.", 1),
        (
            {"promise": "call about the pill", "promise_on": TODAY},
            "Promised: call about the pill.",
            2,
        ),
        ({"promise": "call", "promise_on": TODAY + timedelta(days=1)}, "Nothing is due.", 7),
        ({"has_plan": False}, "There is no signed care plan.", 3),
        ({"has_plan": False, "plan_waits": True}, "The care plan waits for its signature.", 3),
        ({"contact_on": TODAY - timedelta(days=21)}, "No contact for 21 days.", 4),
        ({"contact_on": TODAY - timedelta(days=20)}, "Nothing is due.", 7),
        ({"review_on": TODAY}, "The plan’s review was due March 17.", 5),
        ({"review_on": TODAY + timedelta(days=1)}, "Nothing is due.", 7),
    ],
)
def test_why_now(change: dict[str, object], words: str, rank: int) -> None:
    need = need_of(replace(WELL, **change), TODAY)  # type: ignore[arg-type]
    assert (need.words, need.rank) == (words, rank)
    assert ("needs" in need.filters) is (rank < 7)


@pytest.mark.parametrize(("day", "rank"), [(20, 7), (21, 6)])
def test_minutes_matter_only_near_the_end(day: int, rank: int) -> None:
    today = date(2026, 3, day)
    line = replace(WELL, contact_on=today, seconds=1199)
    assert need_of(line, today).rank == rank
    if rank == 6:
        assert need_of(line, today).words == "1 minute short of 20."
        assert need_of(replace(line, seconds=1200), today).rank == 7


def test_need_ranks_before_minutes() -> None:
    promised = replace(WELL, name="B", promise="call", promise_on=TODAY, seconds=3000)
    bare = replace(WELL, name="C", seconds=0)
    rows = rows_of([bare, promised], TODAY)
    assert [row.line.name for row in rows] == ["B", "C"]
    assert [row.line.name for row in chosen(rows, "all", "name")] == ["B", "C"]
    assert [row.line.name for row in chosen(rows, "needs", "order")] == ["B"]


def test_weekdays_after_today() -> None:
    assert weekdays_left(TODAY) == 10
    assert weekdays_left(date(2026, 3, 31)) == 0


def test_the_page_says_why_and_what_to_do(
    patient: Patient, sign_in: SignIn, person: Callable[[str], Person]
) -> None:
    enroll(patient, person("ben"), revoked_on=date(2026, 2, 3))
    other = cast.make_patient(patient.practice, 2)
    enroll(other, person("ben"), revoked_on=date(2026, 3, 2))  # holds to the end of March
    with audit_trail(practice_id=patient.practice_id):
        services.write_note(
            patient=other, acting_user=person("ben"), kind="call", done="Spoke.",
            occurred_at=cast.NOW - timedelta(days=9), next_step="ask about the walker",
            next_on=TODAY, disposition="reached",
        )  # fmt: skip
    page = text(sign_in("ben"))
    assert "Start with Paula1 Testa" in page
    assert "No consent is in force." in page
    assert "Promised: ask about the walker." in page
    assert "$" not in page
    assert 'value="who=' not in page  # the search box is not the list's address
    assert "Paula2 Testa" not in text(sign_in("ben"), "?show=consent")


def test_a_promise_is_kept_by_the_next_contact_not_by_a_voicemail(
    patient: Patient, sign_in: SignIn, person: Callable[[str], Person]
) -> None:
    enroll(patient, person("ben"))

    def call(days: int, disposition: str, **more: object) -> None:
        with audit_trail(practice_id=patient.practice_id):
            services.write_note(
                patient=patient, acting_user=person("ben"), kind="call", done=f"{days}",
                occurred_at=cast.NOW - timedelta(days=days), disposition=disposition, **more,  # type: ignore[arg-type]
            )  # fmt: skip

    call(9, "reached", next_step="ask about the walker", next_on=date(2026, 3, 10))
    call(3, "voicemail")
    assert "ask about the walker" in text(sign_in("ben"))
    call(1, "reached")
    assert "ask about the walker" not in text(sign_in("ben"))


def test_the_number_of_queries_does_not_grow(
    elm: Practice, sign_in: SignIn, person: Callable[[str], Person]
) -> None:
    client = sign_in("ben")

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/").status_code == 200
        return len(queries)

    enroll(cast.make_patient(elm, 100), person("ben"))
    text(client)
    one = count()
    for number in range(30):
        enroll(cast.make_patient(elm, number), person("ben"))
    assert count() == one
    assert "1 to 25 of 31" in text(client)
    assert "26 to 31 of 31" in text(client, "?page=2")


@pytest.mark.parametrize(
    ("first", "has", "has_not"),
    [
        ("ben", "Worklist", "Plans to sign"),
        ("ana", "Plans to sign", "Ready to be asked"),
        ("eve", "Ready to be asked", "Worklist"),
        ("max", "Time that waits for a yes", "Plans to sign"),
        ("coco", "Worklist", "Ready to be asked"),
    ],
)
def test_each_role_sees_its_own(
    first: str, has: str, has_not: str, elm: Practice, sign_in: SignIn
) -> None:
    page = text(sign_in(first))
    assert has in page
    assert has_not not in page


@pytest.mark.parametrize("query", ["?show=x", "?sort=x", "?page=x", "?who=x", "?page=999"])
def test_addresses_that_make_no_sense_show_the_list(
    query: str, patient: Patient, sign_in: SignIn
) -> None:
    assert sign_in("ben").get(f"/{query}").status_code == 200


def test_nobody_of_another_practice(
    oak: Practice, patient: Patient, client: Client, person: Callable[[str], Person]
) -> None:
    enroll(patient, person("ben"))
    cy = Person.objects.get(email="cy@oak.example")
    client.force_login(cy, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Nobody is enrolled yet" in text(client)
