"""What every page's frame needs: who is at work, where, and where they may go."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from steadwell.practices.access import memberships_of
from steadwell.practices.models import Person, Role

ON_PHONE = 4  # the bar below holds five: four places and More

# Who has no business in a place does not see it there; its page still says why to those who ask.
CARE = (Role.CARE_MANAGER, Role.ENROLLMENT, Role.PRACTITIONER)
MONEY = (Role.PRACTICE_MANAGER, Role.COMPLIANCE)


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation, for people with one of `roles`."""

    name: str
    url_name: str
    icon: str
    roles: tuple[str, ...]


PLACES = (
    Place("Today", "today", "list-check", (*CARE, Role.PRACTICE_MANAGER)),
    Place("Patients", "patients", "users", (*CARE, *MONEY)),
    Place("Enrollment", "enrollment", "user-plus", (*CARE, Role.PRACTICE_MANAGER)),
    Place("Tasks", "tasks", "list-details", (*CARE, Role.PRACTICE_MANAGER)),
    Place("Questions", "escalations", "stethoscope", (*CARE, Role.PRACTICE_MANAGER)),
    Place(
        "Month end",
        "month_end",
        "calendar-dollar",
        (Role.CARE_MANAGER, Role.PRACTITIONER, *MONEY),
    ),
    Place("Claims", "claims", "file-invoice", MONEY),
    Place("Rules", "rules", "book", (Role.PRACTITIONER, *MONEY)),
    Place("My time", "my_day", "clock", (*CARE, *MONEY)),
    Place("Settings", "settings", "settings", MONEY),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for base.html; only what the entrance needs for people who are not signed in."""
    membership = getattr(request, "membership", None)
    user = getattr(request, "user", None)
    if membership is None or not isinstance(user, Person):
        return {"idle_minutes": settings.IDLE_MINUTES, "email_is_sent": settings.EMAIL_IS_SENT}
    places = [place for place in PLACES if membership.has_role(*place.roles)]
    return {
        "idle_minutes": settings.IDLE_MINUTES,
        "practice": membership.practice,
        "membership": membership,
        "places": places,
        "places_on_phone": places[:ON_PHONE],
        "places_under_more": places[ON_PHONE:],
        "home": places[0].url_name if places else "today",
        "memberships": getattr(request, "memberships", None) or memberships_of(user),
        "roles": Role,
    }
