"""The care plan: the draft or the plan in force, and every version before it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from steadwell.careplans.access import version_for
from steadwell.careplans.forms import CopyForm
from steadwell.careplans.pages import plan_context
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.practices.access import for_members

PAGE = "careplans/plan.html"


@for_members()
@require_GET
def care_plan(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """The draft where there is one, else the newest signed version."""
    patient = patient_for(request, patient_id, action="plan.viewed")
    return show(request, patient)


@for_members()
@require_GET
def plan_version(request: SignedInRequest, patient_id: UUID, number: int) -> HttpResponse:
    """One version, as it stands."""
    patient = patient_for(request, patient_id, action="plan.viewed")
    version_for(patient, number)
    return show(request, patient, number=number)


def show(
    request: SignedInRequest,
    patient: Patient,
    *,
    number: int | None = None,
    refusal: Refusal | None = None,
    **more: Any,
) -> HttpResponse:
    """The page; 422 where it says why something was not done."""
    context = plan_context(request, patient, number)
    context |= {"refusal": refusal, **more}
    if "copy_form" not in context:
        context["copy_form"] = CopyForm(
            initial={"given_to": patient.name, "given_on": context["today"]}
        )
    latest = context["today"].isoformat()
    context["copy_form"].fields["given_on"].widget.attrs["max"] = latest
    is_wrong = refusal is not None or context["copy_form"].is_bound
    return render_page(request, PAGE, context, part="plan", status=422 if is_wrong else 200)
