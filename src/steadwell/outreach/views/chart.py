"""The overview of a chart, where the note is written and the call ends."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_POST

from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.outreach.access import WRITERS
from steadwell.outreach.overview import items_of, overview_of
from steadwell.outreach.services import finish_work, keep_writing
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.practices.access import for_members
from steadwell.practices.models import Role
from steadwell.timekeeping import services
from steadwell.timekeeping.forms import DecisionForm, NoteForm
from steadwell.timekeeping.models import Note
from steadwell.timekeeping.selectors import draft_of, nearly_the_same

DRAFT_FIELDS = ("reason", "changed", "done", "plan_item", "next_step", "next_on", "disposition")


@for_members()
@require_GET
def chart(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """The overview. A peek is logged as one and moves no clock."""
    peek = "peek" in request.GET
    patient = patient_for(request, patient_id, action="chart.peeked" if peek else "chart.viewed")
    if not peek:
        services.show_work(patient=patient, acting_user=request.user)
    return _show(request, patient)


@for_members(*WRITERS)
@require_POST
def chart_note(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """End the work with its note; or keep the note as a draft and go on writing."""
    patient = patient_for(request, patient_id, action="chart.viewed")
    if request.POST.get("act") == "keep":
        keep_writing(
            patient=patient, membership=request.membership, content=_typed(request),
            acting_user=request.user,
        )  # fmt: skip
        return redirect("chart", patient.public_id)
    form = NoteForm(request.POST, items=items_of(patient))
    if not form.is_valid():
        return _show(request, patient, status=422, form=form)
    if (same := _warning(patient, form)) is not None:
        return _show(request, patient, status=422, form=form, same=same)
    try:
        finished = finish_work(
            patient=patient, words=form.words, acting_user=request.user, **form.served
        )
    except Refusal as refusal:
        return _show(request, patient, status=422, form=form, refusal=str(refusal))
    minutes, seconds = divmod(finished.seconds, 60)
    messages.success(
        request, f"The note is saved, and {minutes}:{seconds:02d} of work goes with it."
    )
    return redirect(reverse("chart", args=[patient.public_id]) + "?saved=1")


@for_members(*WRITERS)
@require_POST
def chart_draft(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """What is being typed, kept on the server every few seconds."""
    patient = patient_for(request, patient_id, action="note.drafted")
    draft = services.keep_draft(patient=patient, content=_typed(request), acting_user=request.user)
    return JsonResponse({"saved": _saved_at(patient, draft.saved_at)})


@for_members(Role.PRACTITIONER)
@require_POST
def chart_decision(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """A practitioner's decision-making note: what an attestation of the month rests on."""
    patient = patient_for(request, patient_id, action="chart.viewed")
    form = DecisionForm(request.POST, prefix="decision")
    if not form.is_valid():
        return _show(request, patient, status=422, decision=form)
    try:
        services.write_note(
            patient=patient, acting_user=request.user, kind=Note.Kind.DECISION,
            occurred_at=now(), **form.cleaned_data,
        )  # fmt: skip
    except Refusal as refusal:
        return _show(request, patient, status=422, decision=form, refusal=str(refusal))
    messages.success(request, "The decision-making note is saved.")
    return redirect("chart", patient.public_id)


def _warning(patient: Patient, form: NoteForm) -> Note | None:
    """A note that says nearly the same: shown once, then the second press is accepted."""
    if form.cleaned_data["seen_warning"]:
        return None
    return nearly_the_same(patient, form.cleaned_data["done"], form.cleaned_data["changed"])


def _show(
    request: SignedInRequest,
    patient: Patient,
    *,
    status: int = 200,
    form: NoteForm | None = None,
    **more: Any,
) -> HttpResponse:
    services.close_stale_clocks(practice_id=request.practice.pk)
    draft = draft_of(patient, request.user)
    context = {
        "here": "patients",
        "tab": "overview",
        "patient": patient,
        "today": today_in(request.practice.zone),
        "zone": request.practice.zone,
        "overview": overview_of(patient, request.user),
        "may_write": request.membership.has_role(*WRITERS),
        "may_stick": request.membership.has_role(*WRITERS, Role.PRACTICE_MANAGER),
        "form": form or NoteForm(initial=draft.content if draft else None, items=items_of(patient)),
        "saved": _saved_at(patient, draft.saved_at) if draft else "Not started yet",
        **more,
    }
    if request.membership.has_role(Role.PRACTITIONER):
        context.setdefault("decision", DecisionForm(prefix="decision"))
    return render_page(request, "outreach/chart.html", context, part="overview", status=status)


def _typed(request: SignedInRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "")[:4000] for name in DRAFT_FIELDS}


def _saved_at(patient: Patient, moment: Any) -> str:
    return f"Draft saved at {localtime(moment, patient.practice.zone):%-I:%M %p}"
