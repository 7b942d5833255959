"""Who is away, and who stands in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.outreach import services
from steadwell.outreach.forms.tasks import AwayForm
from steadwell.outreach.models import Absence
from steadwell.outreach.selectors.absence import absences_of
from steadwell.outreach.selectors.team import people_of
from steadwell.practices.access import for_members, require_role
from steadwell.practices.models import Role

MAY = (Role.CARE_MANAGER, Role.PRACTITIONER, Role.PRACTICE_MANAGER)


@for_members()
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: SignedInRequest) -> HttpResponse:
    """The absences; a POST adds one."""
    if request.method != "POST":
        return _show(request)
    require_role(request, *MAY)
    form = AwayForm(request.POST, people=_team(request))
    if not form.is_valid():
        return _show(request, status=422, form=form)
    try:
        row = services.go_away(practice=request.practice, acting_user=request.user, **form.values)
    except Refusal as refusal:
        return _show(request, status=422, form=form, refusal=str(refusal))
    messages.success(
        request, f"{row.deputy.full_name} has the patients of {row.person.full_name} in these days."
    )
    return redirect("away")


@for_members(*MAY)
@require_POST
def away_back(request: SignedInRequest, absence_id: UUID) -> HttpResponse:
    absence = get_object_or_404(Absence, practice=request.practice, public_id=absence_id)
    services.come_back(absence=absence, acting_user=request.user)
    return redirect("away")


def _team(request: SignedInRequest) -> list[Any]:
    return list(people_of(request.practice, Role.CARE_MANAGER, Role.PRACTITIONER))


def _show(request: SignedInRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    today = today_in(request.practice.zone)
    context = {
        "here": "tasks", "today": today, "absences": absences_of(request.practice, today),
        "may_change": request.membership.has_role(*MAY),
        "form": AwayForm(people=_team(request), initial={
            "person": str(request.user.public_id), "starts_on": today,
        }),
        **more,
    }  # fmt: skip
    return render_page(request, "outreach/away.html", context, part="away", status=status)
