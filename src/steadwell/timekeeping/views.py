"""The clock's messages, as JSON for clock.js and as plain forms; and entries that wait for a yes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST

from steadwell.audit.services import record_view
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.practices.access import for_members
from steadwell.timekeeping import services
from steadwell.timekeeping.access import APPROVERS, entry_for
from steadwell.timekeeping.forms import BeatForm
from steadwell.timekeeping.models import Activity
from steadwell.timekeeping.pages import panel_of
from steadwell.timekeeping.selectors import waiting_entries

PAGE = 25


@for_members()
@require_POST
def clock_open(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, action="clock.asked")
    return _answer(
        request,
        patient,
        lambda: services.open_clock(
            patient=patient,
            membership=request.membership,
            acting_user=request.user,
            activity=request.POST.get("activity", Activity.CHART_REVIEW),
            key=request.POST.get("key", ""),
        ),
    )


@for_members()
@require_POST
def clock_beat(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Every 15 seconds from a chart that is open. Not a look at the record, so no event of one."""
    patient = Patient.objects.filter(practice=request.practice, public_id=patient_id).first()
    form = BeatForm(request.POST)
    if patient is None or not form.is_valid():
        raise Http404
    return _answer(
        request,
        patient,
        lambda: services.beat(
            clock_id=form.cleaned_data["clock"],
            acting_user=request.user,
            key=form.cleaned_data["key"],
            ages=form.cleaned_data["ages"],
            kept=form.cleaned_data["kept"],
        ),
    )


@for_members()
@require_POST
def clock_switch(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, action="clock.asked")
    return _answer(
        request,
        patient,
        lambda: services.switch(
            patient=patient,
            membership=request.membership,
            acting_user=request.user,
            activity=request.POST.get("activity", ""),
        ),
    )


@for_members()
@require_POST
def clock_pause(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, action="clock.asked")
    return _answer(request, patient, lambda: services.pause(acting_user=request.user))


@for_members()
@require_POST
def clock_resume(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, action="clock.asked")
    return _answer(request, patient, lambda: services.resume(acting_user=request.user))


@for_members()
@require_POST
def clock_stop(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Stop; with `unworked` only up to the last evidence, as the silence since was no work."""
    patient = patient_for(request, patient_id, action="clock.asked")
    return _answer(
        request,
        patient,
        lambda: services.stop_clock(
            acting_user=request.user, at_last_evidence="unworked" in request.POST
        ),
    )


def _answer(request: SignedInRequest, patient: Patient, act: Callable[[], object]) -> HttpResponse:
    """Do it, then say how the clock stands: to the script as JSON, to a form as the chart."""
    said, status = "", 200
    try:
        act()
    except Refusal as refusal:
        said, status = str(refusal), 422
    if not _is_script(request):
        if said:
            messages.error(request, said)
        return redirect("chart", patient.public_id)
    panel = panel_of(patient, request.membership)
    bar = render_to_string("timekeeping/clock_month.html", {"clock": panel})
    return JsonResponse({**panel.as_json(), "bar": bar, "refusal": said}, status=status)


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


@for_members(*APPROVERS)
@require_GET
def time_waiting(request: SignedInRequest) -> HttpResponse:
    """Entries by hand that wait for another person's yes, over the whole practice."""
    return _waiting(request)


@for_members(*APPROVERS)
@require_POST
def time_approve(request: SignedInRequest, entry_id: UUID) -> HttpResponse:
    entry = entry_for(request, entry_id)
    return _decided(request, lambda: services.approve_entry(entry=entry, acting_user=request.user))


@for_members(*APPROVERS)
@require_POST
def time_decline(request: SignedInRequest, entry_id: UUID) -> HttpResponse:
    entry = entry_for(request, entry_id)
    reason = request.POST.get("reason", "")
    return _decided(
        request,
        lambda: services.decline_entry(entry=entry, reason=reason, acting_user=request.user),
        {"declining": entry.public_id, "reason": reason},
    )


def _decided(
    request: SignedInRequest, act: Callable[[], object], typed: dict[str, Any] | None = None
) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        return _waiting(request, status=422, refusal=str(refusal), **(typed or {}))
    return redirect("time_waiting")


def _waiting(request: SignedInRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    page = Paginator(waiting_entries(request.practice), PAGE).get_page(request.GET.get("page"))
    record_view("time.waiting_listed", patient_ids=[one.patient_id for one in page])
    context = {"here": "today", "page": page, "zone": request.practice.zone, **more}
    return render_page(request, "timekeeping/waiting.html", context, part="waiting", status=status)
