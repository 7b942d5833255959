"""Every minute of a patient's month: who, as what, from when to when, how we know, what for."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.common.months import asked_month
from steadwell.outreach.access import WRITERS
from steadwell.outreach.overview import items_of
from steadwell.outreach.services import support_later
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.practices.access import for_members
from steadwell.practices.models import Role
from steadwell.rules.months import Month
from steadwell.timekeeping import services
from steadwell.timekeeping.access import interval_for
from steadwell.timekeeping.forms import CorrectionForm, EntryForm, SupportForm
from steadwell.timekeeping.models import Interval
from steadwell.timekeeping.overlaps import minutes_by_lane, overlaps_in
from steadwell.timekeeping.selectors import COUNTED, entries_of, history_of, intervals_in

INSPECTORS = (Role.PRACTICE_MANAGER, Role.COMPLIANCE, Role.PRACTITIONER)
CORRECTORS = (*WRITERS, Role.PRACTICE_MANAGER)


@for_members()
@require_GET
def chart_time(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, action="time.viewed")
    if "peek" not in request.GET:
        services.show_work(patient=patient, acting_user=request.user)
    return _show(request, patient)


@for_members(*WRITERS)
@require_POST
def chart_time_enter(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Work entered by hand."""
    patient = patient_for(request, patient_id, action="time.viewed")
    form = EntryForm(request.POST, zone=request.practice.zone, items=items_of(patient))
    if not form.is_valid():
        return _show(request, patient, status=422, entry=form)
    try:
        made = services.record_manual_entry(
            patient=patient, membership=request.membership, acting_user=request.user,
            program="ccm", **form.work,
        )  # fmt: skip
    except Refusal as refusal:
        return _show(request, patient, status=422, entry=form, entry_refusal=str(refusal))
    waits = not isinstance(made, Interval)
    messages.success(
        request,
        "The entry waits for another person’s yes." if waits else "The entry is recorded.",
    )
    return redirect(_address(patient, Month.of(form.cleaned_data["on"])))


@for_members(*CORRECTORS)
@require_POST
def chart_time_correct(
    request: SignedInRequest, patient_id: UUID, interval_id: UUID
) -> HttpResponse:
    """Make an entry shorter, or say what it really was."""
    patient = patient_for(request, patient_id, action="time.viewed")
    interval = interval_for(request, patient, interval_id)
    form = CorrectionForm(request.POST, zone=request.practice.zone)
    if not form.is_valid():
        return _show(request, patient, status=422, correcting=interval.public_id, correction=form)
    data = form.cleaned_data
    try:
        services.correct_interval(
            interval=interval, reason=data["reason"], acting_user=request.user,
            activity=data["activity"], started_at=data["started_at"], ended_at=data["ended_at"],
        )  # fmt: skip
    except Refusal as refusal:
        return _refused(request, patient, interval, str(refusal), correction=form)
    return redirect(_address(patient, Month.of(data["on"])))


@for_members(*CORRECTORS)
@require_POST
def chart_time_retract(
    request: SignedInRequest, patient_id: UUID, interval_id: UUID
) -> HttpResponse:
    """Take an entry out."""
    patient = patient_for(request, patient_id, action="time.viewed")
    interval = interval_for(request, patient, interval_id)
    try:
        services.retract_interval(
            interval=interval, reason=request.POST.get("reason", ""), acting_user=request.user
        )
    except Refusal as refusal:
        return _refused(request, patient, interval, str(refusal))
    return redirect(_address(patient, _month_of(interval, patient)))


@for_members(*WRITERS)
@require_POST
def chart_time_support(
    request: SignedInRequest, patient_id: UUID, interval_id: UUID
) -> HttpResponse:
    """Write the note that an entry lacks."""
    patient = patient_for(request, patient_id, action="time.viewed")
    interval = interval_for(request, patient, interval_id)
    form = SupportForm(request.POST, items=items_of(patient))
    if not form.is_valid():
        return _show(request, patient, status=422, supporting=interval.public_id, support=form)
    try:
        support_later(
            interval=interval, done=form.cleaned_data["done"], acting_user=request.user,
            **form.served,
        )  # fmt: skip
    except Refusal as refusal:
        return _refused(request, patient, interval, str(refusal))
    return redirect(_address(patient, _month_of(interval, patient)))


def _refused(
    request: SignedInRequest, patient: Patient, interval: Interval, why: str, **more: Any
) -> HttpResponse:
    return _show(request, patient, status=422, correcting=interval.public_id, refusal=why, **more)


def _show(
    request: SignedInRequest, patient: Patient, *, status: int = 200, **more: Any
) -> HttpResponse:
    services.close_stale_clocks(practice_id=request.practice.pk)
    zone, today = request.practice.zone, today_in(request.practice.zone)
    month = _month_asked(request, Month.of(today))
    intervals = intervals_in(patient, month)
    counted = [one for one in intervals if one.credential in COUNTED]
    bare = [one for one in counted if not one.support.all()]
    items = items_of(patient)
    context = {
        "here": "patients", "tab": "time", "patient": patient, "today": today, "zone": zone,
        "month": month, "is_this_month": month == Month.of(today), "intervals": intervals,
        "recorded": sum(one.seconds for one in counted) // 60,
        "bare_seconds": sum(one.seconds for one in bare), "bare": bare,
        "overlaps": overlaps_in(intervals), "lanes": minutes_by_lane(intervals),
        "may_inspect": request.membership.has_role(*INSPECTORS),
        "history": history_of(patient, month), "entries": entries_of(patient),
        "may_enter": request.membership.has_role(*WRITERS),
        "manages": request.membership.has_role(Role.PRACTICE_MANAGER),
        "entry": EntryForm(initial={"on": today}, zone=zone, items=items),
        "support": SupportForm(items=items), "now": now(), **more,
    }  # fmt: skip
    return render_page(request, "outreach/time.html", context, part="time", status=status)


def _month_asked(request: SignedInRequest, this: Month) -> Month:
    """The month in the address; of what cannot be, the present one."""
    asked = request.GET.get("month") or request.POST.get("month") or ""
    return min(asked_month(asked, this), this)


def _month_of(interval: Interval, patient: Patient) -> Month:
    return Month.of(interval.started_at.astimezone(patient.practice.zone).date())


def _address(patient: Patient, month: Month) -> str:
    return f"{reverse('chart_time', args=[patient.public_id])}?month={month}"
