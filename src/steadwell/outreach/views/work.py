"""The tasks of a chart, and its questions to the practitioner."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from steadwell.common.clock import today_in
from steadwell.common.http import SignedInRequest, render_page
from steadwell.outreach.access import GIVERS, WRITERS
from steadwell.outreach.forms import EscalateForm, RecurringForm, TaskForm
from steadwell.outreach.selectors.escalations import escalations_of
from steadwell.outreach.selectors.loops import loops_of
from steadwell.outreach.selectors.notes import team_notes_of
from steadwell.outreach.selectors.practice import order_for, settings_of
from steadwell.outreach.selectors.tasks import done_tasks, open_tasks, running
from steadwell.outreach.selectors.team import people_of, practitioner_people, responsible_for
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.practices.access import for_members


@for_members()
@require_GET
def chart_work(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, action="tasks.viewed")
    return show_chart_work(request, patient)


def show_chart_work(
    request: SignedInRequest, patient: Patient, *, status: int = 200, **more: Any
) -> HttpResponse:
    practice, today = request.practice, today_in(request.practice.zone)
    people = list(people_of(practice))
    doctor = responsible_for(patient)
    me = str(request.user.public_id)
    context = {
        "here": "patients", "tab": "work", "patient": patient, "today": today,
        "zone": practice.zone, "tasks": open_tasks(practice, patient=patient),
        "closed": done_tasks(practice, patient=patient)[:10],
        "recurring": list(running(practice, today).filter(patient=patient)),
        "people": people, "team_notes": team_notes_of(patient, 10),
        "loops": [one for one in loops_of(patient) if not one.row.closed_at],
        "escalations": escalations_of(patient), "on_chart": True,
        "may_give": request.membership.has_role(*GIVERS),
        "may_ask": request.membership.has_role(*WRITERS),
        "settings": settings_of(practice), "order": order_for(practice, request.membership.credential),
        "form": TaskForm(people=people, initial={"due_on": today, "owner": me}),
        "recurring_form": RecurringForm(people=people, prefix="monthly", initial={"owner": me}),
        "ask_form": EscalateForm(
            people=practitioner_people(practice), prefix="ask",
            initial={"to": str(doctor.public_id) if doctor else "", "urgency": "same_day"},
        ),
        **more,
    }  # fmt: skip
    return render_page(request, "outreach/chart_work.html", context, part="work", status=status)
