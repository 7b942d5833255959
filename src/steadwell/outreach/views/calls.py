"""The page of a call: before it, while it runs, and its end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST

from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, is_htmx, render_page
from steadwell.outreach import calling, services
from steadwell.outreach.access import WRITERS, call_running
from steadwell.outreach.forms import CallEndForm
from steadwell.outreach.models import Call
from steadwell.outreach.overview import items_of
from steadwell.outreach.questions import clean_answers
from steadwell.outreach.selectors.calls import open_call_of, questions_for
from steadwell.outreach.selectors.safety import flags_of
from steadwell.outreach.services import Typed
from steadwell.outreach.services.calls import WORDS
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.practices.access import for_members, require_role
from steadwell.timekeeping.selectors import nearly_the_same
from steadwell.timekeeping.services import show_work

PAGE = "outreach/call.html"


@for_members()
@require_http_methods(["GET", "HEAD", "POST"])
def chart_call(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """The call; a POST keeps it, drafts its note, or closes it."""
    if request.method == "POST":
        require_role(request, *WRITERS)
    patient = patient_for(request, patient_id, action="call.viewed")
    if request.method != "POST":
        if "peek" not in request.GET:
            show_work(patient=patient, acting_user=request.user)
        return _show(request, patient)
    try:
        call = call_running(request, patient)
        services.keep_call(call=call, typed=_typed(request, patient), acting_user=request.user)
    except Refusal as refusal:
        return _show(request, patient, status=422, refusal=str(refusal), typed=True)
    if request.POST.get("act") == "close":
        return _close(request, patient, call)
    if request.POST.get("act") == "draft":
        services.draft_note(call=call, acting_user=request.user)
    if request.POST.get("act") == "clear":
        services.keep_call(call=call, typed=_without_answers(call), acting_user=request.user)
    return redirect(reverse("chart_call", args=[patient.public_id]) + "#note")


@for_members(*WRITERS)
@require_POST
def chart_call_start(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, action="call.viewed")
    try:
        services.start_call(
            patient=patient, membership=request.membership, acting_user=request.user,
            direction=request.POST.get("direction", ""),
        )  # fmt: skip
    except Refusal as refusal:
        return _show(request, patient, status=422, refusal=str(refusal))
    return redirect("chart_call", patient.public_id)


@for_members(*WRITERS)
@require_POST
def chart_call_answers(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """What is on the page, kept while it is typed; a red flag in it opens its protocol."""
    patient = patient_for(request, patient_id, action="call.kept")
    refusal, known = "", 0
    try:
        call = call_running(request, patient)
        known = len(flags_of(call))
        services.keep_call(call=call, typed=_typed(request, patient), acting_user=request.user)
    except Refusal as no:
        refusal = str(no)
    if not is_htmx(request):
        at = localtime(now(), request.practice.zone)
        return JsonResponse({"saved": refusal or f"Kept at {at:%-I:%M %p}"})
    context = calling.page_of(patient, request.membership, open_call_of(patient, request.user))
    answer = render_page(request, PAGE, context | {"asked_refusal": refusal}, part="flags")
    if refusal or len(context.get("flags", ())) > known:
        answer["HX-Reswap"] = "outerHTML show:#flags:top"  # what must be done now is in sight
    return answer


@for_members(*WRITERS)
@require_POST
def chart_call_drop(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Nobody was called after all."""
    patient = patient_for(request, patient_id, action="call.viewed")
    try:
        services.drop_call(call=call_running(request, patient), acting_user=request.user)
    except Refusal as refusal:
        return _show(request, patient, status=422, refusal=str(refusal))
    return redirect("chart_call", patient.public_id)


def _close(request: SignedInRequest, patient: Patient, call: Call) -> HttpResponse:
    form = CallEndForm(request.POST, items=items_of(patient), zone=request.practice.zone)
    if not form.is_valid():
        return _show(request, patient, status=422, form=form)
    data = form.cleaned_data
    if data["disposition"] == "reached" and not data["seen_warning"]:
        same = nearly_the_same(patient, data["done"], data["changed"])
        if same is not None:
            return _show(request, patient, status=422, form=form, same=same)
    try:
        finished = services.close_call(call=call, ending=form.ending, acting_user=request.user)
    except Refusal as refusal:
        return _show(request, patient, status=422, form=form, refusal=str(refusal))
    minutes, seconds = divmod(finished.seconds, 60)
    messages.success(
        request, f"The call is saved, and {minutes}:{seconds:02d} of work goes with its note."
    )
    return redirect(reverse("chart", args=[patient.public_id]) + "?saved=1")


def _typed(request: SignedInRequest, patient: Patient) -> Typed:
    """What stands on the page, as it is kept."""
    _, sets = questions_for(patient)
    sent = {
        key.removeprefix("q-"): request.POST.getlist(key)
        for key in request.POST
        if key.startswith("q-")
    }
    known = {key for key, _, _ in calling.identifiers_of(patient)}
    names = (*WORDS, "disposition", "back_on", "back_at", "plan_item")
    return Typed(
        answers=clean_answers(sets, sent),
        identifiers=[one for one in request.POST.getlist("identifiers") if one in known],
        spoke_with=request.POST.get("spoke_with", "")[:120],
        words={name: request.POST.get(name, "")[:4000] for name in names},
    )


def _without_answers(call: Call) -> Typed:
    call.refresh_from_db()
    return Typed(
        identifiers=call.identifiers, spoke_with=call.spoke_with, words=call.words
    )  # fmt: skip


def _show(
    request: SignedInRequest,
    patient: Patient,
    *,
    status: int = 200,
    typed: bool = False,
    **more: Any,
) -> HttpResponse:
    """The page; `typed`: with what was sent, where it could not be kept."""
    call = open_call_of(patient, request.user)
    if call is not None and typed:
        call.answers = {
            key.removeprefix("q-"): values if len(values) > 1 else values[0]
            for key, values in request.POST.lists()
            if key.startswith("q-")
        }
        call.words = {key: str(value) for key, value in request.POST.items()}
        call.identifiers = request.POST.getlist("identifiers")
    context = calling.page_of(patient, request.membership, call)
    context |= {"may_write": request.membership.has_role(*WRITERS), **more}
    return render_page(request, PAGE, context, part="call", status=status)
