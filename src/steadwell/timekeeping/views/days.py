"""My day, my month, everybody's month, and every version of a patient's month."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from steadwell.audit.services import record_view
from steadwell.common.clock import today_in
from steadwell.common.http import SignedInRequest, render_page
from steadwell.patients.access import patient_for
from steadwell.practices.access import for_members, require_role
from steadwell.practices.models import Membership, Role
from steadwell.practices.selectors import former_members_of, members_of
from steadwell.rules.months import Month
from steadwell.timekeeping import services
from steadwell.timekeeping.days import A_DAY, day_of, month_of, team_of
from steadwell.timekeeping.history import chains_of

OVERSEERS = (Role.PRACTICE_MANAGER, Role.COMPLIANCE)
INSPECTORS = (*OVERSEERS, Role.PRACTITIONER)


@for_members()
@require_GET
def my_day(request: SignedInRequest) -> HttpResponse:
    """One's own day as a line and a table; managers and the compliance lead see anybody's."""
    services.close_stale_clocks(practice_id=request.practice.pk)
    today = today_in(request.practice.zone)
    day = _day_asked(request, today)
    who = _who(request)
    found = day_of(who, day)
    record_view("time.day_viewed", patient_ids=_patients(found.stretches))
    context = {
        "day": found, "today": today, "month": Month.of(day), "is_today": day >= today,
        "before": day - A_DAY, "after": day + A_DAY,
        **_frame(request, who),
    }  # fmt: skip
    return render_page(request, "timekeeping/day.html", context, part="day")


@for_members()
@require_GET
def my_month(request: SignedInRequest, month: Month) -> HttpResponse:
    services.close_stale_clocks(practice_id=request.practice.pk)
    who = _who(request)
    worker = month_of(who, month)
    record_view("time.month_viewed", patient_ids=[])
    context = {"worker": worker, **_months(request, month), **_frame(request, who)}
    return render_page(request, "timekeeping/month.html", context, part="month")


@for_members(*OVERSEERS)
@require_GET
def team_month(request: SignedInRequest, month: Month) -> HttpResponse:
    """Everybody who works here or did: time, share by hand, days that cannot well be."""
    services.close_stale_clocks(practice_id=request.practice.pk)
    practice = request.practice
    members = [*members_of(practice), *former_members_of(practice)]
    workers = [one for one in team_of(members, practice, month) if _belongs(one.membership, month)]
    record_view("time.team_viewed", patient_ids=[])
    context = {
        "workers": sorted(workers, key=lambda one: (not one.flagged, one.membership.person.full_name)),
        "flagged": sum(bool(one.flagged) for one in workers), **_months(request, month),
    }  # fmt: skip
    return render_page(request, "timekeeping/team.html", context, part="team")


@for_members(*INSPECTORS)
@require_GET
def time_history(request: SignedInRequest, patient_id: UUID, month: Month) -> HttpResponse:
    """Every entry of a patient's month with its corrections: who, when, why, before and after."""
    patient = patient_for(request, patient_id, action="time.history_viewed")
    context = {
        "here": "patients", "tab": "time", "patient": patient, "month": month,
        "today": today_in(request.practice.zone), "zone": request.practice.zone,
        "chains": chains_of(patient, month),
    }  # fmt: skip
    return render_page(request, "timekeeping/history.html", context, part="history")


def _who(request: SignedInRequest) -> Membership:
    """Oneself; somebody else of the practice for those who oversee."""
    asked = request.GET.get("who", "")
    if not asked or asked == str(request.membership.public_id):
        return request.membership
    require_role(request, *OVERSEERS)
    try:
        found = Membership.objects.select_related("person", "practice").filter(
            practice=request.practice, public_id=UUID(asked)
        )
    except ValueError:
        raise Http404 from None
    one = found.first()
    if one is None:
        raise Http404
    return one


def _frame(request: SignedInRequest, who: Membership) -> dict[str, Any]:
    mine = who.pk == request.membership.pk
    return {
        "here": "my_day", "who": who, "mine": mine, "zone": request.practice.zone,
        "oversees": request.membership.has_role(*OVERSEERS),
        "asked": "" if mine else f"who={who.public_id}",
    }  # fmt: skip


def _months(request: SignedInRequest, month: Month) -> dict[str, Any]:
    zone = request.practice.zone
    return {
        "here": "my_day", "zone": zone, "month": month, "is_this_month": month >= Month.of(today_in(zone)),
    }  # fmt: skip


def _belongs(membership: Membership, month: Month) -> bool:
    ended = membership.ends_on
    return membership.starts_on <= month.last and (ended is None or ended >= month.first)


def _patients(stretches: Any) -> list[int]:
    return sorted({one.entry.patient_id for one in stretches})


def _day_asked(request: SignedInRequest, today: date) -> date:
    """The day in the address; of what is none or is to come, today."""
    try:
        return min(date.fromisoformat(request.GET.get("day", "")), today)
    except ValueError:
        return today
