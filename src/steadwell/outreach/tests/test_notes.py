"""Notes among the team: to one person or all, on Today until read, and no part of the record."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from steadwell.audit.models import AuditEvent
from steadwell.audit.services import Trail
from steadwell.common.errors import Refusal
from steadwell.outreach import services
from steadwell.outreach.models import TeamNote, TeamNoteRead
from steadwell.outreach.selectors.notes import waiting_notes
from steadwell.outreach.tests.conftest import later
from steadwell.outreach.tests.test_calls import at
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from steadwell.timekeeping.models import Note
from tests import cast

SignIn = Callable[[str], Client]
WORDS = "Her sister answers on Tuesdays."


def told(patient: Patient, by: Person, to: Person | None = None) -> TeamNote:
    return services.write_team_note(patient=patient, words=WORDS, to=to, acting_user=by)


def test_a_note_waits_on_today_for_its_reader_alone(
    patient: Patient, sign_in: SignIn, person: Any
) -> None:
    form = {"words": WORDS, "to": str(person("ana").public_id)}
    assert sign_in("ben").post(at(patient, "work/note/"), form).status_code == 302
    note = TeamNote.objects.get()
    assert WORDS in sign_in("ben").get(at(patient, "work/")).content.decode()
    assert WORDS in sign_in("ben").get(at(patient, "")).content.decode()
    assert WORDS not in sign_in("ben").get("/").content.decode()
    client = sign_in("ana")
    assert WORDS in client.get("/").content.decode()
    seen = AuditEvent.objects.filter(action="team_notes.viewed").get()
    assert seen.patient_ids == [patient.pk]
    assert client.post(f"/team/notes/{note.public_id}/read/").status_code == 302
    assert WORDS not in client.get("/").content.decode()
    page = client.get(at(patient, "work/")).content.decode()
    assert f"read by {person('ana').full_name}" in page
    assert AuditEvent.objects.filter(action="team_note.written").count() == 1
    assert AuditEvent.objects.filter(action="team_note.read").count() == 1


def test_it_is_no_note_of_the_record(patient: Patient, person: Any, trail: Trail) -> None:
    told(patient, person("ben"))
    assert not Note.objects.exists()


def test_to_the_team_each_reads_it_for_themselves(
    elm: Practice, patient: Patient, person: Any, trail: Trail
) -> None:
    note = told(patient, person("ben"))
    assert not waiting_notes(elm, person("ben")).exists()
    services.mark_note_read(note=note, acting_user=person("ana"))
    services.mark_note_read(note=note, acting_user=person("ana"))
    assert TeamNoteRead.objects.count() == 1
    assert not waiting_notes(elm, person("ana")).exists()
    assert waiting_notes(elm, person("max")).get() == note


def test_to_the_team_waits_fourteen_days_and_to_one_until_it_is_read(
    elm: Practice, patient: Patient, person: Any, trail: Trail
) -> None:
    note, own = told(patient, person("ben")), told(patient, person("ben"), person("ana"))
    with later(cast.NOW + timedelta(days=14)):
        assert list(waiting_notes(elm, person("ana"))) == [note, own]
    with later(cast.NOW + timedelta(days=14, seconds=1)):
        assert list(waiting_notes(elm, person("ana"))) == [own]


def test_only_whom_it_is_for_has_read_it(
    patient: Patient, person: Any, trail: Trail, sign_in: SignIn
) -> None:
    note = told(patient, person("ben"), person("ana"))
    with pytest.raises(Refusal, match="for somebody else"):
        services.mark_note_read(note=note, acting_user=person("max"))
    answer = sign_in("max").post(f"/team/notes/{note.public_id}/read/")
    assert answer.status_code == 422
    assert not TeamNoteRead.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"words": " "}, "says nothing"),
        ({"words": "x" * 501}, "501 characters"),
        ({"words": "x", "to": "y"}, "Choose to whom"),
    ],
)
def test_refused_with_what_was_typed(
    fields: dict[str, str], words: str, patient: Patient, sign_in: SignIn
) -> None:
    answer = sign_in("ben").post(at(patient, "work/note/"), fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not TeamNote.objects.exists()


def test_another_practices_note_is_not_there(
    patient: Patient, oak: Practice, sign_in: SignIn
) -> None:
    sign_in("ben").post(at(patient, "work/note/"), {"words": WORDS})
    note = TeamNote.objects.get()
    assert sign_in("cy").post(f"/team/notes/{note.public_id}/read/").status_code == 404


def test_a_note_is_never_rewritten(patient: Patient, person: Any, trail: Trail) -> None:
    told(patient, person("ben"))
    with pytest.raises(DatabaseError, match=r"append-only|denied"), transaction.atomic():
        TeamNote.objects.update(words="x")
