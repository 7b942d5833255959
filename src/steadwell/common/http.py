"""The few things every view needs."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from steadwell.practices.models import Membership, Person, Practice

EVIDENCE_HEADER = "X-Steadwell-Evidence"


class SignedInRequest(HttpRequest):
    """A request whose person is signed in; `practice` is the one they work in at the moment."""

    if TYPE_CHECKING:
        user: Person
        membership: Membership
        practice: Practice


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def has_left_evidence(request: HttpRequest) -> bool:
    """Whether a person is behind the request: every page is, a heartbeat only where it says so."""
    return request.headers.get(EVIDENCE_HEADER, "1") != "0"


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    part: str,
    status: int = 200,
) -> HttpResponse:
    """The whole page, or for htmx only its `part`.

    The view names the part, never the browser, so a request cannot pull out a piece of a
    template that a permission check was wrapped around.
    """
    name = f"{template}#{part}" if is_htmx(request) else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    response["Cache-Control"] = "no-store"
    return response


def takes_forms_only(view: Any) -> bool:
    """Whether a view answers POST alone: `require_POST` keeps its list in a cell of its wrapper."""
    while view is not None:
        cells = getattr(view, "__closure__", None) or ()
        if any(cell.cell_contents == ["POST"] for cell in cells):
            return True
        view = getattr(view, "__wrapped__", None)
    return False
