"""Cases by their last day, one case with its steps and its paper, and opening one by a letter."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from steadwell.audit.services import record, record_view
from steadwell.claims.access import SEES, SENDS
from steadwell.claims.cases.access import case_for
from steadwell.claims.cases.forms import OverpaymentForm, RecordsForm, StepForm
from steadwell.claims.cases.knowledge import faults, found_by
from steadwell.claims.cases.papers import NoPaper, paper_pdf
from steadwell.claims.cases.reads import LISTS, claims_named, counts, listed, same_fault
from steadwell.claims.cases.standing import Standing
from steadwell.claims.cases.ways import CHANGES
from steadwell.claims.corrected import FREQUENCIES
from steadwell.claims.faults import ClaimsRefused
from steadwell.claims.models import Case, CaseStep, Claim
from steadwell.claims.services.case_steps import Done, record_step
from steadwell.claims.services.cases import (
    OPENS,
    Finding,
    Letter,
    open_overpayment,
    open_records_request,
)
from steadwell.claims.services.corrected import write_corrected
from steadwell.claims.views.downloads import attachment
from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.practices.access import for_members
from steadwell.practices.models import PracticeProfile
from steadwell.rules.months import Month

ON_A_PAGE = 50
NEW: dict[str, tuple[str, type[Form]]] = {
    "records": ("A request for records", RecordsForm),
    "overpayment": ("An overpayment", OverpaymentForm),
}


@require_GET
@for_members(*SEES)
def cases(request: SignedInRequest) -> HttpResponse:
    """One list of cases, by their last day."""
    which = request.GET.get("show", "open")
    which = which if which in LISTS else "open"
    today = today_in(request.practice.zone)
    found = listed(request.practice, which)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    record_view("claims.cases_viewed", patient_ids=_patients(list(page)))
    numbers = counts(request.practice)
    context = {
        "here": "claims",
        "which": which,
        "title": LISTS[which][0],
        "tabs": [(key, label, numbers[key]) for key, (label, _kinds) in LISTS.items()],
        "page": page,
        "kept": urlencode({"show": which}),
        "rows": [(one, one.words(today), one.is_late(today)) for one in page],
        "may_open": request.membership.has_role(*OPENS),
    }
    return render_page(request, "claims/cases.html", context, part="page")


@require_GET
@for_members(*SEES)
def case(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """One case: what it is about, its steps, and the next one."""
    return _one(request, case_for(request.practice, case_id))


@require_POST
@for_members(*OPENS)
def case_step(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Write down one step."""
    standing = case_for(request.practice, case_id)
    form = StepForm(request.POST, case_kind=standing.case.kind)
    if form.is_valid():
        given = {**form.cleaned_data, "kind": CaseStep.Kind(form.cleaned_data["kind"])}
        try:
            record_step(case=standing.case, done=Done(**given), acting_user=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The step is written down.")
            return redirect("case", case_id)
    return _one(request, standing, form=form, status=422)


@require_GET
@for_members(*SEES)
def case_paper(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """The letter or worksheet of a case as PDF."""
    standing = case_for(request.practice, case_id)
    claims = _whole_claims(standing.case)
    profile = PracticeProfile.objects.filter(practice=request.practice).first()
    try:
        content = paper_pdf(standing, claims, profile)
    except NoPaper as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    record(
        "claims.case_paper_downloaded",
        subject=f"claims.case/{standing.case.pk}",
        patient_ids=_patients([standing]),
    )
    return attachment(content, f"{standing.case.kind}-{standing.case.pk}.pdf", "application/pdf")


@require_GET
@for_members(*SEES)
def case_same(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Other months in which the fault of an overpayment may lie."""
    standing = case_for(request.practice, case_id)
    if standing.case.kind != Case.Kind.OVERPAYMENT:
        raise Http404
    found = same_fault(standing.case, today_in(request.practice.zone))
    record_view(
        "claims.case_viewed",
        subject=f"claims.case/{standing.case.pk}",
        patient_ids=sorted({one.patient_id for one in found} | set(_patients([standing]))),
    )
    context = {"here": "claims", "case": standing.case, "claims": found,
               "fault": faults()[standing.case.fault]}  # fmt: skip
    return render_page(request, "claims/case_same.html", context, part="page")


@require_http_methods(["GET", "POST"])
@for_members(*OPENS)
def case_new(request: SignedInRequest, kind: str) -> HttpResponse:
    """Open a records request or an overpayment, by claim numbers."""
    if kind not in NEW:
        raise Http404
    title, form_type = NEW[kind]
    if request.method == "GET":
        form = form_type(initial={"claims": request.GET.get("claim", "")[:30]})
        return _new(request, kind, title, form)
    form = form_type(request.POST)
    if form.is_valid():
        try:
            opened = _opened(request, kind, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case", opened.public_id)
    return _new(request, kind, title, form, status=422)


def _opened(request: SignedInRequest, kind: str, form: Form) -> Case:
    given = dict(form.cleaned_data)
    claims, unknown = claims_named(request.practice, given.pop("claims"))
    if unknown:
        raise Refusal(
            f"No claim of this practice has the number {unknown[0][:30]}. Claim numbers stand in"
            " the claim's file and on the remittance."
        )
    by: dict[str, Any] = {"practice": request.practice, "acting_user": request.user}
    act: Callable[..., Case] = open_records_request if kind == "records" else open_overpayment
    told = {"letter": Letter(**given)} if kind == "records" else {"finding": Finding(**given)}
    return act(claims=claims, **told, **by)


def _new(
    request: SignedInRequest, kind: str, title: str, form: Form, status: int = 200
) -> HttpResponse:
    context = {"here": "claims", "kind": kind, "title": title, "form": form}
    return render_page(request, "claims/case_new.html", context, part="page", status=status)


@require_POST
@for_members(*SENDS)
def case_write(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Write the claim that the case asks for, or say everything that is in the way."""
    standing = case_for(request.practice, case_id)
    try:
        write_corrected(case=standing.case, acting_user=request.user)
    except ClaimsRefused as refusal:
        return _one(request, standing, refusal=refusal, status=422)
    return redirect("case", case_id)


def _one(
    request: SignedInRequest,
    standing: Standing,
    *,
    form: StepForm | None = None,
    refusal: ClaimsRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    today = today_in(request.practice.zone)
    kept = standing.case
    record_view(
        "claims.case_viewed", subject=f"claims.case/{kept.pk}", patient_ids=_patients([standing])
    )
    context = {
        "here": "claims",
        "standing": standing,
        "case": kept,
        "about": [(one, Month.of(one.month)) for one in _whole_claims(kept)],
        "clock": standing.words(today),
        "is_late": standing.is_late(today),
        "change": CHANGES.get(kept.change, ""),
        "fault": faults().get(kept.fault),
        "found": found_by().get(kept.found_by, ""),
        "form": form or StepForm(case_kind=kept.kind, initial={"happened_on": today}),
        "has_paper": kept.kind != Case.Kind.ACCEPTED,
        "may_open": request.membership.has_role(*OPENS),
        "may_send": request.membership.has_role(*SENDS),
        "is_claim": kept.kind in FREQUENCIES,
        "written": [one.claim for one in kept.written.select_related("claim__payer")],
        "refusal": refusal,
    }
    return render_page(request, "claims/case.html", context, part="page", status=status)


def _whole_claims(kept: Case) -> list[Claim]:
    """The case's claims with all that a page or paper says of them."""
    rows = Claim.objects.filter(practice=kept.practice_id, cases__case=kept)
    rows = rows.select_related("patient", "payer", "file", "approval__practitioner")
    return list(rows.prefetch_related("lines").order_by("control_number"))


def _patients(found: list[Standing]) -> list[int]:
    return sorted({about.claim.patient_id for one in found for about in one.case.claims.all()})
