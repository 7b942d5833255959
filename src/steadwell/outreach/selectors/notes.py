"""Notes among the team: about a patient, and those that wait for a person."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from steadwell.common.clock import now
from steadwell.outreach.models import TeamNote, TeamNoteRead
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice

TEAM_WAITS = timedelta(days=14)  # a note to everybody goes from the day after that, read or not


def team_notes_of(patient: Patient, count: int) -> list[TeamNote]:
    """The newest first, each with who has read it."""
    reads = TeamNoteRead.objects.select_related("person").order_by("read_at", "pk")
    rows = TeamNote.objects.filter(practice_id=patient.practice_id, patient=patient)
    return list(
        rows.select_related("to", "written_by")
        .prefetch_related(Prefetch("reads", queryset=reads))
        .order_by("-written_at", "-pk")[:count]
    )


def waiting_notes(practice: Practice, person: Person) -> QuerySet[TeamNote]:
    """To the person, or to the team, and not read by them yet; the oldest first."""
    read = TeamNoteRead.objects.filter(
        practice_id=OuterRef("practice_id"), note_id=OuterRef("pk"), person=person
    )
    team = Q(to=None, written_at__gte=now() - TEAM_WAITS) & ~Q(written_by=person)
    return (
        TeamNote.objects.filter(Q(to=person) | team, ~Exists(read), practice=practice)
        .select_related("patient", "to", "written_by")
        .order_by("written_at", "pk")
    )
