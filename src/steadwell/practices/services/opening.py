"""A practice that joins: its entry in the directory, its own table of credentials, its first manager."""

import re
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction

from steadwell.audit.services import audit_trail, record
from steadwell.common.errors import Refusal
from steadwell.common.tenancy import Scope, current_scope, enter_scope
from steadwell.practices.models import (
    CredentialRule,
    Membership,
    Person,
    Practice,
    PracticeProfile,
    Role,
    StaffCredential,
)
from steadwell.practices.services.staff import invite_member

SLUG: Final = re.compile(r"[a-z][a-z0-9-]{1,58}[a-z0-9]")

# What a practice begins with and changes as it sees fit: whose time counts, and for whom the clock runs.
COUNTING: Final = {
    "physician": ("practitioner", "by_hand"),
    "np": ("practitioner", "by_hand"),
    "pa": ("practitioner", "by_hand"),
    "cns": ("practitioner", "by_hand"),
    "cnm": ("practitioner", "by_hand"),
    "rn": ("clinical_staff", "automatic"),
    "lpn": ("clinical_staff", "automatic"),
    "cma": ("clinical_staff", "automatic"),
    "pharmacist": ("clinical_staff", "by_hand"),
    "social_worker": ("clinical_staff", "by_hand"),
    "non_clinical": ("non_clinical", "never"),
}


class NotOpened(Refusal):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPractice:
    """The entry in the directory: `slug` for commands and addresses, `time_zone` as America/New_York."""

    slug: str
    name: str
    kind: str
    time_zone: str


@transaction.atomic
def open_practice(
    *,
    new: NewPractice,
    manager_email: str,
    manager_name: str,
    acting_user: Person | None,
    origin: str,
) -> Membership:
    """A new practice with its first practice manager, who sets up the rest.

    `acting_user` is the operator, or None for whoever sits at the command line. The transaction
    comes back in the scope it had: operators read no practice's rows.

    Raises:
        NotOpened: the slug is taken or is no slug.
        Refusal: the manager's address cannot be used, see `invite_member`.
    """
    if not SLUG.fullmatch(new.slug):
        raise NotOpened(
            f"{new.slug!r} is no short name. Write 3 to 60 lower-case letters, digits and hyphens, a"
            " letter first: elm-street."
        )
    before = current_scope()
    try:
        with audit_trail(
            practice_id=None, person_id=acting_user.pk if acting_user else None, origin=origin
        ) as trail:
            practice = _enter_new(new)
            trail.practice_id = practice.pk
            record("practices.opened", subject=f"practice/{practice.pk}", reason=new.slug)
            return _with_manager(practice, manager_email, manager_name, acting_user)
    finally:
        if not connection.needs_rollback:
            enter_scope(before)


def _enter_new(new: NewPractice) -> Practice:
    """The practice's row, seen through its exact slug until its own scope is entered."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL steadwell.practice_slug = '{new.slug}'")
        if Practice.objects.filter(slug=new.slug).exists():
            raise NotOpened(f"{new.slug} is taken. Choose another short name.")
        practice = Practice.objects.create(
            slug=new.slug, name=new.name.strip(), kind=new.kind, time_zone=new.time_zone
        )
        cursor.execute("SET LOCAL steadwell.practice_slug = ''")
    enter_scope(Scope(practice_id=practice.pk))
    return practice


def _with_manager(
    practice: Practice, email: str, full_name: str, acting_user: Person | None
) -> Membership:
    PracticeProfile.objects.create(practice=practice)
    CredentialRule.objects.bulk_create(
        CredentialRule(practice=practice, credential=credential, counting=counting, clock=clock)
        for credential, (counting, clock) in COUNTING.items()
    )
    return invite_member(
        practice=practice,
        email=email,
        full_name=full_name,
        roles=[Role.PRACTICE_MANAGER],
        credential=StaffCredential.NON_CLINICAL,
        acting_user=acting_user,
    )
