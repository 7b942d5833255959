"""How the practice wants its clocks: a page of the settings."""

from functools import partial

from django.http import HttpResponse

from steadwell.common.http import SignedInRequest
from steadwell.practices.selectors import members_of
from steadwell.practices.views.pages import answer, sent, settings_page, show
from steadwell.timekeeping import services
from steadwell.timekeeping.access import rules_of
from steadwell.timekeeping.forms_rules import ClockRulesForm
from steadwell.timekeeping.selectors import agreed_hours


@settings_page
def clock_rules(request: SignedInRequest) -> HttpResponse:
    practice = request.practice
    form = ClockRulesForm(
        sent(request), practice=practice, rules=rules_of(practice.pk),
        members=members_of(practice), agreed=agreed_hours(practice),
    )  # fmt: skip
    return answer(
        request,
        form,
        save=lambda: services.change_clock_rules(
            practice=practice, values=form.values, hours=form.hours, acting_user=request.user
        ),
        done="Saved. It holds from the next start of each clock.",
        then="settings_clock",
        page=partial(show, request, "timekeeping/rules", "clock", {"form": form}),
    )
