"""Who will not reach the next step this month, and what a contact would be for."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from steadwell.audit.services import record_view
from steadwell.common.clock import today_in
from steadwell.common.http import SignedInRequest, render_page
from steadwell.outreach import services
from steadwell.outreach.lists import list_of
from steadwell.outreach.selectors.day import Wanted, standings
from steadwell.outreach.selectors.outlook import forecast_of, is_early, judged
from steadwell.outreach.worklist.forecast import FROM_DAY
from steadwell.practices.access import for_members
from steadwell.practices.models import Role
from steadwell.timekeeping.services import close_stale_clocks

MOST = 100


@for_members(Role.CARE_MANAGER, Role.PRACTITIONER, Role.PRACTICE_MANAGER, Role.COMPLIANCE)
@require_GET
def forecast(request: SignedInRequest) -> HttpResponse:
    close_stale_clocks(practice_id=request.practice.pk)
    services.renew_standings(request.practice)
    today, found = today_in(request.practice.zone), list_of(request)
    rows = standings(request.practice, Wanted(), found.contact)
    said = None if is_early(today) else forecast_of(request.practice, rows, today, MOST)
    record_view(
        "forecast.viewed", patient_ids=[one.patient.pk for one in said.contacts] if said else []
    )
    context = {
        "here": "today", "day": today, "forecast": said, "from_day": FROM_DAY, "most": MOST,
        "judged": judged(request.practice, today), "people": found.people, "who": found.wanted.who,
    }  # fmt: skip
    return render_page(request, "outreach/forecast.html", context, part="forecast")
