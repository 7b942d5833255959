"""Tasks: mine, everybody's, a patient's."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from steadwell.audit.services import record_view
from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.outreach import services
from steadwell.outreach.access import GIVERS, recurring_for, task_for
from steadwell.outreach.forms import DoneForm, RecurringForm, TaskForm
from steadwell.outreach.models import Task
from steadwell.outreach.selectors.tasks import done_tasks, open_tasks, running
from steadwell.outreach.selectors.team import people_of
from steadwell.outreach.views.work import show_chart_work
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.practices.access import for_members
from steadwell.rules.months import Month

SHOWS = {"open": "To do", "late": "Late", "done": "Done"}
WHOSE = {"mine": "Mine", "all": "Everybody’s"}


@for_members()
@require_GET
def tasks(request: SignedInRequest) -> HttpResponse:
    return _show(request)


@for_members(*GIVERS)
@require_POST
def task_new(request: SignedInRequest, patient_id: UUID | None = None) -> HttpResponse:
    """Give somebody a task; on a chart, one about the patient."""
    patient = _patient(request, patient_id)
    form = TaskForm(request.POST, people=list(people_of(request.practice)))
    if not form.is_valid():
        return _again(request, patient, status=422, form=form)
    data = form.cleaned_data
    return _done(
        request, patient,
        lambda: services.make_task(
            practice=request.practice, patient=patient, owner=form.chosen, title=data["title"],
            due_on=data["due_on"], acting_user=request.user,
        ),
        form=form,
    )  # fmt: skip


@for_members(*GIVERS)
@require_POST
def task_recurring_new(request: SignedInRequest, patient_id: UUID | None = None) -> HttpResponse:
    """A task of every month."""
    patient = _patient(request, patient_id)
    form = RecurringForm(request.POST, people=list(people_of(request.practice)), prefix="monthly")
    if not form.is_valid():
        return _again(request, patient, status=422, recurring_form=form)
    data = form.cleaned_data
    return _done(
        request, patient,
        lambda: services.make_recurring(
            practice=request.practice, patient=patient, owner=form.chosen, title=data["title"],
            day=data["day"], acting_user=request.user,
        ),
        recurring_form=form,
    )  # fmt: skip


@for_members(*GIVERS)
@require_POST
def task_act(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """Done, no longer needed, or somebody else's."""
    return _act(request, task_for(request, task_id))


@for_members(*GIVERS)
@require_POST
def task_occurrence_act(
    request: SignedInRequest, recurring_id: UUID, month: Month
) -> HttpResponse:  # fmt: skip
    """The same for a monthly one; its row is made here, once."""
    recurring = recurring_for(request, recurring_id)
    try:
        task = services.occurrence(recurring=recurring, month=month, acting_user=request.user)
    except Refusal as refusal:
        return _again(request, None, status=422, refusal=str(refusal))
    return _act(request, task)


@for_members(*GIVERS)
@require_POST
def task_recurring_end(request: SignedInRequest, recurring_id: UUID) -> HttpResponse:
    recurring = recurring_for(request, recurring_id)
    services.end_recurring(recurring=recurring, acting_user=request.user)
    return _back(request, recurring.patient)


def _act(request: SignedInRequest, task: Task) -> HttpResponse:
    acts = {"done": _finish, "drop": _drop, "give": _give}
    act = acts.get(request.POST.get("act", ""), _finish)
    return _done(request, _on_chart(request, task.patient), lambda: act(request, task))


def _finish(request: SignedInRequest, task: Task) -> Task:
    form = DoneForm(request.POST)
    if not form.is_valid():
        raise Refusal("The day on which it was done is no day. Write it as 03/17/2026.")
    today = today_in(request.practice.zone)
    return services.finish_task(
        task=task, done_on=form.cleaned_data["done_on"] or today, acting_user=request.user
    )


def _drop(request: SignedInRequest, task: Task) -> Task:
    return services.drop_task(
        task=task, reason=request.POST.get("reason", ""), acting_user=request.user
    )


def _give(request: SignedInRequest, task: Task) -> Task:
    wanted = request.POST.get("owner", "")
    owner = next((one for one in people_of(request.practice) if str(one.public_id) == wanted), None)
    if owner is None:
        raise Refusal("Choose whose task it is from now on.")
    return services.give_task(task=task, owner=owner, acting_user=request.user)


def _done(
    request: SignedInRequest, patient: Patient | None, act: Callable[[], object], **forms: Any
) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        return _again(request, patient, status=422, refusal=str(refusal), **forms)
    return _back(request, patient)


def _patient(request: SignedInRequest, patient_id: UUID | None) -> Patient | None:
    return patient_for(request, patient_id, action="tasks.viewed") if patient_id else None


def _on_chart(request: SignedInRequest, patient: Patient | None) -> Patient | None:
    """The patient, where the button was pressed on the chart."""
    return patient if request.POST.get("on_chart") else None


def _back(request: SignedInRequest, patient: Patient | None) -> HttpResponse:
    patient = patient if patient and request.POST.get("on_chart") else None
    return redirect("chart_work", patient.public_id) if patient else redirect("tasks")


def _again(request: SignedInRequest, patient: Patient | None, **more: Any) -> HttpResponse:
    return show_chart_work(request, patient, **more) if patient else _show(request, **more)


def _show(request: SignedInRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    who = request.GET.get("who", "mine")
    who = who if who in WHOSE else "mine"
    show = request.GET.get("show", "open")
    show = show if show in SHOWS else "open"
    practice, today = request.practice, today_in(request.practice.zone)
    owner = request.user if who == "mine" else None
    found = [] if show == "done" else open_tasks(practice, owner=owner)
    closed = done_tasks(practice, owner=owner) if show == "done" else []
    if show == "late":
        found = [one for one in found if one.due_on < today]
    people = list(people_of(practice))
    seen = {one.patient.pk for one in found if one.patient}
    seen |= {one.patient_id for one in closed if one.patient_id}
    record_view("tasks.viewed", patient_ids=sorted(seen))
    context = {
        "here": "tasks", "today": today, "who": who, "show": show, "shows": SHOWS.items(),
        "whose": WHOSE.items(), "tasks": found, "closed": closed, "people": people,
        "may_give": request.membership.has_role(*GIVERS),
        "recurring": [one for one in running(practice, today) if owner in {None, one.owner}][:100],
        "form": TaskForm(people=people, initial={"due_on": today, "owner": str(request.user.public_id)}),
        "recurring_form": RecurringForm(people=people, prefix="monthly"), **more,
    }  # fmt: skip
    return render_page(request, "outreach/tasks.html", context, part="tasks", status=status)
