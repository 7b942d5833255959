"""The clock's messages, as JSON for clock.js and as plain forms."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.practices.access import for_members
from steadwell.timekeeping import services
from steadwell.timekeeping.forms import BeatForm
from steadwell.timekeeping.marks import read_marks
from steadwell.timekeeping.pages import SILENCES, panel_of, stand_of
from steadwell.timekeeping.services import Kept


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
            activity=request.POST.get("activity", ""),
            key=request.POST.get("key", "")[:60],
            marks=read_marks(request.POST.get("marks", "")),
        ),
    )


@for_members()
@require_POST
def clock_beat(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Every 15 seconds from a chart that is open. Not a look at the record, so no event of one.

    Where the run goes on, the answer says how it stands; the month comes with every fourth.
    """
    form = BeatForm(request.POST)
    if not form.is_valid():
        raise Http404
    given = form.cleaned_data
    clock = services.beat(
        clock_id=given["clock"],
        acting_user=request.user,
        key=given["key"],
        marks=given["marks"],
        kept=_kept(given["kept"]),
    )
    goes_on = clock is not None and clock.public_id == given["clock"] and not clock.paused_at
    if clock is not None and goes_on and not given["kept"] and given["brief"]:
        return JsonResponse(stand_of(clock))
    patient = Patient.objects.filter(practice=request.practice, public_id=patient_id).first()
    if patient is None:
        raise Http404
    return _answer(request, patient, lambda: None)


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
            program=request.POST.get("program") or "ccm",
            quiet=request.POST.get("quiet", ""),
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
    answer = {**panel.as_json(), "refusal": said}
    if request.POST.get("shown") != str(panel.minutes):
        answer["bar"] = render_to_string("timekeeping/clock_month.html", {"clock": panel})
    return JsonResponse(answer, status=status)


def _kept(words: str) -> Kept | None:
    return Kept(words=words, activity=SILENCES.get(words, "")) if words else None


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
