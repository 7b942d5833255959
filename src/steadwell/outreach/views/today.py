"""Today, by role: who needs something now, and the queues that wait for a person."""

from collections import Counter
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from steadwell.audit.services import record_view
from steadwell.common.clock import now, today_in
from steadwell.common.http import SignedInRequest, render_page
from steadwell.outreach.queues import lead_of, queues_of
from steadwell.outreach.selectors import caseload_of, lines_of
from steadwell.outreach.worklist import FILTERS, SORTS, Row, chosen, rows_of, weekdays_left
from steadwell.practices.access import for_members
from steadwell.practices.models import Role
from steadwell.rules.months import Month
from steadwell.timekeeping import services

PAGE = 25
EVERYBODY = (Role.CARE_MANAGER, Role.PRACTITIONER, Role.PRACTICE_MANAGER, Role.COMPLIANCE)


@for_members()
@require_GET
def today(request: SignedInRequest) -> HttpResponse:
    services.close_stale_clocks(practice_id=request.practice.pk)
    day = today_in(request.practice.zone)
    queues = queues_of(request.membership, request.user)
    context: dict[str, Any] = {
        "here": "today", "day": day, "hour": now().astimezone(request.practice.zone).hour,
        "queues": queues, "lead": lead_of(queues),
        "first_name": request.user.full_name.removeprefix("Dr. ").split()[0],
    }  # fmt: skip
    if request.membership.has_role(*EVERYBODY):
        context |= _worklist(request, day)
    return render_page(request, "outreach/today.html", context, part="worklist")


def _worklist(request: SignedInRequest, day: date) -> dict[str, Any]:
    lines = lines_of(request.practice, day)
    mine = caseload_of(request.practice, request.user, day)
    asked = request.GET.get("who", "mine" if mine else "all")
    who = asked if asked in {"mine", "all"} else "all"
    rows = rows_of((one for one in lines if who == "all" or one.patient_id in mine), day)
    counts = Counter(name for row in rows for name in row.need.filters)
    show = request.GET.get("show") or ("needs" if counts["needs"] else "all")
    show = show if show in FILTERS else "all"
    sort = request.GET.get("sort", "order")
    calls = request.membership.has_role(Role.CARE_MANAGER)  # whoever else reads, starts elsewhere
    page = Paginator(chosen(rows, show, sort), PAGE).get_page(request.GET.get("page"))
    record_view("today.viewed", patient_ids=[row.line.patient_id for row in page])
    return {
        "page": page, "groups": _groups(page, sort), "counts": counts, "who": who, "show": show,
        "sort": sort if sort in SORTS else "order", "sorts": SORTS.items(), "has_own": bool(mine),
        "chips": [
            (label, counts[name], f"?{urlencode({'who': who, 'show': name, 'sort': sort})}", name == show)
            for name, label in FILTERS.items()
        ],
        "list_query": urlencode({"who": who, "show": show, "sort": sort}),
        "days_left": (Month.of(day).last - day).days, "weekdays_left": weekdays_left(day),
        "first": rows[0] if calls and rows and rows[0].need.rank < 7 else None,
    }  # fmt: skip


def _groups(page: Page[Row], sort: str) -> list[tuple[str, list[Row]]]:
    """Now, this week, going well; one group where another order was asked for."""
    if sort != "order":
        return [("", list(page))]
    return [(name, list(rows)) for name, rows in groupby(page, key=lambda row: row.need.group)]
