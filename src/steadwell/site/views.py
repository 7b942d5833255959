"""Pages that belong to no app: the switcher, the theme, and pages for when the answer is no."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from steadwell.audit.services import record
from steadwell.common.http import SignedInRequest
from steadwell.practices.access import PRACTICE_KEY, for_members, memberships_of
from steadwell.site.context import frame

THEMES = {"", "light", "dark"}


@login_required
@require_POST
def switch_practice(request: SignedInRequest) -> HttpResponse:
    """Work in another practice of one's own from now on."""
    try:
        wanted = UUID(request.POST.get("practice", ""))
    except ValueError:
        raise Http404 from None
    mine = {one.practice.public_id: one.practice_id for one in memberships_of(request.user)}
    if wanted not in mine:
        raise Http404
    request.session[PRACTICE_KEY] = mine[wanted]
    record("practice.entered", subject=f"practice/{mine[wanted]}")
    return redirect("home")


@login_required
@require_POST
def choose_theme(request: SignedInRequest) -> HttpResponse:
    """Light, dark, or as the computer has it."""
    theme = request.POST.get("theme", "")
    if theme not in THEMES:
        raise Http404
    request.user.theme = theme
    request.user.save(update_fields=["theme"])
    back = request.POST.get("next", "/")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return HttpResponseRedirect(back if is_ours else "/")


@for_members()
@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    """The first place of one's role: the worklist, for most."""
    return redirect(frame(request)["home"])


@for_members()
@require_GET
def more(request: SignedInRequest) -> HttpResponse:
    """On a phone: the places that do not fit into the bar below."""
    return render(request, "more.html", {"here": "more"})


@login_required
def no_practice(request: SignedInRequest) -> HttpResponse:
    """For people who belong to no practice now; whoever runs the platform has a page of their own."""
    if request.membership is not None:
        return redirect("home")
    if request.user.is_operator:
        return redirect("platform")
    return render(request, "no_practice.html")


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """For whatever watches the server: the process answers and the database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"why": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Without the request: whatever failed, the database say, must not fail again here."""
    return HttpResponse(render_to_string("500.html"), status=500)
