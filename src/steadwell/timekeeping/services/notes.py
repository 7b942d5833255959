"""Notes: structured, never changed, and drafts that are."""

from datetime import date, datetime
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.patients.models import Patient
from steadwell.practices.access import has_role_in
from steadwell.practices.models import Person, Role
from steadwell.timekeeping.models import Note, NoteDraft


class Words(TypedDict):
    """What a note says. A decision-making note says problems in `reason`, data in `changed`, and
    risk with what was decided in `done`."""

    kind: str
    occurred_at: datetime
    done: str
    reason: NotRequired[str]
    changed: NotRequired[str]
    next_step: NotRequired[str]
    next_on: NotRequired[date | None]
    disposition: NotRequired[str]


@transaction.atomic
def write_note(*, patient: Patient, acting_user: Person, **words: Unpack[Words]) -> Note:
    """Write a note. It is never changed: an addition is another note.

    Raises:
        Refusal: nothing was done, it lies in the future, or a decision is not a practitioner's.
    """
    text = {
        name: value.strip() if isinstance(value, str) else value for name, value in words.items()
    }
    if not text["done"]:
        raise Refusal("The note does not say what was done. Write it in a sentence.")
    if words["occurred_at"] > now():
        raise Refusal("The note is about a time that has not come yet. Change when it was.")
    if bool(text.get("next_on")) and not text.get("next_step"):
        raise Refusal("There is a date but no next step. Say what is to be done then.")
    if words["kind"] == Note.Kind.DECISION:
        _check_decision(patient, acting_user, text)
    note = Note.objects.create(
        practice_id=patient.practice_id,
        patient=patient,
        author=acting_user,
        written_at=now(),
        **text,
    )
    record("note.written", subject=f"timekeeping.note/{note.pk}", patient_ids=[patient.pk])
    return note


@transaction.atomic
def keep_draft(*, patient: Patient, content: dict[str, Any], acting_user: Person) -> NoteDraft:
    """Keep what is being written, so that neither a sign-out nor a crash loses it."""
    draft, _ = NoteDraft.objects.update_or_create(
        practice_id=patient.practice_id,
        patient=patient,
        person=acting_user,
        defaults={"content": content, "saved_at": now()},
    )
    return draft


def drop_draft(*, patient: Patient, acting_user: Person) -> None:
    """The note is written; its draft goes."""
    NoteDraft.objects.filter(
        practice_id=patient.practice_id, patient=patient, person=acting_user
    ).delete()


def _check_decision(patient: Patient, author: Person, text: dict[str, Any]) -> None:
    if not has_role_in(patient.practice_id, author, Role.PRACTITIONER):
        raise Refusal(
            "A decision-making note is written by a billing practitioner. Choose another kind of note."
        )
    if not (text.get("reason") and text.get("changed")):
        raise Refusal(
            "A decision-making note says which problems, which data and what risk. Fill in all three."
        )
