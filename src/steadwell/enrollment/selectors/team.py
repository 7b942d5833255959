"""Those who may be a patient's own contact."""

from typing import Final

from django.db.models import Q

from steadwell.common.clock import today_in
from steadwell.practices.models import Person, Practice, Role

CARE_TEAM: Final = (Role.CARE_MANAGER, Role.PRACTITIONER)


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
