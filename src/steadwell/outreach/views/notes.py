"""Notes among the team: written on a chart, read there or on Today."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest
from steadwell.outreach import services
from steadwell.outreach.access import GIVERS, team_note_for
from steadwell.outreach.selectors.team import people_of
from steadwell.outreach.views.work import show_chart_work
from steadwell.patients.access import patient_for
from steadwell.practices.access import for_members
from steadwell.practices.models import Person


@for_members(*GIVERS)
@require_POST
def chart_team_note(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Tell a colleague, or the team, something about the patient."""
    patient = patient_for(request, patient_id, action="tasks.viewed")
    words = request.POST.get("words", "")
    try:
        services.write_team_note(
            patient=patient, words=words, to=_to(request), acting_user=request.user
        )
    except Refusal as refusal:
        return show_chart_work(
            request, patient, status=422, note_refusal=str(refusal), note_words=words[:500],
            note_to=request.POST.get("to", ""),
        )  # fmt: skip
    return redirect("chart_work", patient.public_id)


@for_members()
@require_POST
def team_note_read(request: SignedInRequest, note_id: UUID) -> HttpResponse:
    """Read: it goes from the reader's day."""
    note = team_note_for(request, note_id)
    try:
        services.mark_note_read(note=note, acting_user=request.user)
    except Refusal as refusal:
        return show_chart_work(request, note.patient, status=422, refusal=str(refusal))
    on_chart = request.POST.get("on_chart")
    return redirect("chart_work", note.patient.public_id) if on_chart else redirect("today")


def _to(request: SignedInRequest) -> Person | None:
    asked = request.POST.get("to", "")
    if not asked:
        return None
    found = {str(one.public_id): one for one in people_of(request.practice)}.get(asked)
    if found is None:
        raise Refusal("Choose to whom the note goes: somebody who works here, or the whole team.")
    return found
