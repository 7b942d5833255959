"""Legal holds: setting and lifting one on the Record page, and the list of those that stand."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from steadwell.audit.services import record_view
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.patients import services
from steadwell.patients.access import patient_for
from steadwell.patients.forms import AddressForm, HoldForm
from steadwell.patients.holds import SEES, SETS, holds_in
from steadwell.patients.models import LegalHold, Patient
from steadwell.patients.views import record_page
from steadwell.practices.access import for_members


@for_members(*SEES)
@require_GET
def patients_holds(request: SignedInRequest) -> HttpResponse:
    """Whose records are held, since when, why and by whom."""
    holds = holds_in(request.practice)
    record_view("patients.holds_listed", patient_ids=sorted({one.patient_id for one in holds}))
    context = {"here": "patients", "holds": holds, "zone": request.practice.zone}
    return render_page(request, "patients/holds.html", context, part="page")


@for_members(*SETS)
@require_POST
def chart_hold(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Set a hold."""
    patient = patient_for(request, patient_id, action="chart.viewed")
    form = HoldForm(request.POST)
    if not form.is_valid():
        return _again(request, patient, form, str(form.errors["reason"][0]))
    try:
        services.set_hold(patient=patient, acting_user=request.user, **form.cleaned_data)
    except Refusal as no:
        return _again(request, patient, form, str(no))
    messages.success(request, "The hold stands from now on.")
    return redirect("chart_record", patient.public_id)


@for_members(*SETS)
@require_POST
def chart_hold_lift(request: SignedInRequest, patient_id: UUID, hold_id: UUID) -> HttpResponse:
    """Lift one."""
    patient = patient_for(request, patient_id, action="chart.viewed")
    hold = LegalHold.objects.filter(
        practice=request.practice, patient=patient, public_id=hold_id
    ).first()
    if hold is None:
        raise Http404
    form = HoldForm(request.POST)
    if not form.is_valid():
        return _again(request, patient, HoldForm(), str(form.errors["reason"][0]))
    try:
        services.lift_hold(hold=hold, acting_user=request.user, **form.cleaned_data)
    except Refusal as no:
        return _again(request, patient, HoldForm(), str(no))
    messages.success(request, "The hold is lifted. It stays in the history.")
    return redirect("chart_record", patient.public_id)


def _again(
    request: SignedInRequest, patient: Patient, form: HoldForm, refusal: str
) -> HttpResponse:
    ours = AddressForm.of(patient)
    return record_page(request, patient, ours, refusal=refusal, hold_form=form, status=422)
