"""Who works here, and who is responsible for a patient."""

from django.db.models import Q, QuerySet

from steadwell.careplans.selectors import billing_practitioner_of
from steadwell.common.clock import today_in
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice, Role


def people_of(practice: Practice, *roles: str) -> QuerySet[Person]:
    """Who works here today in one of the roles (none: in any), by name."""
    today = today_in(practice.zone)
    at_work = Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=today)
    found = Person.objects.filter(
        at_work, memberships__practice=practice, memberships__starts_on__lte=today, is_active=True
    )
    if roles:
        found = found.filter(memberships__roles__overlap=list(roles))
    return found.distinct().order_by("full_name", "pk")


def practitioner_people(practice: Practice) -> list[Person]:
    return list(people_of(practice, Role.PRACTITIONER))


def responsible_for(patient: Patient) -> Person | None:
    """The billing practitioner's person; where there is none, the first practitioner by name."""
    practitioner = billing_practitioner_of(patient)
    people = practitioner_people(patient.practice)
    if practitioner is not None:
        own = next((one for one in people if one.pk == practitioner.person_id), None)
        if own is not None:
            return own
    return people[0] if people else None
