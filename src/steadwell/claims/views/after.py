"""What comes after a claim: its clocks, the ways on, the patient's statement; and the denials queue."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from steadwell.audit.services import record_view
from steadwell.claims.access import SEES, SENDS
from steadwell.claims.cases.access import claim_for
from steadwell.claims.cases.clocks import clocks_of
from steadwell.claims.cases.denials import Denial, denials
from steadwell.claims.cases.forms import CorrectionForm, WaiverForm
from steadwell.claims.cases.places import place_of
from steadwell.claims.cases.reads import cases_about
from steadwell.claims.cases.share import share_of
from steadwell.claims.cases.statement import LANGUAGES, NoStatement, statement_pdf
from steadwell.claims.cases.ways import ways_for
from steadwell.claims.models import Claim, ClaimPayment, HardshipWaiver
from steadwell.claims.services.cases import OPENS, Correction, open_correction
from steadwell.claims.services.waivers import waive_share
from steadwell.claims.views.downloads import attachment
from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.patients.access import patient_for
from steadwell.practices.access import for_members
from steadwell.practices.models import PracticeProfile
from steadwell.rules.months import Month

ON_A_PAGE = 50
QUEUES = {"waiting": "Nobody has seen to it", "seen": "A case is open or closed", "all": "All"}


@require_GET
@for_members(*SEES)
def claim_denials(request: SignedInRequest) -> HttpResponse:
    """What was not paid, by reason, with cause, fix, last day and amount."""
    found = denials(request.practice)
    show = request.GET.get("show", "waiting")
    show = show if show in QUEUES else "waiting"
    queues = {
        "waiting": [one for one in found if not one.cases],
        "seen": [one for one in found if one.cases],
        "all": found,
    }
    reason = request.GET.get("reason", "")
    shown = [one for one in queues[show] if reason in ("", one.code)]
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    record_view("claims.denials_viewed", patient_ids=sorted({one.claim.patient_id for one in page}))
    context = {
        "here": "claims",
        "show": show,
        "queues": [(key, label, len(queues[key])) for key, label in QUEUES.items()],
        "reasons": sorted(Counter(one.code for one in queues[show]).items()),
        "reason": reason,
        "page": page,
        "kept": urlencode({"show": show, "reason": reason}),
        "rows": _rows(page, today_in(request.practice.zone)),
        "at_stake": sum((one.at_stake for one in shown), Decimal("0.00")),
        "may_open": request.membership.has_role(*OPENS),
    }
    return render_page(request, "claims/denials.html", context, part="page")


@require_GET
@for_members(*SEES)
def claim_after(request: SignedInRequest, patient_id: UUID, month: Month) -> HttpResponse:
    """One claim: clocks, denials, cases, ways on, and what the patient may owe."""
    patient = patient_for(request, patient_id, action="claim.viewed")
    return _after(request, claim_for(patient, month), month)


@require_http_methods(["GET", "POST"])
@for_members(*OPENS)
def claim_correct(
    request: SignedInRequest, patient_id: UUID, month: Month, kind: str
) -> HttpResponse:
    """Open one of the ways on."""
    patient = patient_for(request, patient_id, action="claim.viewed")
    claim = claim_for(patient, month)
    way = next((one for one in ways_for(claim.payer) if one.kind == kind), None)
    if way is None:
        raise Http404
    stake = _stake(claim)
    form = CorrectionForm(request.POST or None, kind=kind, initial=_known(claim))
    if request.method == "POST" and form.is_valid():
        asked = Correction(kind=way.kind, amount=stake, **form.cleaned_data)
        try:
            opened = open_correction(claim=claim, asked=asked, acting_user=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case", opened.public_id)
    context = {"here": "claims", "claim": claim, "patient": patient, "month": month, "way": way,
               "form": form}  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render_page(request, "claims/correct.html", context, part="page", status=status)


@require_GET
@for_members(*SEES)
def claim_statement(request: SignedInRequest, patient_id: UUID, month: Month) -> HttpResponse:
    """The patient's statement as PDF, in English or Spanish."""
    patient = patient_for(request, patient_id, action="statement.downloaded")
    claim = claim_for(patient, month)
    language = request.GET.get("lang", "")
    language = language if language in LANGUAGES else "en"
    profile = PracticeProfile.objects.filter(practice=request.practice).first()
    try:
        content = statement_pdf(claim, profile, language)
    except NoStatement as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    return attachment(content, f"statement-{patient_id}-{month}-{language}.pdf", "application/pdf")


@require_POST
@for_members(*SENDS)
def claim_waive(request: SignedInRequest, patient_id: UUID, month: Month) -> HttpResponse:
    """Waive the share of one claim, on evidence."""
    patient = patient_for(request, patient_id, action="claim.viewed")
    claim = claim_for(patient, month)
    form = WaiverForm(request.POST)
    if form.is_valid():
        given = {**form.cleaned_data, "amount": form.cleaned_data["amount"] or Decimal(0)}
        try:
            waive_share(claim=claim, acting_user=request.user, **given)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The waiver is recorded.")
            return redirect("claim_after", patient_id, month)
    return _after(request, claim, month, waiver=form, status=422)


def _after(
    request: SignedInRequest, claim: Claim, month: Month, status: int = 200, **more: Any
) -> HttpResponse:
    today = today_in(request.practice.zone)
    denied, about = denials(request.practice, claim), cases_about(claim)
    waivers = HardshipWaiver.objects.filter(practice=request.practice, claim=claim)
    context = {
        "here": "claims",
        "claim": claim,
        "patient": claim.patient,
        "month": month,
        "clocks": [
            (one.name, one.words(today), one.is_late(today))
            for one in clocks_of(claim, denied, about)
        ],
        "rows": _rows(denied, today),
        "cases": [(one, one.words(today)) for one in about],
        "ways": ways_for(claim.payer),
        "share": share_of(claim),
        "waived": waivers.select_related("decided_by").first(),
        "waiver": WaiverForm(),
        "languages": LANGUAGES,
        "may_open": request.membership.has_role(*OPENS),
        "may_waive": request.membership.has_role(*SENDS),
        **more,
    }
    return render_page(request, "claims/after.html", context, part="page", status=status)


def _rows(found: Iterable[Denial], today: date) -> list[dict[str, Any]]:
    return [
        {
            "denial": one,
            "clock": one.appeal.words(today),
            "is_late": one.appeal.is_late(today),
            "place": place_of(one),
        }
        for one in found
    ]


def _known(claim: Claim) -> dict[str, Any]:
    """What the newest remittance says of the claim, to begin with."""
    payments = ClaimPayment.objects.filter(practice=claim.practice_id, claim=claim, repeat_of=None)
    last = payments.select_related("remittance").order_by("remittance__paid_on", "pk").last()
    if last is None:
        return {}
    return {"determined_on": last.remittance.paid_on, "payer_number": last.payer_number}


def _stake(claim: Claim) -> Decimal | None:
    found = [one.at_stake for one in denials(claim.practice, claim)]
    return sum(found, Decimal("0.00")) if found else None
