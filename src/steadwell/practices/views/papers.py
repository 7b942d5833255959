"""Licenses, exclusion checks and agreements of those who work here, and how long records are kept."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest
from steadwell.practices import services
from steadwell.practices.access import membership_for
from steadwell.practices.forms import (
    AgreementForm,
    EverybodyForm,
    ExclusionForm,
    LicenseForm,
    RetentionForm,
)
from steadwell.practices.forms.base import SettingsForm
from steadwell.practices.models import ExclusionCheck, Membership, RetentionRule
from steadwell.practices.papers import Papers, papers_of, papers_of_everybody, years_kept
from steadwell.practices.selectors import members_of, practitioners_of
from steadwell.practices.services.papers import FLOOR
from steadwell.practices.views.pages import sent, settings_page, show


@settings_page
def papers(request: SignedInRequest) -> HttpResponse:
    """Everybody's papers at a glance; a POST says that all were looked up and nobody was found."""
    today = today_in(request.practice.zone)
    form = EverybodyForm(sent(request), practice=request.practice, initial={"checked_on": today})
    if request.method == "POST" and form.is_valid():
        rows = services.record_exclusion_checks(
            memberships=members_of(request.practice), acting_user=request.user,
            result=ExclusionCheck.Result.CLEAR, **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, f"Kept for {len(rows)} people: nobody is on the lists.")
        return redirect("settings_papers")
    month = today.replace(day=1)
    context = {
        "form": form,
        "today": today,
        "rows": [_row(one, today, month) for one in papers_of_everybody(request.practice)],
    }
    status = 422 if request.method == "POST" else 200
    return show(request, "papers", "staff", context, status=status)


def _row(found: Papers, today: Any, month: Any) -> dict[str, Any]:
    return {
        "member": found.membership,
        "licenses": found.standing_licenses,
        "is_licensed": bool(found.licenses_on(today)),
        "checked": next(iter(found.checks_within(month, today)), None),
        "last_check": next(iter(found.checks), None),
        "agreement": found.agreement_on(today),
    }


@settings_page
def member_papers(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One person's papers, with a form for each kind."""
    return _member_page(request, membership_for(request, public_id))


@settings_page
@require_POST
def member_paper(request: SignedInRequest, public_id: UUID, paper: str) -> HttpResponse:
    """Record one more paper: `license`, `exclusion` or `agreement`."""
    there = membership_for(request, public_id)
    form = _forms(request, there, paper).get(paper)
    if form is None:
        raise Http404
    save: dict[str, Callable[..., object]] = {
        "license": partial(services.record_license, membership=there),
        "exclusion": partial(services.record_exclusion_checks, memberships=[there]),
        "agreement": lambda acting_user, **values: services.record_agreement(
            membership=there, values=values, acting_user=acting_user
        ),
    }
    if form.is_valid():
        try:
            save[paper](acting_user=request.user, **form.cleaned_data)
        except Refusal as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, f"{there.person.full_name}: recorded.")
            return redirect("settings_member_papers", there.public_id)
    return _member_page(request, there, {paper: form}, status=422)


def _member_page(
    request: SignedInRequest,
    there: Membership,
    given: dict[str, SettingsForm] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    forms = {**_forms(request, there, ""), **(given or {})}
    context = {
        "there": there,
        "papers": papers_of(request.practice, [there.pk])[there.pk],
        **{f"{name}_form": form for name, form in forms.items()},
    }
    return show(request, "member_papers", "staff", context, status=status)


def _forms(request: SignedInRequest, there: Membership, bound: str) -> dict[str, SettingsForm]:
    today = today_in(request.practice.zone)
    practitioners = practitioners_of(request.practice)

    def form(kind: type[SettingsForm], name: str, **options: Any) -> SettingsForm:
        data = request.POST if name == bound else None
        return kind(data, practice=request.practice, auto_id=f"{name}_%s", **options)

    return {
        "license": form(LicenseForm, "license"),
        "exclusion": form(ExclusionForm, "exclusion", initial={"checked_on": today}),
        "agreement": form(
            AgreementForm, "agreement", practitioners=practitioners,
            initial={"starts_on": there.starts_on, "in_us": True},
        ),
    }  # fmt: skip


@settings_page
def retention(request: SignedInRequest) -> HttpResponse:
    """How many years records are kept, by kind."""
    kind = request.POST.get("kind", "") if request.method == "POST" else ""
    forms = _retention_forms(request, kind)
    form = forms.get(kind)
    if request.method != "POST" or form is None:
        return _retention_page(request, forms)
    if form.is_valid():
        try:
            services.set_retention(
                practice=request.practice, kind=kind, acting_user=request.user, **form.cleaned_data
            )
        except Refusal as no:
            form.add_error("years", str(no))
        else:
            messages.success(request, f"{form.kind_words}: saved.")
            return redirect("settings_retention")
    return _retention_page(request, forms, status=422)


def _retention_page(
    request: SignedInRequest, forms: dict[str, RetentionForm], *, status: int = 200
) -> HttpResponse:
    rows = [(kind, forms[kind], FLOOR[RetentionRule.Kind(kind)]) for kind in forms]
    context = {"retention_forms": list(forms.values()), "rows": rows}
    return show(request, "retention", "retention", context, status=status)


def _retention_forms(request: SignedInRequest, bound: str) -> dict[str, RetentionForm]:
    years = years_kept(request.practice)
    return {
        kind: RetentionForm(
            request.POST if kind == bound else None,
            practice=request.practice,
            auto_id=f"{kind}_%s",
            initial={"years": years[kind]},
        ).of(str(label))
        for kind, label in RetentionRule.Kind.choices
    }
