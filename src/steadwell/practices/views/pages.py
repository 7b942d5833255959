"""What the settings' pages share: the gate, the frame, and how a form is answered."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect

from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.practices.access import for_members, require_role
from steadwell.practices.models import Role
from steadwell.practices.selectors import manager_names

READERS = (Role.PRACTICE_MANAGER, Role.COMPLIANCE, Role.PRACTITIONER)


def settings_page(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Practitioners and compliance read; only practice managers send anything."""

    @for_members(*READERS)
    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            require_role(request, Role.PRACTICE_MANAGER)
        return view(request, *args, **kwargs)

    return guarded


def show(
    request: SignedInRequest,
    template: str,
    tab: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of the settings; its forms are locked for those who only read."""
    may_change = request.membership.has_role(Role.PRACTICE_MANAGER)
    if not may_change:
        _lock(context)
    frame = {
        "here": "settings",
        "tab": tab,
        "may_change": may_change,
        "managers": [] if may_change else manager_names(request.practice),
    }
    file = f"{template if '/' in template else f'practices/{template}'}.html"
    return render_page(request, file, {**frame, **context}, part="page", status=status)


def sent(request: SignedInRequest) -> QueryDict | None:
    """What a form was sent with; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def answer(
    request: SignedInRequest,
    form: forms.Form,
    *,
    save: Callable[[], object],
    done: str,
    then: str,
    page: Callable[..., HttpResponse],
) -> HttpResponse:
    """Save what was sent and go on, or show the page again with what is wrong and what was typed."""
    if request.method != "POST":
        return page()
    if form.is_valid():
        try:
            save()
        except Refusal as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, done)
            return redirect(then)
    return page(status=422)


def _lock(context: dict[str, Any]) -> None:
    for value in context.values():
        for form in value if isinstance(value, list) else [value]:
            if isinstance(form, forms.BaseForm):
                for field in form.fields.values():
                    field.disabled = True
