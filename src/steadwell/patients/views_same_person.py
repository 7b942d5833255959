"""The review of charts that may be one person's."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from steadwell.audit.services import record_view
from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.patients import services
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.patients.selectors.same_person import answered_pairs, open_pairs, pairs_at
from steadwell.patients.views import WRITERS
from steadwell.practices.access import for_members

PER_PAGE = 10
ANSWERS = {"same": True, "not_same": False}


@for_members()
@require_GET
def same_person(request: SignedInRequest) -> HttpResponse:
    """Pairs to answer for, and what was answered."""
    page = Paginator(open_pairs(request.practice), PER_PAGE).get_page(request.GET.get("page"))
    pairs = pairs_at(request.practice, list(page))
    answered = answered_pairs(request.practice)
    shown = {one.pk for pair in (*pairs, *answered) for one in (pair.first, pair.second)}
    record_view("patients.pairs_listed", patient_ids=sorted(shown))
    context = {
        "here": "patients",
        "today": today_in(request.practice.zone),
        "page": page,
        "pairs": pairs,
        "answered": answered,
        "may_say": request.membership.has_role(*WRITERS),
    }
    return render_page(request, "patients/same_person.html", context, part="page")


@for_members(*WRITERS)
@require_POST
def say_same_person(request: SignedInRequest) -> HttpResponse:
    """The same person, or not."""
    first, second = (_patient(request, name) for name in ("first", "second"))
    is_same = ANSWERS.get(request.POST.get("answer", ""))
    if is_same is None:
        messages.error(request, "Press one of the two buttons: same person, or not the same.")
        return redirect("patients_same")
    try:
        services.say_same_person(
            first=first, second=second, is_same=is_same, acting_user=request.user
        )
    except Refusal as no:
        messages.error(request, str(no))
    else:
        said = "the same person" if is_same else "not the same person"
        messages.success(request, f"Kept: {said}. Nothing was merged.")
    return redirect("patients_same")


def _patient(request: SignedInRequest, name: str) -> Patient:
    try:
        public_id = UUID(request.POST.get(name, ""))
    except ValueError:
        raise Http404 from None
    return patient_for(request, public_id, action="chart.viewed")
