"""Payers and charges."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from steadwell.common.clock import today_in
from steadwell.common.http import SignedInRequest
from steadwell.practices import services
from steadwell.practices.access import payer_for
from steadwell.practices.checklist import payer_gaps
from steadwell.practices.forms import ChargeForm, PayerForm
from steadwell.practices.models import Payer
from steadwell.practices.selectors import charges_of, charges_on, payers_of
from steadwell.practices.views.pages import answer, sent, settings_page, show


@settings_page
def payers(request: SignedInRequest) -> HttpResponse:
    rows = [(one, payer_gaps(one)) for one in payers_of(request.practice)]
    return show(request, "payers", "payers", {"rows": rows})


@settings_page
def payer_new(request: SignedInRequest) -> HttpResponse:
    return _payer_page(request, None)


@settings_page
def payer(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    return _payer_page(request, payer_for(request, public_id))


def _payer_page(request: SignedInRequest, there: Payer | None) -> HttpResponse:
    form = PayerForm(
        sent(request),
        practice=request.practice,
        initial=_initial(there)
        if there
        else {
            "filing_limit_days": 365,
            "appeal_days": 120,
            "usage_indicator": "T",
            "sender_qualifier": "ZZ",
            "receiver_qualifier": "ZZ",
            "delimiters": "*:^~",
        },
    )

    def save() -> None:
        values = form.cleaned_data
        if there:
            services.change_payer(payer=there, values=values, acting_user=request.user)
        else:
            services.add_payer(practice=request.practice, values=values, acting_user=request.user)

    return answer(
        request,
        form,
        save=save,
        done="The payer is saved.",
        then="settings_payers",
        page=partial(show, request, "payer", "payers", {"form": form, "there": there}),
    )


def _initial(there: Payer) -> dict[str, Any]:
    return {name: getattr(there, name) for name in PayerForm.base_fields}


@settings_page
def charges(request: SignedInRequest) -> HttpResponse:
    """The practice's own prices by code and date: a new one follows, none is changed."""
    practice = request.practice
    today = today_in(practice.zone)
    form = ChargeForm(sent(request), practice=practice, initial={"starts_on": today})
    context = {
        "form": form,
        "charges": charges_of(practice),
        "current": {charge.pk for charge in charges_on(practice, today).values()},
        "today": today,
    }
    return answer(
        request,
        form,
        save=lambda: services.add_charge(
            practice=practice, acting_user=request.user, **form.cleaned_data
        ),
        done="The charge is added. Those before it stay as they were.",
        then="settings_charges",
        page=partial(show, request, "charges", "charges", context),
    )
