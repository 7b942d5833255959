"""Questions to a practitioner: the queue, taking up, answering, and the answer that comes back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from steadwell.audit.services import record_view
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.outreach import services
from steadwell.outreach.access import WRITERS, escalation_for
from steadwell.outreach.forms import AnswerForm, EscalateForm
from steadwell.outreach.selectors.escalations import answers_for, open_escalations
from steadwell.outreach.selectors.team import practitioner_people
from steadwell.outreach.views.work import show_chart_work
from steadwell.patients.access import patient_for
from steadwell.practices.access import for_members
from steadwell.practices.models import Role


@for_members()
@require_GET
def escalations(request: SignedInRequest) -> HttpResponse:
    return _show(request)


@for_members(*WRITERS)
@require_POST
def chart_escalate(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Ask a practitioner about the patient."""
    patient = patient_for(request, patient_id, action="tasks.viewed")
    form = EscalateForm(request.POST, people=practitioner_people(request.practice), prefix="ask")
    if not form.is_valid():
        return show_chart_work(request, patient, status=422, ask_form=form)
    data = form.cleaned_data
    try:
        row = services.raise_escalation(
            patient=patient, urgency=data["urgency"], question=data["question"],
            background=data["background"], to=form.chosen, acting_user=request.user,
        )  # fmt: skip
    except Refusal as refusal:
        return show_chart_work(
            request, patient, status=422, ask_form=form, ask_refusal=str(refusal)
        )
    messages.success(request, f"{row.first.full_name} has it, with {row.each_words} to take it up.")
    return redirect("chart_work", patient.public_id)


@for_members(Role.PRACTITIONER)
@require_POST
def escalation_take(request: SignedInRequest, escalation_id: UUID) -> HttpResponse:
    row = escalation_for(request, escalation_id)
    services.acknowledge(escalation=row, acting_user=request.user)
    return redirect("escalations")


@for_members(Role.PRACTITIONER)
@require_POST
def escalation_answer(request: SignedInRequest, escalation_id: UUID) -> HttpResponse:
    """The answer goes back to whoever asked."""
    row = escalation_for(request, escalation_id)
    form = AnswerForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    try:
        services.answer(escalation=row, words=words, acting_user=request.user)
    except Refusal as refusal:
        return _show(request, status=422, refusal=str(refusal), refused=row.pk, typed=words)
    messages.success(request, f"{row.raised_by.full_name} will read your answer.")
    return redirect("escalations")


@for_members(*WRITERS)
@require_POST
def escalation_read(request: SignedInRequest, escalation_id: UUID) -> HttpResponse:
    """The answer was read, and is carried on."""
    row = escalation_for(request, escalation_id)
    try:
        services.mark_read(escalation=row, acting_user=request.user)
    except Refusal as refusal:
        return _show(request, status=422, refusal=str(refusal))
    if request.POST.get("on_chart"):
        return redirect("chart_work", row.patient.public_id)
    return redirect("escalations")


def _show(request: SignedInRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    found = open_escalations(request.practice)
    back = answers_for(request.practice, request.user)
    record_view(
        "escalations.viewed", patient_ids=sorted({one.row.patient_id for one in (*found, *back)})
    )
    context = {
        "here": "escalations", "zone": request.practice.zone, "now": now(),
        "mine": [one for one in found if one.concerns(request.user)],
        "others": [one for one in found if not one.concerns(request.user)],
        "answers": back, "may_answer": request.membership.has_role(Role.PRACTITIONER), **more,
    }  # fmt: skip
    return render_page(request, "outreach/escalations.html", context, part="queue", status=status)
