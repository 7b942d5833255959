"""Those who may be a patient's own contact."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from steadwell.common.clock import today_in
from steadwell.enrollment.models import DesignatedContact
from steadwell.practices.models import Membership, Person, Practice, Role

CARE_TEAM: Final = (Role.CARE_MANAGER, Role.PRACTITIONER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Whom the form proposes as a patient's own contact, and why, in a sentence."""

    person: Person
    why: str


def proposed_contact(asked_by: Membership) -> Proposal | None:
    """The care manager who asks, else the one with the fewest patients of their own.

    Where nobody is a care manager, a practitioner; nobody where nobody gives care here.
    """
    if asked_by.has_role(Role.CARE_MANAGER):
        return Proposal(person=asked_by.person, why="You are a care manager here.")
    practice = asked_by.practice
    today = today_in(practice.zone)
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    team = Membership.objects.filter(
        running, practice=practice, starts_on__lte=today, roles__overlap=list(CARE_TEAM)
    ).select_related("person")
    load = Counter(
        DesignatedContact.objects.filter(
            running, practice=practice, starts_on__lte=today
        ).values_list("person_id", flat=True)
    )
    free = min(
        team,
        key=lambda one: (
            not one.has_role(Role.CARE_MANAGER),
            load[one.person_id],
            one.person.full_name,
        ),
        default=None,
    )
    if free is None:
        return None
    many = load[free.person_id]
    has = f"{many} patient{'' if many == 1 else 's'} of their own" if many else "no patient yet"
    what = "care managers" if free.has_role(Role.CARE_MANAGER) else "practitioners"
    return Proposal(
        person=free.person, why=f"{free.person.full_name} has {has}: the fewest of the {what}."
    )


def care_team(practice: Practice) -> list[Person]:
    """Care managers and practitioners who work here today, by name."""
    today = today_in(practice.zone)
    return list(
        Person.objects.filter(
            Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=today),
            memberships__practice=practice,
            memberships__starts_on__lte=today,
            memberships__roles__overlap=list(CARE_TEAM),
        )
        .distinct()
        .order_by("full_name")
    )
