"""A chart's enrollment: the decision with its evidence, and what persons add to it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.enrollment import services
from steadwell.enrollment.access import CONSENT_TAKERS, VISIT_CONFIRMERS, consent_for
from steadwell.enrollment.forms import ContactForm, LeaveForm, RevokeForm, RiskForm, VisitForm
from steadwell.enrollment.forms.base import LookForm
from steadwell.enrollment.selectors import open_enrollment, practitioner_of
from steadwell.enrollment.views.chart_page import ChartPage
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.practices.access import for_members
from steadwell.practices.models import Role


@for_members()
@require_GET
def chart_enrollment(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Whether the patient qualifies and by what, who agreed to what, who cares."""
    patient = patient_for(request, patient_id, action="chart.viewed")
    return _page(request, ChartPage(request, patient))


@for_members(Role.PRACTITIONER)
@require_POST
def confirm_risk(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    page = ChartPage(request, patient_for(request, patient_id, action="chart.viewed"))
    form = RiskForm(request.POST, conditions=page.conditions)

    def save() -> str:
        practitioner = practitioner_of(request.practice, request.user)
        if practitioner is None:
            raise Refusal(
                "You are no billing practitioner of this practice yet. "
                "Ask the practice manager to enter you under Settings."
            )
        services.confirm_risk(
            patient=page.patient,
            practitioner=practitioner,
            statement=form.cleaned_data["statement"],
            conditions=form.confirmed(),
            acting_user=request.user,
        )
        return "Your statement is recorded."

    return _answer(page, "risk", form, save)


@for_members(*VISIT_CONFIRMERS)
@require_POST
def confirm_visit(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    page = ChartPage(request, patient_for(request, patient_id, action="chart.viewed"))
    form = VisitForm(request.POST, **page.visit_choices)

    def save() -> str:
        data = form.cleaned_data
        possible = data["encounter"]
        encounter = possible.encounter if possible else None
        services.confirm_visit(
            patient=page.patient,
            practitioner=data["practitioner"],
            code=data["code"],
            took_place_on=possible.on if possible else data["took_place_on"],
            encounter=encounter,
            discussed=["ccm"] if data["discussed"] else [],
            acting_user=request.user,
        )
        return "The visit is confirmed."

    return _answer(page, "visit", form, save)


@for_members(*CONSENT_TAKERS)
@require_POST
def designate(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    page = ChartPage(request, patient_for(request, patient_id, action="chart.viewed"))
    form = ContactForm(request.POST, team=page.team)

    def save() -> str:
        row = services.designate_contact(
            patient=page.patient,
            person=form.cleaned_data["person"],
            starts_on=form.cleaned_data["starts_on"],
            acting_user=request.user,
        )
        return f"{row.person.full_name} is the contact."

    then = f"{reverse('enrollment')}?list=no_contact#cand" if "from_list" in request.POST else ""
    return _answer(page, "contact", form, save, then)


@for_members(*CONSENT_TAKERS)
@require_POST
def leave(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    page = ChartPage(request, patient_for(request, patient_id, action="chart.viewed"))
    form = LeaveForm(request.POST)

    def save() -> str:
        enrollment = open_enrollment(page.patient)
        if enrollment is None:
            raise Refusal("The patient is not enrolled, so there is nothing to end.")
        services.end_enrollment(
            enrollment=enrollment,
            ends_on=form.cleaned_data["ends_on"],
            reason=form.cleaned_data["reason"],
            acting_user=request.user,
        )
        return f"The last day in the program is {enrollment.ends_on:%m/%d/%Y}."

    return _answer(page, "leave", form, save)


@for_members(*CONSENT_TAKERS)
@require_POST
def revoke(request: SignedInRequest, patient_id: UUID, consent_id: UUID) -> HttpResponse:
    page = ChartPage(request, patient_for(request, patient_id, action="chart.viewed"))
    consent = consent_for(request, page.patient, consent_id)
    form = RevokeForm(request.POST, today=page.today)

    def save() -> str:
        services.revoke_consent(
            consent=consent,
            revoked_on=form.cleaned_data["revoked_on"],
            reason=form.cleaned_data["reason"],
            acting_user=request.user,
        )
        return f"Stopped. The service ends on {page.last_day_of(consent):%m/%d/%Y}."

    return _answer(page, "revoke", form, save)


def _answer(
    page: ChartPage, name: str, form: LookForm, save: Callable[[], str], then: str = ""
) -> HttpResponse:
    """Save, and go on `then` or to the section; else the same page, what was typed, and the reason."""
    if form.is_valid():
        try:
            messages.success(page.request, save())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            section = "consent" if name == "revoke" else name
            return redirect(then or _section(page.patient, section))
    page.forms[name] = form
    return _page(page.request, page, status=422)


def _page(request: SignedInRequest, page: ChartPage, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = page.context()
    return render_page(request, "enrollment/chart.html", context, part="page", status=status)


def _section(patient: Patient, name: str) -> str:
    return f"{reverse('chart_enrollment', args=[patient.public_id])}#{name}"
