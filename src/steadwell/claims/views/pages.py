"""The list of files, one file with its claims, and writing a month."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from steadwell.audit.services import record_view
from steadwell.claims.access import SEES, SENDS, file_for
from steadwell.claims.faults import ClaimsRefused
from steadwell.claims.held import not_released
from steadwell.claims.selectors import claim_files, claims_in, closed_months
from steadwell.claims.services import release_payer, write_claims
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.practices.access import for_members, payer_for
from steadwell.practices.models import Practice
from steadwell.rules.months import Month

FILES_ON_A_PAGE, CLAIMS_ON_A_PAGE = 50, 100


@require_GET
@for_members(*SEES)
def claims(request: SignedInRequest) -> HttpResponse:
    """Closed months, what waits, and every file written."""
    return _page(request, {})


@require_POST
@for_members(*SENDS)
def claims_write(request: SignedInRequest, month: Month) -> HttpResponse:
    """Write what can be written; the page says what was left out and why."""
    try:
        written = write_claims(practice=request.practice, month=month, acting_user=request.user)
    except ClaimsRefused as refusal:
        context = {"refusal": refusal, "setup": refusal.setup, "left_out": refusal.left_out}
        return _page(request, {**context, "month": month}, status=422)
    except Refusal as refusal:
        return _page(request, {"refusal": refusal, "month": month}, status=422)
    return _page(request, {"written": written, "left_out": written.left_out, "month": month})


@require_POST
@for_members(*SENDS)
def payer_release(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Somebody says what became of a payer's first claim."""
    payer = payer_for(request, public_id)
    try:
        release_payer(payer=payer, became=request.POST.get("became", ""), acting_user=request.user)
    except Refusal as refusal:
        return _page(request, {"refusal": refusal}, status=422)
    return _page(request, {"released": payer})


@require_GET
@for_members(*SEES)
def claim_file(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    """One file: its claims, their lines, and its digest."""
    file = file_for(request.practice, file_id)
    page = Paginator(claims_in(file), CLAIMS_ON_A_PAGE).get_page(request.GET.get("page"))
    record_view(
        "claims.file_viewed",
        subject=f"claims.file/{file.pk}",
        patient_ids=[claim.patient_id for claim in page],
    )
    context = {
        "here": "claims",
        "file": file,
        "page": page,
        "packet_month": Month.of(file.month),
        "may_send": _may_send(request),
    }
    return render_page(request, "claims/file.html", context, part="page")


def _page(request: SignedInRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    if named := context.get("left_out"):
        record_view(
            "claims.left_out_viewed",
            subject=f"billing.month/{context['month']}",
            patient_ids=[one.patient.pk for one in named],
        )
    files = Paginator(claim_files(request.practice), FILES_ON_A_PAGE)
    common = {
        "here": "claims",
        "months": closed_months(request.practice),
        "page": files.get_page(request.GET.get("page")),
        "not_released": not_released(request.practice),
        "may_send": _may_send(request),
        "is_clinic": request.practice.kind in (Practice.Kind.RHC, Practice.Kind.FQHC),
    }
    return render_page(
        request, "claims/claims.html", {**common, **context}, part="page", status=status
    )


def _may_send(request: SignedInRequest) -> bool:
    return request.membership.has_role(*SENDS)
