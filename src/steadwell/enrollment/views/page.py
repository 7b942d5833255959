"""The enrollment page: figures, funnel, lists, and the sweep."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from steadwell.audit.services import record_view
from steadwell.common.clock import today_in
from steadwell.common.http import SignedInRequest, render_page
from steadwell.enrollment.access import CONSENT_TAKERS, SWEEPERS
from steadwell.enrollment.models import ConsentAnswer, ProgramEnrollment
from steadwell.enrollment.selectors import Proposal, lists, proposed_contact
from steadwell.enrollment.selectors.rows import rows_of
from steadwell.enrollment.services import newest_sweep, run_sweep
from steadwell.practices.access import for_members
from steadwell.practices.models import Role

PER_PAGE = 25
REASONS = {**dict(ConsentAnswer.Reason.choices), **dict(ProgramEnrollment.Ending.choices)}


@for_members()
@require_GET
def enrollment(request: SignedInRequest) -> HttpResponse:
    """Who may be offered the program, why, and what comes next."""
    sweep = newest_sweep(request.practice)
    context: dict[str, Any] = {
        "here": "enrollment",
        "sweep": sweep,
        "may_sweep": request.membership.has_role(*SWEEPERS),
        "today": today_in(request.practice.zone),
    }
    if sweep is not None:
        context |= _content(request)
    return render_page(request, "enrollment/page.html", context, part="page")


@for_members(*SWEEPERS)
@require_POST
def sweep_again(request: SignedInRequest) -> HttpResponse:
    """Look at every chart now."""
    sweep = run_sweep(
        practice=request.practice,
        as_of=today_in(request.practice.zone),
        acting_user=request.user,
    )
    messages.success(
        request,
        f"{sweep.patients:,} people looked at: {sweep.qualify:,} qualify, "
        f"{sweep.need_something:,} need something, {sweep.do_not_qualify:,} do not qualify.",
    )
    return redirect("enrollment")


def _content(request: SignedInRequest) -> dict[str, Any]:
    found = lists.entries(request.practice)
    counts = lists.counts(found)
    key, reason = _chosen(request)
    chosen = lists.Chosen(request.practice, found, key, reason)
    pages = Paginator(cast("Sequence[lists.Entry]", chosen), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    shown = list(page.object_list)
    record_view("enrollment.listed", patient_ids=[each.patient_id for each in shown])
    tallies = lists.reasons(found)
    return {
        "rows": rows_of(
            shown,
            request.practice,
            today_in(request.practice.zone),
            may_state=request.membership.has_role(Role.PRACTITIONER),
        ),
        "proposal": _proposal(request, key),
        "page": page,
        "list_key": key,
        "list_name": lists.LISTS[key][0],
        "reason": reason,
        "reason_name": REASONS.get(reason, ""),
        "counts": counts,
        "chips": [
            (each, lists.LISTS[each][0], counts[each])
            for each in lists.CHIPS
            if counts[each] or each != "no_contact" or each == key
        ],
        "funnel": _funnel(counts),
        "tallies": tallies,
        "most": tallies[0].count if tallies else 0,
        "people": sum(each.count for each in tallies),
    }


def _proposal(request: SignedInRequest, key: str) -> Proposal | None:
    """Whom to make the contact of those who have none."""
    may = key == "no_contact" and request.membership.has_role(*CONSENT_TAKERS)
    return proposed_contact(request.membership) if may else None


def _chosen(request: SignedInRequest) -> tuple[str, str]:
    """The list and reason in the address; what nobody knows is the first list."""
    key = request.GET.get("list", "")
    reason = request.GET.get("reason", "")
    key = key if key in lists.LISTS else lists.CHIPS[0]
    return key, reason if reason in REASONS and key in {"no", "left"} else ""


def _funnel(counts: dict[str, int]) -> list[dict[str, Any]]:
    """Each step with its share of the first, and of the one before it, in whole percent."""
    first = counts[lists.FUNNEL[0]]
    steps = []
    before = 0
    for key in lists.FUNNEL:
        count = counts[key]
        steps.append(
            {
                "key": key,
                "label": "Eligible by the chart" if key == "all" else lists.LISTS[key][0],
                "count": count,
                "width": min(100, round(100 * count / first)) if first else 0,
                "of_before": f"{round(100 * count / before)}%" if before else "",
            }
        )
        before = count
    return steps
