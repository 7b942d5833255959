"""Who answers when the office is closed, and the record of urgent calls."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.outreach import services
from steadwell.outreach.access import WRITERS
from steadwell.outreach.forms.after_hours import ShiftForm, UrgentForm
from steadwell.outreach.models import OnCallShift
from steadwell.outreach.selectors.after_hours import (
    AHEAD,
    gaps_between,
    shifts_of,
    tonight_of,
    urgent_contacts_of,
)
from steadwell.patients.access import patient_for
from steadwell.practices.access import for_members, require_role
from steadwell.practices.models import Role
from steadwell.practices.selectors import manager_names
from steadwell.practices.views.pages import settings_page


@settings_page
@require_http_methods(["GET", "HEAD", "POST"])
def settings_on_call(request: SignedInRequest) -> HttpResponse:
    """The schedule; a POST adds a shift."""
    if request.method != "POST":
        return _show(request)
    form = ShiftForm(request.POST, zone=request.practice.zone)
    if not form.is_valid():
        return _show(request, status=422, form=form)
    try:
        services.add_shift(
            practice=request.practice, name=form.cleaned_data["name"],
            phone=form.cleaned_data["phone"], starts_at=form.moment("from_on", "from_at"),
            ends_at=form.moment("to_on", "to_at"), acting_user=request.user,
        )  # fmt: skip
    except Refusal as refusal:
        return _show(request, status=422, form=form, refusal=str(refusal))
    messages.success(request, "The shift is in the schedule.")
    return redirect("settings_on_call")


@settings_page
@require_POST
def settings_on_call_remove(request: SignedInRequest, shift_id: UUID) -> HttpResponse:
    shift = get_object_or_404(OnCallShift, practice=request.practice, public_id=shift_id)
    services.remove_shift(shift=shift, acting_user=request.user)
    return redirect("settings_on_call")


@for_members()
@require_http_methods(["GET", "HEAD", "POST"])
def chart_after_hours(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Urgent calls of the patient; a POST records one."""
    if request.method == "POST":
        require_role(request, *WRITERS)
    patient = patient_for(request, patient_id, action="urgent.viewed")
    zone = request.practice.zone
    form = UrgentForm(request.POST if request.method == "POST" else None, zone=zone,
                      initial={"called_on": now().astimezone(zone).date()})  # fmt: skip
    refusal, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                services.record_urgent_contact(
                    patient=patient, called_at=form.moment("called_on", "called_at"),
                    caller=data["caller"], answered_by=data["answered_by"], about=data["about"],
                    outcome=data["outcome"], acting_user=request.user,
                )  # fmt: skip
            except Refusal as no:
                refusal = str(no)
            else:
                messages.success(request, "The urgent call is recorded.")
                return redirect("chart_after_hours", patient.public_id)
    context = {
        "here": "patients", "tab": "work", "patient": patient, "zone": zone,
        "today": now().astimezone(zone).date(), "form": form, "refusal": refusal,
        "contacts": urgent_contacts_of(patient), "tonight": tonight_of(request.practice),
        "may_write": request.membership.has_role(*WRITERS),
    }  # fmt: skip
    return render_page(
        request, "outreach/chart_after_hours.html", context, part="urgent", status=status
    )


def _show(request: SignedInRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    shifts, zone = shifts_of(request.practice), request.practice.zone
    may_change = request.membership.has_role(Role.PRACTICE_MANAGER)
    today = now().astimezone(zone).date()
    context = {
        "here": "settings", "tab": "on_call", "may_change": may_change, "zone": zone,
        "managers": [] if may_change else manager_names(request.practice), "shifts": shifts,
        "gaps": gaps_between(shifts, now(), now() + AHEAD), "tonight": tonight_of(request.practice),
        "form": ShiftForm(zone=zone, initial={"from_on": today, "from_at": "17:00", "to_at": "08:00"}),
        **more,
    }  # fmt: skip
    return render_page(
        request, "outreach/settings_on_call.html", context, part="page", status=status
    )
