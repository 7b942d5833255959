"""Those under whose number claims go out."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from steadwell.common.http import SignedInRequest
from steadwell.practices import services
from steadwell.practices.access import practitioner_for
from steadwell.practices.forms import PractitionerForm
from steadwell.practices.models import Practitioner
from steadwell.practices.selectors import members_of, practitioners_of
from steadwell.practices.views.pages import answer, sent, settings_page, show


@settings_page
def practitioners(request: SignedInRequest) -> HttpResponse:
    return show(
        request,
        "practitioners",
        "practitioners",
        {"practitioners": practitioners_of(request.practice)},
    )


@settings_page
def practitioner_new(request: SignedInRequest) -> HttpResponse:
    return _form_page(request, None)


@settings_page
def practitioner(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    return _form_page(request, practitioner_for(request, public_id))


def _form_page(request: SignedInRequest, there: Practitioner | None) -> HttpResponse:
    practice = request.practice
    form = PractitionerForm(
        sent(request),
        practice=practice,
        members=members_of(practice),
        initial=_initial(there) if there else {"participates": True},
    )

    def save() -> None:
        values = dict(form.cleaned_data)
        years = values.pop("years")
        if there:
            services.change_practitioner(
                practitioner=there,
                values=values,
                qualifying_years=years,
                acting_user=request.user,
            )
        else:
            services.add_practitioner(
                practice=practice, values=values, qualifying_years=years, acting_user=request.user
            )

    return answer(
        request,
        form,
        save=save,
        done="The practitioner is saved.",
        then="settings_practitioners",
        page=partial(
            show, request, "practitioner", "practitioners", {"form": form, "there": there}
        ),
    )


def _initial(there: Practitioner) -> dict[str, Any]:
    names = ("given_name", "family_name", "kind", "npi", "taxonomy", "ptan")
    years = sorted(one.year for one in there.qualifying_years.all())
    return {
        **{name: getattr(there, name) for name in names},
        "participates": there.participates,
        "is_active": there.is_active,
        "person": there.person_id,
        "years": ", ".join(str(year) for year in years),
    }
