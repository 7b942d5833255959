"""The list of patients, and the record of one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from steadwell.audit.services import record_view
from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.patients import selectors, services
from steadwell.patients.access import patient_for
from steadwell.patients.forms import AddressForm, HoldForm
from steadwell.patients.holds import SEES, SETS, holds_of
from steadwell.patients.models import Patient
from steadwell.patients.selectors.eligibility import answers_for
from steadwell.patients.selectors.same_person import open_pairs, said_the_same_as
from steadwell.patients.services.eligibility import READS
from steadwell.practices.access import for_members, require_role
from steadwell.practices.models import Role

PER_PAGE = 25
SIGNERS = (Role.PRACTICE_MANAGER, Role.PRACTITIONER, Role.ENROLLMENT)  # of signatures on file
SPOKEN = {"en": "English", "es": "Spanish"}
WRITERS = (Role.CARE_MANAGER, Role.ENROLLMENT, Role.PRACTITIONER, Role.PRACTICE_MANAGER)


@for_members()
@require_http_methods(["GET", "POST"])
def patients(request: SignedInRequest) -> HttpResponse:
    """Everybody in the practice's charts, or whom the search means.

    A search is posted although it changes nothing: names stay out of addresses, and so out of
    histories and logs.
    """
    query = request.POST.get("q", "").strip()
    today = today_in(request.practice.zone)
    found = selectors.search_patients(request.practice, query)
    page = Paginator(found, PER_PAGE).get_page(request.POST.get("page") or request.GET.get("page"))
    people = list(page)
    ids = [each.pk for each in people]
    cover = selectors.current_coverage(request.practice, ids, today)
    chronic = selectors.chronic_counts(request.practice, ids)
    record_view("patients.listed", patient_ids=ids)
    context = {
        "query": query,
        "today": today,
        "page": page,
        "rows": [(each, cover.get(each.pk), chronic.get(each.pk, 0)) for each in people],
        "here": "patients",
        "may_read_answers": request.membership.has_role(*READS),
        "possible_pairs": 0 if query else len(open_pairs(request.practice)),
    }
    return render_page(request, "patients/list.html", context, part="list")


@for_members()
@require_http_methods(["GET", "POST"])
def chart_record(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """The chart as it was received; below it, what the practice adds itself."""
    if request.method == "POST":
        require_role(request, *WRITERS)
    patient = patient_for(request, patient_id, action="chart.viewed")
    if request.method == "POST":
        return _change(request, patient)
    return record_page(request, patient, AddressForm.of(patient))


@for_members(*WRITERS)
@require_POST
def chart_household(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Link somebody who lives with the patient, by record number; or take the patient out."""
    patient = patient_for(request, patient_id, action="chart.viewed")
    number = request.POST.get("record_number", "")[:60]
    try:
        if "leave" in request.POST:
            services.leave_household(patient=patient, acting_user=request.user)
        else:
            services.link_household(patient=patient, record_number=number, acting_user=request.user)
    except Refusal as no:
        return record_page(
            request, patient, AddressForm.of(patient), refusal=str(no), number=number, status=422
        )
    messages.success(request, "Saved.")
    return redirect("chart_record", patient.public_id)


def _change(request: SignedInRequest, patient: Patient) -> HttpResponse:
    form = AddressForm(request.POST)
    refusal = ""
    if form.is_valid():
        try:
            services.change_how_to_address(
                patient=patient, acting_user=request.user, **form.cleaned_data
            )
        except Refusal as no:
            refusal = str(no)
        else:
            messages.success(request, "Saved.")
            return redirect("chart_record", patient.public_id)
    return record_page(request, patient, form, refusal=refusal, status=422)


def record_page(
    request: SignedInRequest,
    patient: Patient,
    form: AddressForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The Record page; `more` is what a form that came back adds."""
    context: dict[str, Any] = {
        "patient": patient,
        "today": today_in(request.practice.zone),
        "zone": request.practice.zone,
        "tab": "record",
        "here": "patients",
        "form": form,
        "may_write": request.membership.has_role(*WRITERS),
        "may_sign_on": request.membership.has_role(*SIGNERS),
        "same_person_as": said_the_same_as(patient),
        "speaks": SPOKEN.get(patient.language[:2].lower(), patient.language),
        "household": selectors.household_of(patient),
        "eligibility": answers_for(patient),
        **_holds(request, patient),
        **more,
    }
    if key := request.GET.get("all"):
        one = selectors.section_page(patient, key, request.GET.get("page"))
        if one is None:
            raise Http404
        context["sections"], context["whole"] = [one], one
    else:
        context["sections"] = selectors.record_sections(patient)
    return render_page(request, "patients/record.html", context, part="record", status=status)


def _holds(request: SignedInRequest, patient: Patient) -> dict[str, Any]:
    """The card of legal holds, for those who are told of them."""
    sees = request.membership.has_role(*SEES)
    return {
        "sees_holds": sees,
        "holds": holds_of(patient) if sees else [],
        "may_hold": request.membership.has_role(*SETS),
        "hold_form": HoldForm(),
    }
