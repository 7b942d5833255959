"""Notes among the team: written to somebody, read by them."""

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.outreach.models import TeamNote, TeamNoteRead
from steadwell.outreach.services.tasks import check_works_here
from steadwell.patients.models import Patient
from steadwell.practices.models import Person

LONGEST = 500


@transaction.atomic
def write_team_note(
    *, patient: Patient, words: str, acting_user: Person, to: Person | None = None
) -> TeamNote:
    """Tell a colleague, or the team (`to` None), something about a patient.

    Raises:
        Refusal: it says nothing or too much, or they do not work here.
    """
    words = words.strip()
    if not words:
        raise Refusal("The note says nothing. Write a sentence.")
    if len(words) > LONGEST:
        raise Refusal(
            f"The note has {len(words)} characters; {LONGEST} are the most. What belongs in the "
            "record goes into the note of the work."
        )
    if to is not None:
        check_works_here(patient.practice, to)
    row = TeamNote.objects.create(
        practice_id=patient.practice_id, patient=patient, to=to, words=words, written_at=now(),
        written_by=acting_user,
    )  # fmt: skip
    _record("written", row)
    return row


@transaction.atomic
def mark_note_read(*, note: TeamNote, acting_user: Person) -> None:
    """It goes from the reader's day. A second time changes nothing.

    Raises:
        Refusal: it is for somebody else, who still has to read it.
    """
    if note.to_id not in (None, acting_user.pk):
        raise Refusal("This note is for somebody else. It stays with them until they have read it.")
    _, is_new = TeamNoteRead.objects.get_or_create(
        practice_id=note.practice_id, note=note, person=acting_user, defaults={"read_at": now()}
    )
    if is_new:
        _record("read", note)


def _record(what: str, row: TeamNote) -> None:
    record(f"team_note.{what}", subject=f"outreach.teamnote/{row.pk}", patient_ids=[row.patient_id])
