"""Today, by role: who needs something now, and the queues that wait for a person."""

from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from steadwell.audit.services import record_view
from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.outreach import services
from steadwell.outreach.lists import Found, list_of
from steadwell.outreach.models import SavedView
from steadwell.outreach.queues import lead_of, queues_of
from steadwell.outreach.selectors import day as reading
from steadwell.outreach.selectors.notes import waiting_notes
from steadwell.outreach.selectors.outlook import forecast_of
from steadwell.outreach.worklist.forecast import is_said_on
from steadwell.outreach.worklist.needs import FILTERS
from steadwell.outreach.worklist.order import weekdays_left
from steadwell.outreach.worklist.risk import LEVELS
from steadwell.practices.access import for_members
from steadwell.practices.models import Role
from steadwell.rules.months import Month
from steadwell.timekeeping.services import close_stale_clocks

READERS = (Role.CARE_MANAGER, Role.PRACTITIONER, Role.PRACTICE_MANAGER, Role.COMPLIANCE)


@for_members()
@require_GET
def today(request: SignedInRequest) -> HttpResponse:
    return _show(request)


@for_members(*READERS)
@require_POST
def today_view_save(request: SignedInRequest) -> HttpResponse:
    """Keep the list as it stands in the address, under a name."""
    query = services.clean_query(request.POST.get("query", ""))
    try:
        services.save_view(
            practice=request.practice, name=request.POST.get("name", ""), query=query,
            acting_user=request.user,
        )  # fmt: skip
    except Refusal as refusal:
        return _show(request, status=422, refusal=refusal)
    messages.success(request, "The view is kept.")
    return redirect(f"{reverse('today')}?{query}")


@for_members(*READERS)
@require_POST
def today_view_drop(request: SignedInRequest, view_id: UUID) -> HttpResponse:
    view = get_object_or_404(
        SavedView, practice=request.practice, person=request.user, public_id=view_id
    )
    services.drop_view(view=view, acting_user=request.user)
    messages.success(request, "The view is removed. The patients in it are where they were.")
    return redirect("today")


def _show(
    request: SignedInRequest, *, status: int = 200, refusal: Refusal | None = None
) -> HttpResponse:
    close_stale_clocks(practice_id=request.practice.pk)
    notes = list(waiting_notes(request.practice, request.user)[:10])
    queues = queues_of(request.membership, request.user)
    context: dict[str, Any] = {
        "here": "today", "day": today_in(request.practice.zone),
        "hour": now().astimezone(request.practice.zone).hour,
        "queues": queues, "lead": lead_of(queues), "refusal": refusal,
        "notes": notes, "zone": request.practice.zone,
        "first_name": request.user.full_name.removeprefix("Dr. ").split()[0],
    }  # fmt: skip
    if notes:
        record_view("team_notes.viewed", patient_ids=sorted({one.patient_id for one in notes}))
    if request.membership.has_role(*READERS):
        context |= _worklist(request)
    return render_page(request, "outreach/today.html", context, part="worklist", status=status)


def _worklist(request: SignedInRequest) -> dict[str, Any]:
    services.renew_standings(request.practice)
    today, practice = today_in(request.practice.zone), request.practice
    found = list_of(request)
    page = reading.page_of(
        practice, found.rows, found.wanted, found.counts[found.wanted.show], request.GET.get("page")
    )
    record_view("today.viewed", patient_ids=[row.patient.pk for row in page])
    calls = request.membership.has_role(Role.CARE_MANAGER)  # whoever else reads, starts elsewhere
    month_rows = reading.standings(practice, reading.Wanted(), found.contact)
    return {
        "page": page, "groups": _groups(page, found.wanted.sort), "counts": found.counts,
        "wanted": found.wanted, "address": found.address, "chips": _chips(found),
        "choices": {
            "who": found.people, "sort": [(key, one[0]) for key, one in reading.SORTS.items()],
            "risk": LEVELS.items(), "within": reading.WITHIN.items(),
        },
        "views": reading.views_of(practice, request.user),
        "days_left": (Month.of(today).last - today).days, "weekdays_left": weekdays_left(today),
        "first": reading.first_of(practice, found.contact) if calls else None,
        "forecast": forecast_of(practice, month_rows, today, 3) if is_said_on(today) else None,
        "typed_name": request.POST.get("name", ""),
    }  # fmt: skip


def _chips(found: Found) -> list[tuple[str, int, str, bool]]:
    return [
        (label, found.counts[name], f"?{urlencode({**found.asked, 'show': name})}", name == found.wanted.show)
        for name, label in FILTERS.items()
    ]  # fmt: skip


def _groups(page: reading.ListPage, sort: str) -> list[tuple[str, list[reading.Row]]]:
    """Now, this week, going well; one group where another order was asked for."""
    if sort != "order":
        return [("", list(page))]
    return [(name, list(rows)) for name, rows in groupby(page, key=lambda row: row.need.group)]
