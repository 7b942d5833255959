"""What leaves the house: claim files, superbills, packets. Each download is an audit event."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from steadwell.audit.services import record
from steadwell.billing.models import MonthApproval
from steadwell.billing.selectors import approval_of
from steadwell.claims.access import SEES, SENDS, file_for
from steadwell.claims.models import Claim
from steadwell.claims.packet import as_json, as_pdf, packet_content
from steadwell.claims.superbill import NoSuperbill, superbill, superbill_pdf
from steadwell.common.http import SignedInRequest
from steadwell.patients.access import patient_for
from steadwell.practices.access import for_members
from steadwell.rules.months import Month


@require_GET
@for_members(*SENDS)
def claim_file_download(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    """The file's bytes as they were written."""
    file = file_for(request.practice, file_id)
    patients = Claim.objects.filter(practice=request.practice, file=file)
    record(
        "claims.file_downloaded",
        subject=f"claims.file/{file.pk}",
        patient_ids=list(patients.values_list("patient_id", flat=True)),
    )
    return attachment(bytes(file.content), file.name, "application/EDI-X12")


@require_GET
@for_members(*SENDS)
def claims_superbill(request: SignedInRequest, month: Month) -> HttpResponse:
    """A closed month's lines as CSV."""
    try:
        text, patients = superbill(request.practice, month)
    except NoSuperbill as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    record("claims.superbill_downloaded", subject=f"billing.month/{month}", patient_ids=patients)
    name = f"{request.practice.slug}-{month}-superbill.csv"
    return attachment(text.encode("utf-8-sig"), name, "text/csv; charset=utf-8")


@require_GET
@for_members(*SENDS)
def claims_superbill_pdf(request: SignedInRequest, month: Month) -> HttpResponse:
    """The same as pages, one for each patient."""
    try:
        content, patients = superbill_pdf(request.practice, month)
    except NoSuperbill as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    record("claims.superbill_downloaded", subject=f"billing.month/{month}", patient_ids=patients)
    name = f"{request.practice.slug}-{month}-superbill.pdf"
    return attachment(content, name, "application/pdf")


@require_GET
@for_members(*SEES)
def packet(request: SignedInRequest, patient_id: UUID, month: Month) -> HttpResponse:
    """The audit packet of a patient-month as PDF."""
    approval = _approval(request, patient_id, month)
    return attachment(
        as_pdf(packet_content(approval)), f"packet-{patient_id}-{month}.pdf", "application/pdf"
    )


@require_GET
@for_members(*SEES)
def packet_data(request: SignedInRequest, patient_id: UUID, month: Month) -> HttpResponse:
    """The same packet as data."""
    approval = _approval(request, patient_id, month)
    return attachment(
        as_json(packet_content(approval)), f"packet-{patient_id}-{month}.json", "application/json"
    )


def _approval(request: SignedInRequest, patient_id: UUID, month: Month) -> MonthApproval:
    patient = patient_for(request, patient_id, action="packet.downloaded")
    approval = approval_of(patient, month)
    if approval is None:
        raise Http404
    return approval


def attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
