"""The operator's pages. Nobody else gets in, and no row of a practice is read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from steadwell.audit.services import record_refusal
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest
from steadwell.practices.invitations import send_invitation, what_became_of_it
from steadwell.practices.models import Practice
from steadwell.practices.services import NewPractice, open_practice
from steadwell.site.platform.checks import State, all_checks
from steadwell.site.platform.forms import COMMON, OpeningForm


def for_operators(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    @login_required
    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_operator:
            record_refusal("page.platform")
            raise PermissionDenied("This page is for whoever runs the platform.")
        return view(request, *args, **kwargs)

    return guarded


@for_operators
@require_GET
def platform(request: SignedInRequest) -> HttpResponse:
    """Is it well, and whom does it serve."""
    checks = all_checks()
    context = {
        "checks": checks,
        "bad": sum(check.state is State.BAD for check in checks),
        "practices": Practice.objects.order_by("name", "pk"),
    }
    return render(request, "platform/platform.html", context)


@for_operators
@require_http_methods(["GET", "POST"])
def platform_open(request: SignedInRequest) -> HttpResponse:
    """A new practice: its entry, and the invitation of its first manager."""
    form = OpeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _open(request, form.cleaned_data)
        except Refusal as no:
            form.add_error(None, str(no))
        else:
            messages.success(
                request, f"{form.cleaned_data['name']} is opened. {what_became_of_it()}"
            )
            return redirect("platform")
    return render(
        request,
        "platform/open.html",
        {"form": form, "zones": COMMON},
        status=422 if form.is_bound else 200,
    )


@transaction.atomic
def _open(request: SignedInRequest, given: dict[str, str]) -> None:
    membership = open_practice(
        new=NewPractice(
            slug=given["slug"],
            name=given["name"],
            kind=given["kind"],
            time_zone=given["time_zone"],
        ),
        manager_email=given["manager_email"],
        manager_name=given["manager_name"],
        acting_user=request.user,
        origin="web platform",
    )
    send_invitation(request, membership)
