"""What the practice decides about its work: tries, times to answer, protocols, standing orders."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.outreach import services
from steadwell.outreach.forms import DeputiesForm, OrderForm, ProtocolForm, WorkForm
from steadwell.outreach.selectors.practice import deputies_of, orders_of, settings_of
from steadwell.outreach.selectors.safety import protocols_of
from steadwell.outreach.selectors.team import practitioner_people
from steadwell.practices.models import Role
from steadwell.practices.selectors import manager_names
from steadwell.practices.views.pages import settings_page

NUMBERS = (
    "attempts_a_day",
    "voicemails_before_letter",
    "urgent_minutes",
    "same_day_minutes",
    "routine_minutes",
)


@settings_page
@require_GET
def settings_work(request: SignedInRequest) -> HttpResponse:
    return _show(request)


@settings_page
@require_POST
def settings_work_times(request: SignedInRequest) -> HttpResponse:
    form = WorkForm(request.POST, people=practitioner_people(request.practice))
    if not form.is_valid():
        return _show(request, status=422, form=form)
    return _save(
        request,
        lambda: services.change_settings(
            practice=request.practice, values=form.values, acting_user=request.user  # type: ignore[arg-type]
        ),
        form=form,
    )  # fmt: skip


@settings_page
@require_POST
def settings_deputies(request: SignedInRequest) -> HttpResponse:
    people = practitioner_people(request.practice)
    form = DeputiesForm(request.POST, people=people, deputies=deputies_of(request.practice))
    if not form.is_valid():
        return _show(request, status=422, deputies_form=form)

    def save() -> None:
        for person, deputy in form.chosen:
            services.set_deputy(
                practice=request.practice, person=person, deputy=deputy, acting_user=request.user
            )

    return _save(request, save, deputies_form=form)


@settings_page
@require_POST
def settings_protocol(request: SignedInRequest) -> HttpResponse:
    form = ProtocolForm(request.POST)
    kind = request.POST.get("kind", "")
    if not form.is_valid():
        return _show(request, status=422, refusal="The protocol is too long.", sent=(kind, form))
    data = form.cleaned_data
    return _save(
        request,
        lambda: services.change_protocol(
            practice=request.practice, kind=kind, steps=data["steps"].splitlines(),
            approved_by=data["approved_by"], acting_user=request.user,
        ),
        sent=(kind, form),
    )  # fmt: skip


@settings_page
@require_POST
def settings_order(request: SignedInRequest) -> HttpResponse:
    form = OrderForm(request.POST)
    credential = request.POST.get("credential", "")
    if not form.is_valid():
        return _show(request, status=422, refusal="The order is too long.", sent=(credential, form))
    data = form.cleaned_data
    return _save(
        request,
        lambda: services.change_standing_order(
            practice=request.practice, credential=credential, text=data["text"],
            approved_by=data["approved_by"], acting_user=request.user,
        ),
        sent=(credential, form),
    )  # fmt: skip


def _save(request: SignedInRequest, save: Callable[[], object], **forms: Any) -> HttpResponse:
    try:
        save()
    except Refusal as refusal:
        return _show(request, status=422, refusal=str(refusal), **forms)
    messages.success(request, "Saved. It holds from now on.")
    return redirect("settings_work")


def _show(
    request: SignedInRequest,
    *,
    status: int = 200,
    sent: tuple[str, Any] = ("", None),
    **more: Any,
) -> HttpResponse:
    practice = request.practice
    settings, people = settings_of(practice), practitioner_people(practice)
    may_change = request.membership.has_role(Role.PRACTICE_MANAGER)
    last = settings.last_in_line
    known = {name: getattr(settings, name) for name in NUMBERS}
    context = {
        "here": "settings", "tab": "work", "may_change": may_change,
        "managers": [] if may_change else manager_names(practice),
        "form": WorkForm(
            people=people, initial={**known, "last_in_line": str(last.public_id) if last else ""}
        ),
        "deputies_form": DeputiesForm(people=people, deputies=deputies_of(practice)),
        "protocols": [
            (one, _kept(sent, one.kind) or ProtocolForm(
                initial={"steps": "\n".join(one.steps)}, auto_id=f"{one.kind}-%s"
            ))
            for one in protocols_of(practice)
        ],
        "orders": [
            (one, _kept(sent, one.credential) or OrderForm(
                initial={"text": one.text}, auto_id=f"{one.credential}-%s"
            ))
            for one in orders_of(practice)
        ],
        **more,
    }  # fmt: skip
    if not may_change:
        _lock(context)
    return render_page(request, "outreach/settings_work.html", context, part="page", status=status)


def _lock(context: dict[str, Any]) -> None:
    """Who only reads sees the fields and changes none."""
    forms = [context["form"], context["deputies_form"]]
    forms += [form for _, form in (*context["protocols"], *context["orders"])]
    for form in forms:
        for field in form.fields.values():
            field.disabled = True


def _kept(sent: tuple[str, Any], key: str) -> Any:
    """The form as it was sent, with the ids of its place."""
    if sent[0] != key or sent[1] is None:
        return None
    sent[1].auto_id = f"{key}-%s"
    return sent[1]
