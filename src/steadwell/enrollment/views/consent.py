"""The consent page: what is said, in the patient's language, and what is answered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.enrollment import selectors, services
from steadwell.enrollment.access import CONSENT_TAKERS
from steadwell.enrollment.costs import amounts_for, patients_part
from steadwell.enrollment.forms import ConsentForm
from steadwell.enrollment.forms.consent import ANSWERS, TOLD, YES
from steadwell.enrollment.selectors import decision
from steadwell.enrollment.selectors.one_chart import OneChart
from steadwell.enrollment.wording import LANGUAGES, Speaker, scripts
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.practices.access import for_members

LACKS_CONTACT = "Nobody is their own contact yet: no month can be billed before somebody is."
SPOKEN = {"en": "English", "es": "Spanish"}


@for_members(*CONSENT_TAKERS)
@require_http_methods(["GET", "POST"])
def chart_consent(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Ask for the consent, and record the answer."""
    patient = patient_for(request, patient_id, action="chart.viewed")
    chart = OneChart(patient=patient, program="ccm", as_of=today_in(request.practice.zone))
    form = _form(request, chart)
    if request.method == "GET":
        return _page(request, chart, form)
    if form.is_valid():
        try:
            messages.success(request, _save(request, patient, form))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{reverse('chart_enrollment', args=[patient.public_id])}#consent")
    return _page(request, chart, form, status=422)


def _save(request: SignedInRequest, patient: Patient, form: ConsentForm) -> str:
    data = form.cleaned_data
    if data["answer"] in YES:
        consent = services.give_consent(
            patient=patient,
            practitioner=data["practitioner"],
            form=data["answer"],
            given_at=data["given_at"],
            given_by=form.given_by,
            covers=data["covers"],
            language=data["language"],
            teach_back=data["teach_back"],
            designated_contact=data["contact"],
            acting_user=request.user,
            token=data["token"],
        )
        said = f"The consent is recorded. Enrolled under {consent.practitioner.short_name}."
        contact = selectors.designated_contact(patient, today_in(request.practice.zone))
        return said if contact else f"{said} {LACKS_CONTACT}"
    row = services.record_answer(
        patient=patient,
        answer=data["answer"],
        reason=data["reason"],
        call_back_on=data["call_back_on"],
        note=data["note"],
        acting_user=request.user,
        token=data["token"],
    )
    if row.call_back_on:
        return f"Recorded. Call back on {row.call_back_on:%m/%d/%Y}."
    return "Recorded. Nobody asks again for 12 months."


def _form(request: SignedInRequest, chart: OneChart) -> ConsentForm:
    patient = chart.patient
    team = selectors.care_team(request.practice)
    contact = _contact(request, patient)
    local = now().astimezone(request.practice.zone)
    initial = {
        "language": "es" if patient.language.lower().startswith("es") else "en",
        "practitioner": _first_choice(chart),
        "contact": contact.person.public_id if contact else None,
        "given_on": local.date(),
        "given_time": local.time().replace(second=0, microsecond=0),
    }
    return ConsentForm(
        request.POST or None,
        initial=initial,
        why_contact=contact.why if contact else "",
        practitioners=chart.practitioners,
        team=team,
        zone=request.practice.zone,
    )


def _first_choice(chart: OneChart) -> Any:
    """Who stated the risk, else who confirmed the last visit, else the only one."""
    practitioners = chart.practitioners
    stated = [each.practitioner for each in chart.statement_rows]
    seen = [each.practitioner for each in chart.visit_rows]
    known = [each for each in (*stated, *seen) if each in practitioners]
    if known:
        return known[0].public_id
    return practitioners[0].public_id if len(practitioners) == 1 else None


def _contact(request: SignedInRequest, patient: Patient) -> selectors.Proposal | None:
    """Who is it already, else whom we propose."""
    row = selectors.designated_contact(patient, today_in(request.practice.zone))
    if row:
        return selectors.Proposal(person=row.person, why=f"Since {row.starts_on:%m/%d/%Y}.")
    return selectors.proposed_contact(request.membership)


def _page(
    request: SignedInRequest, chart: OneChart, form: ConsentForm, status: int = 200
) -> HttpResponse:
    patient, today = chart.patient, chart.as_of
    cover = selectors.cover_from(chart.coverage_rows, today)
    amounts = amounts_for(request.practice, today)
    context: dict[str, Any] = {
        "here": "enrollment",
        "patient": patient,
        "today": today,
        "form": form,
        "speaks": SPOKEN.get(patient.language[:2].lower(), patient.language),
        "decision": decision.decision_of(chart),
        "statement": next(iter(chart.statement_rows), None),
        "in_force": selectors.consent_in_force(patient, "ccm", today),
        "cover": cover,
        "part": patients_part(cover, amounts),
        "scripts": scripts(_speaker(request, chart, form), cover, amounts),
        "languages": LANGUAGES,
        "answers": [(key, *words) for key, words in ANSWERS.items()],
        "told": list(TOLD.items()),
        "covers": form.chosen("covers") or [],
    }
    return render_page(request, "enrollment/consent.html", context, part="page", status=status)


def _speaker(request: SignedInRequest, chart: OneChart, form: ConsentForm) -> Speaker:
    chosen = str(form.chosen("practitioner") or "")
    named = [each.short_name for each in chart.practitioners if str(each.public_id) == chosen]
    return Speaker(
        person=request.user.full_name,
        practice=request.practice.name,
        practitioner=named[0] if named else "…",
    )
