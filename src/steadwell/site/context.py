"""What every page's frame needs: who is at work, where, and where they may go."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from steadwell.practices.access import memberships_of
from steadwell.practices.models import Person, Role


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation; `on_phone` are the ones that stay in the bar below."""

    name: str
    url_name: str
    icon: str
    roles: tuple[str, ...] = ()
    on_phone: bool = True


PLACES = (
    Place("Today", "today", "list-check"),
    Place("Patients", "patients", "users"),
    Place("Enrollment", "enrollment", "user-plus"),
    Place("Month end", "month_end", "calendar-dollar"),
    Place("Claims", "claims", "file-invoice", on_phone=False),
    Place("Settings", "settings", "settings", on_phone=False),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for base.html; nothing for people who are not signed in."""
    membership = getattr(request, "membership", None)
    user = getattr(request, "user", None)
    if membership is None or not isinstance(user, Person):
        return {}
    return {
        "practice": membership.practice,
        "membership": membership,
        "places": [
            place for place in PLACES if not place.roles or membership.has_role(*place.roles)
        ],
        "memberships": memberships_of(user),
        "roles": Role,
    }
