"""Referrals, tests and refills: of a chart, and across patients."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from steadwell.audit.services import record_view
from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.outreach import services
from steadwell.outreach.access import WRITERS, loop_for
from steadwell.outreach.forms import LoopForm, MoveForm, StepForm, first_error
from steadwell.outreach.models import Loop
from steadwell.outreach.selectors.loops import closed_loops, loops_of, open_loops
from steadwell.outreach.selectors.team import people_of
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.practices.access import for_members, require_role

SHOWS = {"open": "Open", "late": "Late", "closed": "Closed"}
WHOSE = {"mine": "Mine", "all": "Everybody’s"}


@for_members()
@require_http_methods(["GET", "POST"])
def chart_loops(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """A patient's referrals, tests and refills; a POST opens one."""
    patient = patient_for(request, patient_id, action="loops.viewed")
    if request.method != "POST":
        return _chart(request, patient)
    require_role(request, *WRITERS)
    form = LoopForm(request.POST, people=list(people_of(request.practice)))
    if not form.is_valid():
        return _chart(request, patient, status=422, form=form)
    data = form.cleaned_data
    try:
        services.open_loop(
            patient=patient, kind=data["kind"], title=data["title"], with_whom=data["with_whom"],
            owner=form.chosen, happened=form.happened, acting_user=request.user,
        )  # fmt: skip
    except Refusal as refusal:
        return _chart(request, patient, status=422, form=form, refusal=str(refusal))
    return redirect("chart_loops", patient.public_id)


@for_members()
@require_GET
def loops(request: SignedInRequest) -> HttpResponse:
    """Across patients."""
    who, show = _asked(request, "who", WHOSE), _asked(request, "show", SHOWS)
    practice, today = request.practice, today_in(request.practice.zone)
    owner = request.user if who == "mine" else None
    if show == "closed":
        found = closed_loops(practice, owner=owner)
    else:
        found = open_loops(practice, owner=owner, late_on=today if show == "late" else None)
    record_view("loops.viewed", patient_ids=sorted({one.row.patient_id for one in found}))
    context = {
        "here": "tasks", "today": today, "who": who, "show": show, "shows": SHOWS.items(),
        "whose": WHOSE.items(), "loops": found,
    }  # fmt: skip
    return render_page(request, "outreach/loops.html", context, part="loops")


@for_members(*WRITERS)
@require_POST
def loop_act(request: SignedInRequest, loop_id: UUID) -> HttpResponse:
    """A step taken, the day moved, given to somebody, or stopped."""
    loop = loop_for(request, loop_id)
    act = ACTS.get(request.POST.get("act", ""))
    try:
        if act is None:
            raise Refusal("Choose what happened: a step, another day, somebody else, or stop.")
        act(request, loop)
    except Refusal as refusal:
        return _chart(
            request, loop.patient, status=422, refusal=str(refusal), wrong=loop.pk,
            typed=request.POST,
        )  # fmt: skip
    return redirect("chart_loops", loop.patient.public_id)


def _step(request: SignedInRequest, loop: Loop) -> None:
    form = StepForm(request.POST)
    if not form.is_valid():
        raise Refusal(first_error(form))
    services.take_step(
        loop=loop, step=form.cleaned_data["step"], happened=form.happened, acting_user=request.user
    )


def _move(request: SignedInRequest, loop: Loop) -> None:
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Refusal(first_error(form))
    services.move_step(
        loop=loop, due_on=form.cleaned_data["moved_to"], reason=form.cleaned_data["reason"],
        acting_user=request.user,
    )  # fmt: skip


def _give(request: SignedInRequest, loop: Loop) -> None:
    people = {str(one.public_id): one for one in people_of(request.practice)}
    owner = people.get(request.POST.get("owner", ""))
    if owner is None:
        raise Refusal("Choose who follows it from now on.")
    services.give_loop(loop=loop, owner=owner, acting_user=request.user)


def _stop(request: SignedInRequest, loop: Loop) -> None:
    services.stop_loop(
        loop=loop, reason=request.POST.get("why", "")[:500], acting_user=request.user
    )


ACTS: dict[str, Callable[[SignedInRequest, Loop], None]] = {
    "step": _step, "move": _move, "give": _give, "stop": _stop
}  # fmt: skip


def _asked(request: HttpRequest, name: str, known: dict[str, str]) -> str:
    given = request.GET.get(name, "")
    return given if given in known else next(iter(known))


def _chart(
    request: SignedInRequest, patient: Patient, *, status: int = 200, **more: Any
) -> HttpResponse:
    practice, today = request.practice, today_in(request.practice.zone)
    people = list(people_of(practice))
    initial = {"on": today, "owner": str(request.user.public_id)}
    found = loops_of(patient)
    context = {
        "here": "patients", "tab": "work", "patient": patient, "today": today,
        "zone": practice.zone, "people": people, "on_chart": True,
        "open_loops": [one for one in found if not one.row.closed_at],
        "closed": [one for one in found if one.row.closed_at],
        "may_write": request.membership.has_role(*WRITERS),
        "form": LoopForm(people=people, initial=initial), **more,
    }  # fmt: skip
    return render_page(request, "outreach/chart_loops.html", context, part="loops", status=status)
