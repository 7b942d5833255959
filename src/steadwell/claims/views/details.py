"""What only people can say for a patient's claims."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from steadwell.claims.access import CHOOSES, RECORDS
from steadwell.claims.forms import DiagnosisForm, PolicyForm, SignatureForm
from steadwell.claims.models import OtherPolicy
from steadwell.claims.payers import RELATIONSHIP_WORDS, RELATIONSHIPS
from steadwell.claims.selectors import mapped_conditions
from steadwell.claims.services import choose_diagnosis, record_signature
from steadwell.claims.services.policies import Card, record_policy
from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.patients.access import patient_for
from steadwell.patients.models import Coverage, Patient
from steadwell.practices.access import for_members


@require_GET
@for_members(*RECORDS)
def claim_details(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Signature on file, and codes of conditions that are known by SNOMED."""
    patient = patient_for(request, patient_id, action="claim_details.viewed")
    return _page(request, patient)


@require_POST
@for_members(*RECORDS)
def claim_signature(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, action="claim_details.viewed")
    form = SignatureForm(request.POST)
    if form.is_valid():
        try:
            record_signature(
                patient=patient, signed_on=form.cleaned_data["signed_on"], acting_user=request.user
            )
            return redirect("claim_details", patient.public_id)
        except Refusal as refusal:
            form.add_error("signed_on", str(refusal))
    return _page(request, patient, signature=form, status=422)


@require_POST
@for_members(*CHOOSES)
def claim_diagnosis(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_for(request, patient_id, action="claim_details.viewed")
    form = DiagnosisForm(request.POST)
    if form.is_valid():
        try:
            choose_diagnosis(patient=patient, acting_user=request.user, **form.cleaned_data)
            return redirect("claim_details", patient.public_id)
        except Refusal as refusal:
            form.add_error("code", str(refusal))
    return _page(request, patient, diagnosis=form, status=422)


@require_POST
@for_members(*RECORDS)
def claim_policy(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """A card of another payer."""
    patient = patient_for(request, patient_id, action="claim_details.viewed")
    form = PolicyForm(request.POST, practice=request.practice)
    if form.is_valid():
        said = dict(form.cleaned_data)
        payer = said.pop("payer")
        try:
            record_policy(patient=patient, payer=payer, card=Card(**said), acting_user=request.user)
            return redirect("claim_details", patient.public_id)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _page(request, patient, policy=form, status=422)


def _page(
    request: SignedInRequest,
    patient: Patient,
    *,
    signature: Form | None = None,
    diagnosis: DiagnosisForm | None = None,
    policy: PolicyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    signature = signature or SignatureForm(initial={"signed_on": patient.signature_on_file_on})
    latest = today_in(request.practice.zone).isoformat()
    signature.fields["signed_on"].widget.attrs["max"] = latest
    typed = diagnosis["mapped_code"].value() if diagnosis else ""
    context: dict[str, Any] = {
        "here": "claims",
        "patient": patient,
        "signature": signature,
        "rows": [
            (one, diagnosis if one.code == typed and diagnosis else _form(one.code))
            for one in mapped_conditions(patient)
        ],
        "policies": _policies(patient),
        "policy": policy or PolicyForm(practice=request.practice, initial=_from_record(patient)),
        "may_choose": request.membership.has_role(*CHOOSES),
    }
    return render_page(request, "claims/details.html", context, part="page", status=status)


def _form(code: str) -> DiagnosisForm:
    return DiagnosisForm(initial={"mapped_code": code}, auto_id=f"id_{code}_%s")


def _policies(patient: Patient) -> list[tuple[OtherPolicy, str]]:
    """Those that count, with what the patient is to the holder."""
    rows = OtherPolicy.objects.filter(practice=patient.practice_id, patient=patient)
    newest = {one.pays: one for one in rows.select_related("payer", "recorded_by").order_by("pk")}
    return [(one, RELATIONSHIP_WORDS[one.relationship]) for one in newest.values()]


def _from_record(patient: Patient) -> dict[str, Any]:
    """What the newest imported policy beside Medicare says, to begin with."""
    rows = Coverage.objects.filter(practice=patient.practice_id, patient=patient)
    beside = rows.filter(kind__in=["commercial", "medicaid"]).order_by("starts_on", "pk").last()
    if beside is None:
        return {}
    return {
        "member_number": beside.member_number,
        "relationship": RELATIONSHIPS.get(beside.relationship, ""),
        "starts_on": beside.starts_on,
        "ends_on": beside.ends_on,
    }
