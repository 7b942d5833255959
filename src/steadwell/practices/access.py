"""Who may do what: the only ways from a request to a membership, and the gates on views."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from steadwell.audit.services import record_refusal
from steadwell.common.clock import today_in
from steadwell.common.http import SignedInRequest
from steadwell.practices.models import Membership, Payer, Person, Practitioner

PRACTICE_KEY = "practice_id"


def memberships_of(person: Person) -> list[Membership]:
    """The person's running memberships, by practice name. Their own rows are always visible.

    A first and a last day are days on the practice's own wall.
    """
    rows = (
        Membership.objects.select_related("practice")
        .filter(person=person)
        .order_by("practice__name", F("practice_id"))
    )
    mine = [one for one in rows if _runs_today(one)]
    for one in mine:
        one.person = person
    return mine


def _runs_today(membership: Membership) -> bool:
    today = today_in(membership.practice.zone)
    return membership.starts_on <= today and (
        membership.ends_on is None or today <= membership.ends_on
    )


def has_role_in(practice_id: int, person: Person, *roles: str) -> bool:
    """Whether the person holds one of the roles in the practice today, by its own wall."""
    held = Membership.objects.select_related("practice").filter(
        practice_id=practice_id, person=person
    )
    return any(one.has_role(*roles) and _runs_today(one) for one in held)


def membership_at_work(request: HttpRequest) -> Membership | None:
    """The membership the session chose, else the first one; None for strangers and operators."""
    if not isinstance(request.user, Person):
        return None
    mine = memberships_of(request.user)
    request.memberships = mine  # type: ignore[attr-defined]
    chosen = request.session.get(PRACTICE_KEY)
    return next((one for one in mine if one.practice_id == chosen), mine[0] if mine else None)


def for_members(
    *roles: str,
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """A view for people who work in a practice; with `roles`, only for those.

    The wrong role in one's own practice is a 403 that leaves an audit event.
    """

    def gate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @login_required
        @wraps(view)
        def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.membership is None:
                return redirect("no_practice")
            require_role(request, *roles)
            return view(request, *args, **kwargs)

        return guarded

    return gate


def require_role(request: SignedInRequest, *roles: str) -> None:
    """Refuse those who hold none of `roles` in the practice they work in (no roles: everybody may)."""
    if roles and not request.membership.has_role(*roles):
        record_refusal(f"page.{request.resolver_match.view_name if request.resolver_match else ''}")
        raise PermissionDenied(
            "This needs another role in this practice. Ask your practice manager."
        )


def membership_for(request: SignedInRequest, public_id: UUID) -> Membership:
    """Somebody's work in the practice worked in, running or over."""
    return get_object_or_404(
        Membership.objects.select_related("person", "practice"),
        practice=request.practice,
        public_id=public_id,
    )


def practitioner_for(request: SignedInRequest, public_id: UUID) -> Practitioner:
    return get_object_or_404(Practitioner, practice=request.practice, public_id=public_id)


def payer_for(request: SignedInRequest, public_id: UUID) -> Payer:
    return get_object_or_404(Payer, practice=request.practice, public_id=public_id)
