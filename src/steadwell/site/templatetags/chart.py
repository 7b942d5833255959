"""What stands on top of every page of a chart: who it is, and the clock."""

from typing import Any

from django import template

from steadwell.enrollment.selectors import EnrollmentHeader, enrollment_header
from steadwell.outreach.calling import BeforeDialing
from steadwell.outreach.models import Absence
from steadwell.outreach.selectors.absence import contact_away_today
from steadwell.outreach.selectors.after_hours import gaps_of, tonight_of
from steadwell.patients.holds import SEES, standing_since
from steadwell.patients.models import LegalHold, Patient
from steadwell.patients.selectors import next_in_household
from steadwell.timekeeping.pages import panel_of, running_panel

register = template.Library()


@register.inclusion_tag("frame/patient.html", takes_context=True)
def chart_header(context: dict[str, Any]) -> dict[str, Any]:
    """Identity, and where the patient stands with the program."""
    patient, known = context["patient"], context.get("enrollment")
    if "header" in context:
        header = context["header"]
    else:
        header = known if isinstance(known, EnrollmentHeader) else enrollment_header(patient)
    return {
        "patient": patient, "today": context["today"], "header": header,
        "tonight": tonight_of(patient.practice), "zone": patient.practice.zone,
        "away": _away(context), "hold": _hold(context),
    }  # fmt: skip


def _hold(context: dict[str, Any]) -> LegalHold | None:
    """The hold that stands longest, for those who are told; the Record page has read them all."""
    if not context["request"].membership.has_role(*SEES):
        return None
    if "holds" in context:
        standing = [one for one in context["holds"] if not one.lifts.all()]
        return standing[-1] if standing else None
    return standing_since(context["patient"])


def _away(context: dict[str, Any]) -> Absence | None:
    """The absence of the patient's own person; the page of a call has read it already."""
    before = context.get("before")
    if not isinstance(before, BeforeDialing):
        return contact_away_today(context["patient"])
    return before.contact[1] if before.contact else None


@register.inclusion_tag("frame/on_call_alarm.html", takes_context=True)
def on_call_alarm(context: dict[str, Any]) -> dict[str, Any]:
    """The hours of the next two weeks for which nobody is named."""
    return {"gaps": gaps_of(context["request"].practice)}


@register.inclusion_tag("timekeeping/clock.html", takes_context=True)
def clock_panel(context: dict[str, Any]) -> dict[str, Any]:
    """The worker's clock on this chart, with the month so far."""
    return _clock(context)


@register.inclusion_tag("timekeeping/clock_ask.html", takes_context=True)
def clock_question(context: dict[str, Any]) -> dict[str, Any]:
    """Whether the person was at work during a silence; hidden until clock.js asks."""
    return _clock(context)


def _clock(context: dict[str, Any]) -> dict[str, Any]:
    request, patient = context["request"], context["patient"]
    panel = getattr(request, "clock_panel", None) or panel_of(patient, request.membership)
    request.clock_panel = panel
    return {
        "clock": panel,
        "patient": patient,
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "resting": request.GET.get("saved") == "1" or "peek" in request.GET,
        "peeking": "peek" in request.GET and panel.state != "running",
        "household": _household(request, patient) if panel.state != "never" else [],
    }


def _household(request: Any, patient: Patient) -> list[Patient]:
    """Read once for the panel and the question below it."""
    if not hasattr(request, "clock_household"):
        request.clock_household = next_in_household(patient)
    found: list[Patient] = request.clock_household
    return found


@register.inclusion_tag("timekeeping/running.html", takes_context=True)
def running_clock(context: dict[str, Any]) -> dict[str, Any]:
    """The clock on pages that belong to no chart: for whom it runs, and the way back."""
    request = context["request"]
    return {"running": running_panel(request.membership)}
