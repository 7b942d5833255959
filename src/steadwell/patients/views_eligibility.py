"""Reading answers about cover (271), and the queue of those that are of nobody we know."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from steadwell.audit.services import record_view
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.patients import services
from steadwell.patients.eligibility import in_words
from steadwell.patients.forms import EligibilityForm, OwnerForm
from steadwell.patients.models import EligibilityAnswer
from steadwell.patients.selectors.eligibility import answers_that_wait
from steadwell.patients.services.eligibility import READS
from steadwell.practices.access import for_members

PER_PAGE = 25


@for_members(*READS)
@require_http_methods(["GET", "POST"])
def eligibility(request: SignedInRequest) -> HttpResponse:
    """Choose a file; the page says what reading it did, and what waits for a person."""
    form = EligibilityForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _page(request, {"form": EligibilityForm()})
    if not form.is_valid():
        return _page(request, {"form": form}, status=422)
    file: UploadedFile[Any] = form.cleaned_data["file"]
    try:
        done = services.read_eligibility(
            practice=request.practice, content=file.read(), name=file.name or "answers.271",
            acting_user=request.user,
        )  # fmt: skip
    except Refusal as refusal:
        return _page(request, {"form": form, "refusal": refusal}, status=422)
    return _page(request, {"form": EligibilityForm(), "done": done})


@for_members(*READS)
@require_POST
def eligibility_place(request: SignedInRequest, answer_id: UUID) -> HttpResponse:
    """Say whose an answer is."""
    answer = EligibilityAnswer.objects.filter(
        practice=request.practice, public_id=answer_id
    ).first()
    if answer is None:
        raise Http404
    form = OwnerForm(request.POST)
    refusal = ""
    number = form.cleaned_data["record_number"] if form.is_valid() else ""
    if not form.is_valid():
        refusal = str(form.errors["record_number"][0])
    elif not number and "nobody" not in request.POST:
        refusal = "Write the patient’s record number, or say that the answer is nobody’s here."
    if not refusal:
        wanted = "" if "nobody" in request.POST else number
        try:
            services.place_answer(answer=answer, record_number=wanted, acting_user=request.user)
        except Refusal as no:
            refusal = str(no)
    if refusal:
        return _page(request, {"form": EligibilityForm(), "refusal": refusal}, status=422)
    messages.success(request, "Saved.")
    return redirect("eligibility")


def _page(request: SignedInRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    waiting = answers_that_wait(request.practice)
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    record_view("patients.eligibility_viewed", patient_ids=[])
    common = {
        "here": "patients",
        "page": page,
        "rows": [(one, in_words(one.says)) for one in page],
        "zone": request.practice.zone,
    }
    template = "patients/eligibility.html"
    return render_page(request, template, {**common, **context}, part="page", status=status)
