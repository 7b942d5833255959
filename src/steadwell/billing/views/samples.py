"""Samples of a month: drawn by the compliance lead, inspected one by one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from steadwell.audit.services import record_view
from steadwell.billing import selectors, services
from steadwell.billing.access import INSPECTS, SEES_AMOUNTS, sample_for, sampled_for
from steadwell.billing.forms import FindingForm, SampleForm
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.practices.access import for_members
from steadwell.rules.months import Month


@for_members(*SEES_AMOUNTS)
@require_GET
def month_samples(request: SignedInRequest, month: Month) -> HttpResponse:
    """The samples drawn of a month, and drawing another."""
    return _list(request, month, SampleForm())


@for_members(*INSPECTS)
@require_POST
def month_sample_draw(request: SignedInRequest, month: Month) -> HttpResponse:
    form = SampleForm(request.POST)
    if not form.is_valid():
        return _list(request, month, form, status=422)
    try:
        sample = services.draw_sample(
            practice=request.practice, month=month, acting_user=request.user, **form.cleaned_data
        )
    except Refusal as refusal:
        return _list(request, month, form, refusal=refusal, status=422)
    return redirect("month_sample", month, sample.public_id)


@for_members(*SEES_AMOUNTS)
@require_GET
def month_sample(request: SignedInRequest, month: Month, sample_id: UUID) -> HttpResponse:
    """One sample, with what was found of each patient-month."""
    return _one(request, month, sample_id)


@for_members(*INSPECTS)
@require_POST
def month_sample_record(
    request: SignedInRequest, month: Month, sample_id: UUID, sampled_id: UUID
) -> HttpResponse:
    """Record what was found of one."""
    sampled = sampled_for(sample_for(request.practice, month, sample_id), sampled_id)
    form = FindingForm(request.POST)
    if not form.is_valid():
        return _one(request, month, sample_id, given=(sampled.pk, form), status=422)
    try:
        services.record_finding(sampled=sampled, acting_user=request.user, **form.cleaned_data)
    except Refusal as refusal:
        return _one(
            request, month, sample_id, given=(sampled.pk, form), refusal=refusal, status=422
        )
    messages.success(request, "The finding is recorded.")
    return redirect("month_sample", month, sample_id)


def _list(
    request: SignedInRequest, month: Month, form: SampleForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "here": "month_end",
        "month": month,
        "samples": selectors.samples_of(request.practice, month),
        "approved": selectors.approved_count(request.practice, month),
        "form": form,
        "may_inspect": request.membership.has_role(*INSPECTS),
        **more,
    }
    return render_page(request, "billing/samples.html", context, part="samples", status=status)


def _one(
    request: SignedInRequest,
    month: Month,
    sample_id: UUID,
    *,
    given: tuple[int, FindingForm] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    sample = sample_for(request.practice, month, sample_id)
    inspected = selectors.inspected_in(sample)
    record_view(
        "billing.sample_viewed",
        subject=f"billing.sample/{sample.pk}",
        patient_ids=[one.sampled.patient_id for one in inspected],
    )
    context = {
        "here": "month_end",
        "month": month,
        "sample": sample,
        "inspected": [
            (one, given[1] if given and given[0] == one.sampled.pk else FindingForm())
            for one in inspected
        ],
        "done": sum(bool(one.findings) for one in inspected),
        "may_inspect": request.membership.has_role(*INSPECTS),
        **more,
    }
    return render_page(request, "billing/sample.html", context, part="sample", status=status)
