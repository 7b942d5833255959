"""Around every request: one local host name, sign-out when idle, and the practice worked in."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from steadwell.audit.services import audit_trail, record_refusal
from steadwell.common.http import has_left_evidence, takes_forms_only
from steadwell.common.tenancy import Scope, enter_scope
from steadwell.practices.access import membership_at_work

Handler = Callable[[HttpRequest], HttpResponseBase]
LAST_EVIDENCE = "last_evidence_at"
EVIDENCE_KEPT_EVERY = 60  # seconds, and a fifteenth of a shorter limit
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
WITHOUT_SECOND_FACTOR = ("/accounts/", "/theme/", "/healthz")  # enough to set one up, or to leave


def one_local_host(get_response: Handler) -> Handler:
    """Passkeys belong to one host name: on this computer that is localhost, not 127.0.0.1."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        host, colon, port = request.META.get("HTTP_HOST", "").partition(":")
        if host == "127.0.0.1" and (not port or port.isdecimal()):
            here = f"{request.scheme}://localhost{colon}{port}"
            return HttpResponseRedirect(f"{here}{request.get_full_path()}")
        return get_response(request)

    return middleware


def refuse_what_no_keyboard_types(get_response: Handler) -> Handler:
    """A NUL character is in no name and no note, and PostgreSQL keeps none: it is refused at the door."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        sent = (
            text
            for fields in (request.GET, request.POST)
            for name, values in fields.lists()
            for text in (name, *values)
        )
        if any("\0" in str(text) for text in sent):
            raise BadRequest("The request holds a NUL character.")
        return get_response(request)

    return middleware


def sign_out_when_idle(get_response: Handler) -> Handler:
    """After STEADWELL_IDLE_MINUTES without evidence of a person, the session ends.

    A heartbeat counts only where it says that somebody typed, scrolled or is on a call. The moment is
    written down once a minute, or oftener where the limit is
    short: a session may end a fifteenth of its limit early, a minute at most, and never late.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return get_response(request)
        now = datetime.now(UTC).timestamp()
        last = request.session.get(LAST_EVIDENCE, now)
        if now - last > settings.IDLE_MINUTES * 60:
            return _signed_out(request)
        every = min(EVIDENCE_KEPT_EVERY, settings.IDLE_MINUTES * 60 / 15)
        is_known = LAST_EVIDENCE in request.session and now - last <= every
        if has_left_evidence(request) and not is_known:
            request.session[LAST_EVIDENCE] = now
        return get_response(request)

    return middleware


def work_in_practice(get_response: Handler) -> Handler:
    """A transaction bound to the person and the practice, with its audit trail written last.

    The view runs in a savepoint inside it (ATOMIC_REQUESTS), so that what a refused or
    failed view tried is undone while its audit event stays.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with transaction.atomic():
            person_id = request.user.pk if request.user.is_authenticated else None
            enter_scope(Scope(person_id=person_id))
            membership = membership_at_work(request)
            practice_id = membership.practice_id if membership else None
            request.membership = membership  # type: ignore[attr-defined]
            request.practice = membership.practice if membership else None  # type: ignore[attr-defined]
            enter_scope(Scope(person_id=person_id, practice_id=practice_id))
            zone = membership.practice.zone if membership else None
            with (
                timezone.override(zone),
                audit_trail(practice_id=practice_id, person_id=person_id, origin=_origin(request)),
            ):
                return get_response(request)

    return middleware


def ask_for_a_second_factor(get_response: Handler) -> Handler:
    """Whoever has a role of STEADWELL_SECOND_FACTOR sets up a passkey or an app before anything else.

    Once one is set up, allauth asks for it at every sign-in; here nobody gets by without.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not _lacks_second_factor(request):
            return get_response(request)
        request.lacks_second_factor = True  # type: ignore[attr-defined]
        if request.path_info.startswith(WITHOUT_SECOND_FACTOR):
            return get_response(request)
        record_refusal("page.second_factor_missing")
        return _sent_to(request, reverse("mfa_index"), status_for_scripts=403)

    return middleware


def _lacks_second_factor(request: HttpRequest) -> bool:
    if not settings.SECOND_FACTOR_ROLES or not request.user.is_authenticated:
        return False
    membership = getattr(request, "membership", None)
    roles = set(membership.roles) if membership else set()
    if getattr(request.user, "is_operator", False):
        roles.add("operator")
    return bool(roles & settings.SECOND_FACTOR_ROLES) and not is_mfa_enabled(
        request.user, types=SECOND_FACTORS
    )


def show_where_a_form_is(get_response: Handler) -> Handler:
    """An address that only takes what a form sends, opened as a page, names the page of the form."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = render(
            request, "405.html", {"form_page": _page_above(request.path_info)}, status=405
        )
        page["Allow"] = response["Allow"]
        return page

    return middleware


def _page_above(path: str) -> str:
    """The nearest address above that can be opened."""
    parts = path.strip("/").split("/")
    for length in range(len(parts) - 1, 0, -1):
        above = f"/{'/'.join(parts[:length])}/"
        with suppress(Resolver404):
            if not takes_forms_only(resolve(above).func):
                return above
    return ""


def _signed_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    address = (
        f"{settings.IDLE_LOGIN_URL}?{urlencode({'next': request.get_full_path(), 'idle': '1'})}"
    )
    return _sent_to(request, address, status_for_scripts=401)


def _sent_to(request: HttpRequest, address: str, *, status_for_scripts: int) -> HttpResponse:
    """Elsewhere, in the way that a page, htmx and a script understand."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=status_for_scripts)
    return HttpResponseRedirect(address)


def _origin(request: HttpRequest) -> str:
    return f"web {request.META.get('REMOTE_ADDR', '')}"[:120]
