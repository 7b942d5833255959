"""Who runs the platform: a person of their own, on no practice's staff."""

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.errors import Refusal
from steadwell.practices.models import Person


@transaction.atomic
def add_operator(*, email: str, full_name: str) -> Person:
    """A sign-in without a password yet, for whoever runs the platform. From the command line only.

    Raises:
        Refusal: somebody signs in with this address already, so it would read a practice's rows.
    """
    email = email.strip().lower()
    if Person.objects.filter(email=email).exists():
        raise Refusal(
            f"{email} signs in already. Operators read no practice's records: give whoever runs the"
            " platform an address of its own."
        )
    person = Person.objects.create_user(email, full_name=full_name.strip(), is_operator=True)
    record("practices.operator_added", subject=f"person/{person.pk}")
    return person
