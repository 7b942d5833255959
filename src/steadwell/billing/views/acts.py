"""What people do on a patient's billing page: each act is one service, then the page again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from steadwell.billing import services
from steadwell.billing.access import RECORDS, TAKES_BACK, WITHDRAWS, record_for
from steadwell.billing.forms import EndForm, ReasonForm
from steadwell.billing.models import PatientStatus
from steadwell.billing.selectors import approval_of
from steadwell.billing.services.attest import practitioner_of_month
from steadwell.billing.views.chart import FORMS, show
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.practices.access import for_members, require_role
from steadwell.practices.models import Role
from steadwell.rules.months import Month
from steadwell.timekeeping.models import Note
from steadwell.timekeeping.services import write_note


@for_members(Role.PRACTITIONER)
@require_POST
def billing_note(request: SignedInRequest, patient_id: UUID, month: Month) -> HttpResponse:
    """Write the decision-making note: problems, data, risk."""

    def act(patient: Patient, form: Any) -> None:
        write_note(
            patient=patient,
            kind=Note.Kind.DECISION,
            occurred_at=form.occurred_at,
            reason=form.cleaned_data["problems"],
            changed=form.cleaned_data["reviewed"],
            done=form.cleaned_data["risk"],
            acting_user=request.user,
        )

    return _by_form(request, patient_id, month, "note", act, "The note is written. Attest on it.")


@for_members(Role.PRACTITIONER)
@require_POST
def billing_attest(request: SignedInRequest, patient_id: UUID, month: Month) -> HttpResponse:
    """Attest the decision making of the month."""

    def act(patient: Patient, form: Any) -> None:
        services.attest_decision(
            patient=patient, month=month, acting_user=request.user, **form.cleaned_data
        )

    return _by_form(request, patient_id, month, "attest", act, "The decision making is attested.")


@for_members(Role.PRACTITIONER)
@require_POST
def billing_lane(request: SignedInRequest, patient_id: UUID, month: Month) -> HttpResponse:
    """Choose between pooled and personal minutes."""

    def act(patient: Patient, form: Any) -> None:
        services.elect_lane(
            patient=patient, month=month, acting_user=request.user, **form.cleaned_data
        )

    return _by_form(request, patient_id, month, "lane", act, "The lane of the month is chosen.")


@for_members(Role.PRACTITIONER)
@require_POST
def billing_assessment(request: SignedInRequest, patient_id: UUID, month: Month) -> HttpResponse:
    """Record the assessment at the initiating visit."""

    def act(patient: Patient, form: Any) -> None:
        services.record_assessment(patient=patient, acting_user=request.user, **form.cleaned_data)

    return _by_form(request, patient_id, month, "assessment", act, "The assessment is recorded.")


@for_members(*RECORDS)
@require_POST
def billing_elsewhere(request: SignedInRequest, patient_id: UUID, month: Month) -> HttpResponse:
    """Note who else bills."""

    def act(patient: Patient, form: Any) -> None:
        given = form.cleaned_data
        ours = practitioner_of_month(patient, month) if given["by_us"] else None
        services.record_claimed_elsewhere(
            patient=patient,
            month=month,
            code=given["code"],
            source=given["source"],
            practitioner=ours,
            acting_user=request.user,
        )

    return _by_form(request, patient_id, month, "elsewhere", act, "It is recorded who bills.")


@for_members(*RECORDS)
@require_POST
def billing_status(request: SignedInRequest, patient_id: UUID, month: Month) -> HttpResponse:
    """Note hospice, home health, dialysis or a stay."""

    def act(patient: Patient, form: Any) -> None:
        services.record_status(
            patient=patient,
            given=services.StatusGiven(**form.cleaned_data),
            acting_user=request.user,
        )

    return _by_form(request, patient_id, month, "status", act, "The status is recorded.")


@for_members(*RECORDS)
@require_POST
def billing_end(
    request: SignedInRequest, patient_id: UUID, month: Month, record_id: UUID
) -> HttpResponse:
    """Give the last day of a status."""
    patient = patient_for(request, patient_id, action="billing.viewed")
    status = record_for(patient, "status", record_id)
    form = EndForm(request.POST, patient=patient, month=month)
    if not form.is_valid():
        return show(request, patient, month, refusal=_first_fault(form))
    assert isinstance(status, PatientStatus)
    return _done(
        request,
        patient,
        month,
        lambda: services.end_status(status=status, acting_user=request.user, **form.cleaned_data),
        "The last day is recorded.",
    )


@for_members(*RECORDS, Role.COMPLIANCE)
@require_POST
def billing_take_back(
    request: SignedInRequest, patient_id: UUID, month: Month, kind: str, record_id: UUID
) -> HttpResponse:
    """Say that a record was a mistake."""
    patient = patient_for(request, patient_id, action="billing.viewed")
    entry = record_for(patient, kind, record_id)
    require_role(request, *TAKES_BACK[kind])
    form = ReasonForm(request.POST, prefix="take_back")
    if not form.is_valid():
        return show(request, patient, month, given={"take_back": form}, status=422)
    return _done(
        request,
        patient,
        month,
        lambda: services.take_back(
            entry=entry, kind=kind, acting_user=request.user, **form.cleaned_data
        ),
        "It is taken back and counts no more.",
    )


@for_members(Role.PRACTITIONER)
@require_POST
def billing_approve(request: SignedInRequest, patient_id: UUID, month: Month) -> HttpResponse:
    """Approve this patient-month, with the flags that were settled."""
    patient = patient_for(request, patient_id, action="billing.viewed")
    return _done(
        request,
        patient,
        month,
        lambda: services.approve_month(
            patient=patient,
            month=month,
            seen=request.POST.get("seen", ""),
            settled=request.POST.getlist("settled"),
            acting_user=request.user,
        ),
        f"{month.first:%B %Y} is approved and frozen.",
    )


@for_members(*WITHDRAWS)
@require_POST
def billing_withdraw(request: SignedInRequest, patient_id: UUID, month: Month) -> HttpResponse:
    """Take the approval back."""
    patient = patient_for(request, patient_id, action="billing.viewed")
    form = ReasonForm(request.POST, prefix="withdraw")
    if not form.is_valid():
        return show(request, patient, month, given={"withdraw": form}, status=422)
    approval = approval_of(patient, month)
    if approval is None:
        refusal = services.NotWithdrawn(f"{month.first:%B %Y} is not approved for this patient.")
        return show(request, patient, month, refusal=refusal)
    return _done(
        request,
        patient,
        month,
        lambda: services.withdraw_approval(
            approval=approval, acting_user=request.user, **form.cleaned_data
        ),
        "The approval is withdrawn. What was frozen stays on record.",
    )


def _by_form(
    request: SignedInRequest,
    patient_id: UUID,
    month: Month,
    name: str,
    act: Callable[[Patient, Any], None],
    done: str,
) -> HttpResponse:
    patient = patient_for(request, patient_id, action="billing.viewed")
    form = FORMS[name](request.POST, patient=patient, month=month, prefix=name)
    if not form.is_valid():
        return show(request, patient, month, given={name: form}, status=422)
    return _done(request, patient, month, lambda: act(patient, form), done, given={name: form})


def _done(
    request: SignedInRequest,
    patient: Patient,
    month: Month,
    act: Callable[[], object],
    done: str,
    given: dict[str, Any] | None = None,
) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        return show(request, patient, month, refusal=refusal, given=given)
    messages.success(request, done)
    return redirect(f"{reverse('chart_billing', args=[patient.public_id])}?month={month}")


def _first_fault(form: EndForm) -> Refusal:
    return Refusal(str(next(iter(form.errors.values()))[0]))
