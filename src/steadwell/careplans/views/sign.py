"""Sent, sent back, signed, and given."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from steadwell.audit.services import record_view
from steadwell.careplans.access import WRITERS, draft_for, practitioner_at_work, version_for
from steadwell.careplans.forms import CopyForm
from steadwell.careplans.selectors import billing_practitioner_of, signers_of
from steadwell.careplans.services import record_copy, send_back, send_to_sign, sign_plan
from steadwell.careplans.to_sign import waiting_plans
from steadwell.careplans.views.plan import show
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.patients.access import patient_for
from steadwell.practices.access import for_members
from steadwell.practices.models import Practitioner, Role

PER_PAGE = 25


@for_members(*WRITERS)
@require_POST
def plan_send(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Into the queue of the practitioner who bills, or of the one who was chosen."""
    patient = patient_for(request, patient_id, action="plan.viewed")
    practitioner = billing_practitioner_of(patient) or _chosen(request)
    try:
        if practitioner is None:
            raise Refusal("Choose who is to sign this plan.")
        send_to_sign(
            version=draft_for(patient), practitioner=practitioner, acting_user=request.user
        )
    except Refusal as refusal:
        return show(request, patient, refusal=refusal)
    messages.success(request, f"{practitioner.short_name} has the plan to sign.")
    return redirect("care_plan", patient.public_id)


@for_members(*WRITERS)
@require_POST
def plan_send_back(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Out of the queue, with what should be changed."""
    patient = patient_for(request, patient_id, action="plan.viewed")
    try:
        send_back(
            version=draft_for(patient),
            why=request.POST.get("why", ""),
            acting_user=request.user,
        )
    except Refusal as refusal:
        return show(request, patient, refusal=refusal)
    messages.success(request, "The draft is back with the care team.")
    return redirect("care_plan", patient.public_id)


@for_members(Role.PRACTITIONER)
@require_POST
def plan_sign(request: SignedInRequest, patient_id: UUID, number: int) -> HttpResponse:
    """The practitioner signs the version that was read; from the queue, back to the queue."""
    patient = patient_for(request, patient_id, action="plan.viewed")
    version = version_for(patient, number)
    practitioner = practitioner_at_work(request)
    try:
        if practitioner is None:
            raise Refusal(
                "You are not on the practice’s list of billing practitioners, so you cannot sign."
                " Ask your practice manager to add you under Settings."
            )
        sign_plan(
            version=version,
            practitioner=practitioner,
            acting_user=request.user,
            seen=_moment(request.POST.get("seen", "")),
        )
    except Refusal as refusal:
        return show(request, patient, number=number, refusal=refusal)
    messages.success(request, f"Version {number} is signed.")
    if "queue" in request.POST:
        return redirect("plans_to_sign")
    return redirect("care_plan", patient.public_id)


@for_members(*WRITERS)
@require_POST
def plan_copy(request: SignedInRequest, patient_id: UUID, number: int) -> HttpResponse:
    """A copy was given."""
    patient = patient_for(request, patient_id, action="plan.viewed")
    version = version_for(patient, number)
    form = CopyForm(request.POST)
    if not form.is_valid():
        return show(request, patient, number=number, copy_form=form)
    try:
        record_copy(version=version, acting_user=request.user, **form.cleaned_data)
    except Refusal as refusal:
        return show(request, patient, number=number, copy_form=form, refusal=refusal)
    messages.success(request, "The copy is recorded.")
    return redirect("plan_version", patient.public_id, number)


@for_members(*WRITERS)
@require_GET
def plans_to_sign(request: SignedInRequest) -> HttpResponse:
    """The queue: for a practitioner their own plans, for care managers everybody's."""
    mine = practitioner_at_work(request)
    page = Paginator(waiting_plans(request.practice, mine), PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows: list[Any] = list(page.object_list)
    record_view("plans.to_sign", patient_ids=[row.version.patient_id for row in rows])
    context = {"page": page, "rows": rows, "practitioner": mine, "here": "today"}
    return render_page(request, "careplans/to_sign.html", context, part="queue")


def _chosen(request: SignedInRequest) -> Practitioner | None:
    wanted = request.POST.get("practitioner", "")
    return next((one for one in signers_of(request.practice) if str(one.public_id) == wanted), None)


def _moment(text: str) -> datetime:
    """What the page was based on; an unreadable moment is none that was seen."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Refusal("Open the plan and read it, then sign it there.") from None
