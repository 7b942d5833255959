"""The overview of a chart: the note that ends the work, the warning, drafts, who may."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from steadwell.audit.services import audit_trail
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from steadwell.timekeeping import services
from steadwell.timekeeping.models import Interval, Note, NoteDraft, RunningClock
from steadwell.timekeeping.tests.conftest import Wall
from tests import cast

SignIn = Callable[[str], Client]
WORDS = {"done": "Went over the new pill.", "plan_item": "plan", "act": "save"}


def address(patient: Patient, more: str = "") -> str:
    return f"/patients/{patient.public_id}/{more}"


def note(client: Client, patient: Patient, **fields: Any) -> Any:
    return client.post(address(patient, "note/"), {**WORDS, **fields})


def test_ending_the_call_saves_the_note_and_binds_the_time(
    patient: Patient, sign_in: SignIn, wall: Wall
) -> None:
    client = sign_in("ben")
    client.post(address(patient, "clock/open/"))
    wall.tick(60)
    client.post(address(patient, "clock/switch/"), {"activity": "phone_call"})
    wall.tick(402)
    answer = note(
        client, patient, disposition="reached", next_step="Call back", next_on="2026-03-24"
    )
    assert answer.status_code == 302
    assert [(one.activity, one.seconds) for one in Interval.objects.order_by("started_at")] == [
        ("chart_review", 60), ("phone_call", 402),
    ]  # fmt: skip
    saved = Note.objects.get()
    assert (saved.kind, saved.disposition, saved.occurred_at) == ("call", "reached", cast.NOW)
    for one in Interval.objects.all():
        assert (one.support.get().note, one.support.get().plan_item_label) == (
            saved, "Making the care plan",
        )  # fmt: skip
    assert not RunningClock.objects.exists()
    page = client.get(answer.url).content.decode()
    assert "7:42 of work goes with it" in page
    assert "What was promised:</span> Call back, by March 24" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"done": " "}, "The note does not say what was done."),
        ({"plan_item": ""}, "Choose the problem or goal this work served."),
        ({"plan_item": "nobody"}, "not one of the available choices"),
        ({"next_on": "2026-03-24"}, "There is a date but no next step."),
    ],
)
def test_a_refused_note_loses_nothing(
    fields: dict[str, str], words: str, patient: Patient, sign_in: SignIn, wall: Wall
) -> None:
    client = sign_in("ben")
    client.post(address(patient, "clock/open/"))
    wall.tick(60)
    answer = note(client, patient, changed="Sleeps on two pillows", **fields)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "Sleeps on two pillows" in page
    assert not Note.objects.exists()
    assert RunningClock.objects.exists()


def test_the_same_words_again_are_asked_about_once(
    patient: Patient, sign_in: SignIn, person: Callable[[str], Person]
) -> None:
    with audit_trail(practice_id=patient.practice_id):
        services.write_note(
            patient=patient, acting_user=person("ben"), kind="call", done=WORDS["done"],
            occurred_at=cast.NOW - timedelta(days=28),
        )  # fmt: skip
    client = sign_in("ben")
    first = note(client, patient)
    assert first.status_code == 422
    assert "Nearly the same words as on February 17" in first.content.decode()
    assert 'name="seen_warning" value="1"' in first.content.decode()
    assert note(client, patient, seen_warning="1").status_code == 302


def test_keep_writing_keeps_the_draft_and_counts_as_documentation(
    patient: Patient, sign_in: SignIn, wall: Wall
) -> None:
    client = sign_in("ben")
    client.post(address(patient, "clock/switch/"), {"activity": "phone_call"})
    wall.tick(300)
    note(client, patient, act="keep", done="Half a sen")
    assert Interval.objects.get().activity == "phone_call"
    assert RunningClock.objects.get().activity == "documentation"
    assert "Half a sen" in client.get(address(patient)).content.decode()
    note(client, patient)
    assert not NoteDraft.objects.exists()


def test_a_draft_is_kept_while_typing(patient: Patient, sign_in: SignIn) -> None:
    client = sign_in("ben")
    answer = client.post(address(patient, "draft/"), {"done": "She fell"})
    assert answer.json() == {"saved": "Draft saved at 10:00 AM"}
    assert NoteDraft.objects.get().content["done"] == "She fell"


@pytest.mark.parametrize(
    ("first", "page", "writes"),
    [
        ("ben", 200, 302),
        ("ana", 200, 302),
        ("eve", 200, 302),
        ("max", 200, 403),
        ("coco", 200, 403),
    ],
)
def test_who_reads_and_who_writes(
    first: str, page: int, writes: int, patient: Patient, sign_in: SignIn
) -> None:
    client = sign_in(first)
    assert client.get(address(patient)).status_code == page
    assert note(client, patient).status_code == writes


def test_another_practices_chart_is_not_found(
    oak: Practice, patient: Patient, client: Client
) -> None:
    cy = Person.objects.get(email="cy@oak.example")
    client.force_login(cy, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(address(patient)).status_code == 404
    assert note(client, patient).status_code == 404


def test_a_decision_is_a_practitioners(patient: Patient, sign_in: SignIn) -> None:
    words = {
        "decision-reason": "CKD 3b",
        "decision-changed": "eGFR 40",
        "decision-done": "Stop NSAID",
    }
    assert sign_in("ben").post(address(patient, "decision/"), words).status_code == 403
    ana = sign_in("ana")
    assert (
        ana.post(address(patient, "decision/"), {**words, "decision-done": ""}).status_code == 422
    )
    assert ana.post(address(patient, "decision/"), words).status_code == 302
    assert Note.objects.get().kind == "decision"
