"""The month of a practice: its dry run, approving what is ready, closing and reopening."""

import csv
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from steadwell.audit.services import record_view
from steadwell.billing import selectors, services
from steadwell.billing.access import SEES_AMOUNTS
from steadwell.billing.detail import detail_of
from steadwell.billing.forms import CloseForm, ReasonForm
from steadwell.billing.pages import month_context
from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.common.spreadsheets import harmless
from steadwell.patients.access import patient_for
from steadwell.practices.access import for_members
from steadwell.practices.models import Role
from steadwell.rules.months import Month

PAGE: Final = "billing/month.html"


@for_members()
@require_GET
def month_end(request: SignedInRequest) -> HttpResponse:
    """The month that was complete last."""
    return redirect("month", Month.of(today_in(request.practice.zone)).before)


@for_members()
@require_GET
def month(request: SignedInRequest, month: Month) -> HttpResponse:
    """Every enrolled patient of the month, with lines or the reason why not."""
    return _page(request, month)


@for_members()
@require_GET
def month_patient(request: SignedInRequest, month: Month, patient_id: UUID) -> HttpResponse:
    """How one patient-month was decided: the panel beside the list."""
    patient = patient_for(request, patient_id, action="billing.viewed")
    context = {
        "month": month,
        "detail": detail_of(patient, month),
        "sees_amounts": request.membership.has_role(*SEES_AMOUNTS),
    }
    return render_page(request, "billing/detail.html", context, part="detail")


@for_members(Role.PRACTITIONER)
@require_POST
def month_approve(request: SignedInRequest, month: Month) -> HttpResponse:
    """Approve every ready month of the practitioner who presses."""
    is_large = selectors.is_large(request.practice, month)
    approve = services.ask_to_approve if is_large else services.approve_clean_months
    try:
        given = approve(
            practice=request.practice,
            month=month,
            seen=request.POST.get("seen", ""),
            acting_user=request.user,
        )
    except Refusal as refusal:
        return _page(request, month, refusal=refusal)
    messages.success(request, _asked(month) if isinstance(given, int) else _said(len(given), month))
    return redirect("month", month)


@for_members(Role.PRACTICE_MANAGER)
@require_POST
def month_close(request: SignedInRequest, month: Month) -> HttpResponse:
    """Seal the month; what would be left out has to be confirmed by its counts."""
    form = CloseForm(request.POST)
    confirmed = None
    if form.is_valid() and form.cleaned_data["needs_a_person"] is not None:
        confirmed = services.LeftOpen(
            form.cleaned_data["ready"] or 0, form.cleaned_data["needs_a_person"] or 0
        )
    try:
        close = services.close_month(
            practice=request.practice, month=month, confirmed=confirmed, acting_user=request.user
        )
    except services.StillOpen as refusal:
        return _page(request, month, refusal=refusal, left=refusal.left)
    except Refusal as refusal:
        return _page(request, month, refusal=refusal)
    messages.success(
        request, f"{month.first:%B %Y} is closed over {close.approvals} approved months."
    )
    return redirect("month", month)


@for_members(Role.PRACTICE_MANAGER)
@require_POST
def month_reopen(request: SignedInRequest, month: Month) -> HttpResponse:
    """Open a sealed month again, with a reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, month, reopen=form, status=422)
    try:
        services.reopen_month(
            practice=request.practice, month=month, acting_user=request.user, **form.cleaned_data
        )
    except Refusal as refusal:
        return _page(request, month, refusal=refusal, reopen=form)
    messages.success(request, f"{month.first:%B %Y} is open again. Its approvals stand.")
    return redirect("month", month)


@for_members()
@require_GET
def month_csv(request: SignedInRequest, month: Month) -> HttpResponse:
    """The run as a table; without amounts for those who see none."""
    run = selectors.month_run(request.practice, month)
    sees = request.membership.has_role(*SEES_AMOUNTS)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="steadwell-{month}.csv"'
    response["Cache-Control"] = "no-store"
    record_view(
        "billing.month_exported",
        subject=f"billing.month/{month}",
        patient_ids=[row.patient_id for row in run.rows],
    )
    writer = csv.writer(response)
    columns = ["patient", "practitioner", "state", "lines", "minutes", "reason"]
    writer.writerow([*columns, "amount", "patient_share"] if sees else columns)
    for row in run.rows:
        writer.writerow(_csv_row(row, sees_amounts=sees))
    return response


def _csv_row(row: selectors.RunRow, *, sees_amounts: bool) -> list[Any]:
    said = row.why.text if row.why else ""
    cells = [row.name, row.biller.name, row.state.label, row.codes, row.minutes, said]
    if sees_amounts:
        cells += [row.amount or "", "" if row.share is None else row.share]
    return [harmless(cell) if isinstance(cell, str) else cell for cell in cells]


def _page(
    request: SignedInRequest,
    month: Month,
    *,
    refusal: Refusal | None = None,
    status: int = 0,
    **more: Any,
) -> HttpResponse:
    run = selectors.month_run(request.practice, month)
    context = {"reopen": ReasonForm(), **month_context(request, run), "refusal": refusal, **more}
    shown = [row.patient_id for row in context["list"].page]
    context["flags"] = _flags(run, context["list"].page)
    record_view("billing.month_viewed", subject=f"billing.month/{month}", patient_ids=shown)
    if asked := request.GET.get("patient"):
        patient = patient_for(request, _uuid(asked), action="billing.viewed")
        context["detail"] = detail_of(patient, month)
    return render_page(
        request, PAGE, context, part="month", status=status or (422 if refusal else 200)
    )


def _flags(run: selectors.MonthRun, shown: Iterable[selectors.RunRow]) -> dict[int, Any]:
    """What to look at before approving, of the rows on the page."""
    open_rows = {row.patient_id: row.minutes for row in shown if row.lines and not row.approved_at}
    return dict(selectors.flags_in(run.setting, open_rows))


def _uuid(text: str) -> UUID:
    from django.http import Http404

    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _asked(month: Month) -> str:
    return (
        f"The ready patient-months of {month.first:%B %Y} are being approved and frozen as you saw "
        "them. They show as approved as the work goes on."
    )


def _said(count: int, month: Month) -> str:
    if not count:
        return f"Nothing of {month.first:%B %Y} is ready for you to approve."
    months = "1 patient-month is" if count == 1 else f"{count} patient-months are"
    return f"{months} approved and frozen."
