"""Entries by hand that wait for another person's yes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from steadwell.audit.services import record_view
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.practices.access import for_members
from steadwell.timekeeping import services
from steadwell.timekeeping.access import APPROVERS, entry_for
from steadwell.timekeeping.selectors import waiting_entries

PAGE = 25


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
