"""Red flags of a running call."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, is_htmx, render_page
from steadwell.outreach import calling, services
from steadwell.outreach.access import WRITERS, call_running, flag_for
from steadwell.outreach.forms import FlagForm
from steadwell.outreach.models import RedFlag
from steadwell.outreach.questions import Found
from steadwell.outreach.selectors.calls import open_call_of
from steadwell.outreach.selectors.safety import steps_for
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.practices.access import for_members


@for_members(*WRITERS)
@require_POST
def chart_flag_open(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """By hand, whatever was asked: what is heard comes before what is on the list."""
    patient = patient_for(request, patient_id, action="call.viewed")
    refusal = ""
    try:
        services.open_flag(
            call=call_running(request, patient), acting_user=request.user,
            found=Found(kind=request.POST.get("kind", ""), words="Heard during the call."),
        )  # fmt: skip
    except Refusal as no:
        refusal = str(no)
    return _flags(request, patient, refusal)


@for_members(*WRITERS)
@require_POST
def chart_flag_close(request: SignedInRequest, patient_id: UUID, flag_id: UUID) -> HttpResponse:
    """The step taken and who was told."""
    patient = patient_for(request, patient_id, action="call.viewed")
    flag = flag_for(request, patient, flag_id)
    form = FlagForm(request.POST, steps=steps_for(flag.kind), prefix=f"flag-{flag.public_id}")
    if not form.is_valid():
        return _flags(request, patient, "Choose the step that was taken.", (flag, form))
    try:
        services.close_flag(flag=flag, acting_user=request.user, **form.cleaned_data)
    except Refusal as no:
        return _flags(request, patient, str(no), (flag, form))
    return _flags(request, patient)


def _flags(
    request: SignedInRequest,
    patient: Patient,
    refusal: str = "",
    sent: tuple[RedFlag, FlagForm] | None = None,
) -> HttpResponse:
    """The red flags of the page; the whole page where there is no htmx."""
    if not refusal and not is_htmx(request):
        return redirect(reverse("chart_call", args=[patient.public_id]) + "#flags")
    call = open_call_of(patient, request.user)
    context = calling.page_of(patient, request.membership, call)
    if call is not None and sent is not None:
        context["flags"] = calling.flag_forms(call, sent)
    context |= {"may_write": True, "asked_refusal": refusal, "sent": sent[0] if sent else None}
    status = 422 if refusal else 200
    return render_page(request, "outreach/call.html", context, part="flags", status=status)
