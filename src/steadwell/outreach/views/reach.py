"""How to reach a patient, and the limits that are theirs."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.outreach import services
from steadwell.outreach.access import WRITERS
from steadwell.outreach.forms import LimitsForm, PreferencesForm
from steadwell.outreach.selectors.calls import preferences_of, questions_for
from steadwell.outreach.selectors.safety import LIMITS, limits_of
from steadwell.outreach.services.reaching import LimitValues, Wishes
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.practices.access import for_members, require_role

WISHES = tuple(PreferencesForm.base_fields)


@for_members()
@require_http_methods(["GET", "HEAD", "POST"])
def chart_reach(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """What the patient said about being called."""
    if request.method == "POST":
        require_role(request, *WRITERS)
    patient = patient_for(request, patient_id, action="reach.viewed")
    if request.method != "POST":
        return _show(request, patient)
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        return _show(request, patient, status=422, form=form)
    try:
        services.set_preferences(
            patient=patient, wishes=cast("Wishes", form.cleaned_data), acting_user=request.user
        )  # fmt: skip
    except Refusal as refusal:
        return _show(request, patient, status=422, form=form, refusal=str(refusal))
    messages.success(request, "How to reach them is saved.")
    return redirect("chart_call", patient.public_id)


@for_members(*WRITERS)
@require_POST
def chart_limits(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """The patient's own limits, and who set them."""
    patient = patient_for(request, patient_id, action="reach.viewed")
    form = LimitsForm(request.POST)
    if not form.is_valid():
        return _show(request, patient, status=422, limits_form=form)
    try:
        services.set_limits(
            patient=patient, values=cast("LimitValues", form.values), set_by=form.cleaned_data["set_by"],
            set_on=form.cleaned_data["set_on"], acting_user=request.user,
        )  # fmt: skip
    except Refusal as refusal:
        return _show(request, patient, status=422, limits_form=form, limits_refusal=str(refusal))
    messages.success(request, "Their limits are saved. They hold from now on.")
    return redirect("chart_call", patient.public_id)


def _show(
    request: SignedInRequest, patient: Patient, *, status: int = 200, **more: Any
) -> HttpResponse:
    wishes, limits = preferences_of(patient), limits_of(patient)
    questions, _ = questions_for(patient)
    today = today_in(request.practice.zone)
    known = {name: getattr(limits, name) for name in LIMITS} if limits else {}
    context = {
        "here": "patients", "tab": "call", "patient": patient, "today": today,
        "zone": request.practice.zone, "wishes": wishes, "limits": limits,
        "general": questions.limits, "sources": questions.sources,
        "form": PreferencesForm(initial={name: getattr(wishes, name) for name in WISHES}),
        "limits_form": LimitsForm(initial={**known, "set_on": today}),
        "may_write": request.membership.has_role(*WRITERS), **more,
    }  # fmt: skip
    return render_page(request, "outreach/reach.html", context, part="reach", status=status)
