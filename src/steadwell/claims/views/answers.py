"""Pages of what came back: claims with their state, what was rejected, remittances, what waits."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from steadwell.audit.services import record_view
from steadwell.claims.access import SEES, SENDS
from steadwell.claims.answered import access, reads, shown
from steadwell.claims.answered.forms import AnswerForm, PlaceForm
from steadwell.claims.models import Claim
from steadwell.claims.second import onward_of
from steadwell.claims.services.answers import (
    AnswerRefused,
    ReadAnswer,
    place_line,
    read_answer,
    set_aside,
    undo_posting,
)
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.practices.access import for_members
from steadwell.rules.months import Month

ON_A_PAGE = 100


@require_GET
@for_members(*SEES)
def claim_list(request: SignedInRequest) -> HttpResponse:
    """Every claim with how it stands."""
    page = Paginator(reads.claims_of(request.practice), ON_A_PAGE).get_page(request.GET.get("page"))
    record_view("claims.viewed", patient_ids=[claim.patient_id for claim in page])
    rows = [
        (claim, standing, shown.badge(standing))
        for claim, standing in reads.with_standings(request.practice, page)
    ]
    return _render(request, "claims/list.html", {"on": "list", "page": page, "rows": rows})


@require_GET
@for_members(*SEES)
def claim_came_back(request: SignedInRequest) -> HttpResponse:
    """Claims that were rejected, with what was said of them."""
    rows = reads.came_back(request.practice)
    record_view("claims.viewed", patient_ids=[one.claim.patient_id for one in rows])
    foreign = reads.foreign_rejections(request.practice)
    context = {"on": "came_back", "rows": rows, "foreign": foreign}
    return _render(request, "claims/came_back.html", context)


@require_GET
@for_members(*SEES)
def claim(request: SignedInRequest, claim_id: UUID) -> HttpResponse:
    """A claim with its lines, acknowledgments and payments."""
    return claim_page(request, access.answered_claim(request.practice, claim_id), {})


def claim_page(
    request: SignedInRequest, found: Claim, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The claim's page, also after something it offers was refused."""
    record_view("claims.viewed", subject=f"claims.claim/{found.pk}", patient_ids=[found.patient_id])
    ((_claim, standing),) = reads.with_standings(request.practice, [found])
    context = {
        "on": "list",
        "claim": found,
        "standing": standing,
        "badge": shown.badge(standing),
        "month": Month.of(found.month),
        "lines": shown.lines(found),
        "acknowledgments": [(one, reads.reasons_of(one)) for one in reads.said_of(found)],
        "payments": shown.payments(reads.payments_for(found)),
        "onward": onward_of(found),
    }
    return _render(request, "claims/claim.html", {**context, **more}, status=status)


@require_GET
@for_members(*SEES)
def remittances(request: SignedInRequest) -> HttpResponse:
    """Payments that arrived, the newest first."""
    page = Paginator(reads.remittances_of(request.practice), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    return _render(request, "claims/remittances.html", {"on": "remittances", "page": page})


@require_GET
@for_members(*SEES)
def remittance(request: SignedInRequest, remittance_id: UUID) -> HttpResponse:
    """One payment with where every cent of it went."""
    found = access.remittance_for(request.practice, remittance_id)
    page = Paginator(reads.payments_in(found), ON_A_PAGE).get_page(request.GET.get("page"))
    record_view(
        "claims.remittance_viewed",
        subject=f"claims.remittance/{found.pk}",
        patient_ids=shown.patients(page),
    )
    context = {
        "on": "remittances",
        "remittance": found,
        "accounts": reads.accounts_of(found),
        "page": page,
        "payments": shown.payments(page),
        "apart": shown.apart(found),
    }
    return _render(request, "claims/remittance.html", context)


@require_GET
@for_members(*SEES)
def unmatched(request: SignedInRequest) -> HttpResponse:
    """Payment lines that no line of ours is known for."""
    return _unmatched(request, {})


@require_POST
@for_members(*SENDS)
def unmatched_place(request: SignedInRequest, line_id: UUID) -> HttpResponse:
    """Which line it is for, or that it is not ours."""
    payment_line = access.payment_line_for(request.practice, line_id)
    form = PlaceForm(request.POST)
    if form.is_valid():
        said = {"reason": form.cleaned_data["reason"], "acting_user": request.user}
        chosen = form.cleaned_data["line"]
        try:
            if chosen:
                line = access.claim_line_for(request.practice, chosen)
                place_line(payment_line=payment_line, line=line, **said)
            else:
                set_aside(payment_line=payment_line, **said)
            return redirect("unmatched")
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
    return _unmatched(request, {"form": form, "at": payment_line.pk}, status=422)


@require_POST
@for_members(*SENDS)
def posting_undo(request: SignedInRequest, posting_id: UUID) -> HttpResponse:
    """What a person said of a payment counts no more."""
    posting = access.posting_for(request.practice, posting_id)
    try:
        undo_posting(posting=posting, acting_user=request.user)
    except Refusal as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    return redirect("remittance", posting.payment_line.payment.remittance.public_id)


@require_http_methods(["GET", "POST"])
@for_members(*SENDS)
def answer_read(request: SignedInRequest) -> HttpResponse:
    """Choose a file that came back; the page says what reading it did."""
    form = AnswerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file: UploadedFile[Any] = form.cleaned_data["file"]
        try:
            done = read_answer(
                practice=request.practice, content=file.read(), name=file.name or "answer",
                acting_user=request.user,
            )  # fmt: skip
            return _read(request, {"form": AnswerForm(), "done": done, "said": _said(done)})
        except AnswerRefused as refusal:
            return _read(request, {"form": form, "refusal": refusal}, status=422)
    return _read(request, {"form": form}, status=422 if request.method == "POST" else 200)


def _said(done: ReadAnswer) -> list[str]:
    return shown.what_was_done(done)


def _read(request: SignedInRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return _render(request, "claims/read.html", {"on": "read", **context}, status=status)


def _unmatched(
    request: SignedInRequest, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    page = Paginator(reads.unmatched(request.practice), 25).get_page(request.GET.get("page"))
    rows = shown.waiting(page)
    record_view("claims.unmatched_viewed", patient_ids=shown.named_in(rows))
    common = {"on": "unmatched", "page": page, "rows": rows}
    return _render(request, "claims/unmatched.html", {**common, **context}, status=status)


def _render(
    request: SignedInRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    common = {"here": "claims", "may_send": _may_send(request)}
    return render_page(request, template, {**common, **context}, part="page", status=status)


def _may_send(request: SignedInRequest) -> bool:
    return request.membership.has_role(*SENDS)
