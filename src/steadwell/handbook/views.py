"""The rulebook's pages. Facts come by POST alone, are decided, and are not kept."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from steadwell.common.clock import today_in
from steadwell.common.http import SignedInRequest, render_page
from steadwell.handbook.access import READS
from steadwell.handbook.filling import Filling, example
from steadwell.handbook.read_back import filled_from
from steadwell.handbook.selectors import locality_of
from steadwell.handbook.trying import LONGEST, MOST_CASES, Tried, try_text
from steadwell.practices.access import for_members
from steadwell.practices.models import Practice
from steadwell.rules import PatientMonth, facts_as_mapping, load_rulebook
from steadwell.rules.case_text import case_as_text
from steadwell.rules.explaining import ProgramThen, explain, programs_on
from steadwell.rules.nameless import nameless
from steadwell.rules.rulebook import gaps
from steadwell.rules.rulebook.sources import GRADES

POST = "POST"


@require_GET
@for_members(*READS)
def rules(request: SignedInRequest) -> HttpResponse:
    """Programs and codes in effect on a day."""
    day, problem = _asked_day(request)
    programs: tuple[ProgramThen, ...] = ()
    if day is not None:
        try:
            programs = programs_on(day)
        except ValueError as error:  # not verified, or a year without months
            problem = str(error)
    book = load_rulebook()
    unread = sum(source.read_by is None for source in book.sources.values())
    context = {"programs": programs, "gaps": gaps(), "book": book, "unread": unread}
    return _on_a_day(request, "handbook/rules.html", day, problem, context)


@require_GET
@for_members(*READS)
def rules_code(request: SignedInRequest, code: str) -> HttpResponse:
    """A code on a day: every rule, who says so, what was before."""
    day, problem = _asked_day(request)
    at = request.GET.get("at", "").strip()[:20] or locality_of(request.practice)
    found = None
    try:
        found = explain(code, day, locality=at or None)
    except LookupError as error:
        raise Http404 from error
    except ValueError as error:  # not verified, or a year without months
        problem = str(error)
    context = {
        "found": found if day else None,
        "code": code.upper(),
        "grades": GRADES,
        "at": at,
        "localities": sorted(
            load_rulebook().fees.localities.values(), key=lambda each: (each.state, each.key)
        ),
    }
    return _on_a_day(request, "handbook/code.html", day, problem, context)


@require_http_methods(["GET", POST])
@for_members(*READS)
def rules_try(request: SignedInRequest) -> HttpResponse:
    """A case in a form; its text beside what comes of it."""
    if request.method != POST:
        return _form_page(request, Filling.unbound(*example(_today(request.practice))))
    if "text" in request.POST:
        return _text_in_the_form(request, request.POST["text"])
    if "more" in request.POST:
        return _form_page(request, Filling.sent(request.POST, one_more=True))
    filling = Filling.sent(request.POST)
    if not filling.is_right:
        return _form_page(request, filling, status=422)
    tried = try_text(case_as_text(filling.facts()))
    return _form_page(request, filling, tried, status=422 if tried.is_refused else 200)


@require_http_methods(["GET", POST])
@for_members(*READS)
def rules_try_text(request: SignedInRequest) -> HttpResponse:
    """A case, or a file of cases, as text."""
    if request.method != POST:
        fields, entries = example(_today(request.practice))
        filling = Filling.of(fields, entries)
        text = case_as_text(filling.facts()) if filling.is_right else ""
        return _text_page(request, Tried(text), {})
    tried = try_text(request.POST.get("text", "").replace("\r\n", "\n"))
    asked = request.POST.get("show", "")
    shown = tried.only or next((each for each in tried.trials if str(each.number) == asked), None)
    context = {"shown": shown, "decided": True}
    return _text_page(request, tried, context, status=422 if tried.is_refused else 200)


def opened_case(request: SignedInRequest, facts: PatientMonth) -> HttpResponse:
    """A month of a chart as text, without whom it is about, beside what comes of it."""
    tried = try_text(case_as_text(facts_as_mapping(nameless(facts))))
    context = {"shown": tried.only, "decided": True, "from_chart": True}
    return _text_page(request, tried, context)


def _today(practice: Practice) -> date:
    """Today, or the last day for which the rules are verified."""
    return min(today_in(practice.zone), load_rulebook().verified_through)


def _asked_day(request: SignedInRequest) -> tuple[date | None, str]:
    """The day of the address, else today; and what is wrong with it."""
    asked = request.GET.get("on", "").strip()
    if not asked:
        return _today(request.practice), ""
    try:
        return date.fromisoformat(asked[:40]), ""
    except ValueError:
        return None, f"“{asked[:40]}” is no day of the calendar. Choose one, as 2026-03-01."


def _on_a_day(
    request: SignedInRequest, template: str, day: date | None, problem: str, context: dict[str, Any]
) -> HttpResponse:
    asked = request.GET.get("on", "") if day is None else day.isoformat()
    frame = {"here": "rules", "tab": "codes", "day": day, "asked": asked[:40], "problem": problem}
    frame["verified_through"] = load_rulebook().verified_through
    status = 422 if problem else 200
    return render_page(request, template, frame | context, part="page", status=status)


def _text_in_the_form(request: SignedInRequest, text: str) -> HttpResponse:
    """A text taken into the form, or the page of the text where the form cannot hold it."""
    tried = try_text(text.replace("\r\n", "\n"))
    filling = filled_from(tried.only.case) if tried.only and not tried.problem else None
    if filling is None:
        context = {"shown": tried.only, "decided": True, "too_much": not tried.problem}
        return _text_page(request, tried, context, status=422)
    return _form_page(request, filling, tried)


def _form_page(
    request: SignedInRequest, filling: Filling, tried: Tried | None = None, *, status: int = 200
) -> HttpResponse:
    context = {
        "here": "rules",
        "tab": "try",
        "filling": filling,
        "tried": tried,
        "trial": tried.only if tried else None,
        "has_errors": status == 422 and tried is None,
    }
    return render_page(request, "handbook/try.html", context, part="trial", status=status)


def _text_page(
    request: SignedInRequest, tried: Tried, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    frame = {"here": "rules", "tab": "text", "tried": tried, "longest": LONGEST, "most": MOST_CASES}
    return render_page(
        request, "handbook/try_text.html", frame | context, part="trial", status=status
    )
