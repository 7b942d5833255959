"""One patient's billing: how the month is decided, and what only people can say about it."""

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from steadwell.billing.access import DETAILS, RECORDS, SEES_AMOUNTS, TAKES_BACK, WITHDRAWS
from steadwell.billing.detail import Detail, detail_of, determined_facts
from steadwell.billing.forms import (
    ApproveForm,
    AssessmentForm,
    AttestForm,
    ElsewhereForm,
    LaneForm,
    MonthForm,
    NoteForm,
    ReasonForm,
    StatusForm,
)
from steadwell.billing.selectors import Records, approvals_of, records_of, telling_month
from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.common.months import asked_month
from steadwell.enrollment.selectors import enrollment_header
from steadwell.handbook.views import opened_case
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.practices.access import for_members
from steadwell.practices.models import Role
from steadwell.rules.months import Month

PAGE: Final = "billing/chart.html"
FORMS: Final[dict[str, type[MonthForm]]] = {
    "note": NoteForm,
    "attest": AttestForm,
    "lane": LaneForm,
    "assessment": AssessmentForm,
    "elsewhere": ElsewhereForm,
    "status": StatusForm,
}


@for_members()
@require_GET
def chart_billing(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """The month the address names, else the one that says most."""
    patient = patient_for(request, patient_id, action="billing.viewed")
    telling = telling_month(patient, Month.of(today_in(request.practice.zone)))
    return show(request, patient, asked_month(request.GET.get("month", ""), telling))


@for_members(*SEES_AMOUNTS)
@require_GET
def billing_as_case(request: SignedInRequest, patient_id: UUID, month: Month) -> HttpResponse:
    """The facts the month was decided on, as a case that names nobody."""
    patient = patient_for(request, patient_id, action="billing.opened_as_case")
    facts = determined_facts(detail_of(patient, month))
    if facts is None:
        raise Http404
    return opened_case(request, facts)


def show(
    request: SignedInRequest,
    patient: Patient,
    month: Month,
    *,
    refusal: Refusal | None = None,
    given: dict[str, Any] | None = None,
    status: int = 0,
) -> HttpResponse:
    """The page; `given` are forms that were sent, by name, so that nothing typed is lost."""
    detail, records = detail_of(patient, month), records_of(patient, month)
    context = {
        "patient": patient,
        "today": today_in(request.practice.zone),
        "tab": "billing",
        "here": "patients",
        "enrollment": enrollment_header(patient),
        "month": month,
        "detail": detail,
        "records": records,
        "history": approvals_of(patient, month),
        "refusal": refusal,
        **_forms(patient, month, detail, given or {}),
        **_rights(request, detail, records),
    }
    return render_page(
        request, PAGE, context, part="billing", status=status or (422 if refusal else 200)
    )


def _forms(patient: Patient, month: Month, detail: Detail, given: dict[str, Any]) -> dict[str, Any]:
    forms: dict[str, Any] = {
        f"{name}_form": form(patient=patient, month=month, prefix=name)
        for name, form in FORMS.items()
    }
    flags = [hold.identifier for hold in detail.verdict.holds] if detail.verdict else []
    forms |= {
        "approve_form": ApproveForm(flags=flags),
        "withdraw_form": ReasonForm(prefix="withdraw"),
        "take_back_form": ReasonForm(prefix="take_back"),
    }
    return forms | {f"{name}_form": form for name, form in given.items()}


def _rights(request: SignedInRequest, detail: Detail, records: Records) -> dict[str, Any]:
    practitioner = detail.practitioner
    return {
        "is_theirs": bool(practitioner and practitioner.person_id == request.user.pk),
        "may_record": request.membership.has_role(*RECORDS),
        "may_take_back": _takes_back(request, records),
        "may_withdraw": request.membership.has_role(*WITHDRAWS),
        "may_detail": request.membership.has_role(*DETAILS),
        "sees_amounts": request.membership.has_role(*SEES_AMOUNTS),
        "has_ended": today_in(request.practice.zone) > detail.month.last,
    }


def _takes_back(request: SignedInRequest, records: Records) -> set[str]:
    """The kinds of records this person may say were a mistake."""
    kinds = {kind for kind, roles in TAKES_BACK.items() if request.membership.has_role(*roles)}
    said_by = records.assessment.practitioner.person_id if records.assessment else None
    if said_by != request.user.pk and not request.membership.has_role(Role.COMPLIANCE):
        kinds.discard("assessment")
    return kinds
