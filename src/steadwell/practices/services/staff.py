"""Who works in the practice, and with which rights."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.practices.models import (
    Membership,
    Person,
    Practice,
    Practitioner,
    Role,
)
from steadwell.practices.services.rights import (
    bind_practitioner,
    refuse_last_manager,
    refuse_no_role,
    refuse_own_rights,
    running,
)
from steadwell.practices.services.writing import subject_of, write_changes


@transaction.atomic
def invite_member(
    *,
    practice: Practice,
    email: str,
    full_name: str,
    roles: Collection[str],
    credential: str,
    practitioner: Practitioner | None = None,
    acting_user: Person | None,
) -> Membership:
    """A membership from today on; whoever is new to Steadwell gets a person without a password.

    Raises:
        Refusal: no role is given, the person works here already, or the role billing practitioner
            has no `practitioner` it stands on.
    """
    refuse_no_role(roles)
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        person = Person.objects.create_user(email.strip(), full_name=full_name.strip())
    if person.is_operator:
        raise Refusal("This address belongs to whoever runs the platform. Use another address.")
    if running(practice).filter(person=person).exists():
        raise Refusal(f"{person.full_name} already works here. Change that entry of the list.")
    membership = Membership.objects.create(
        practice=practice,
        person=person,
        roles=sorted(roles),
        credential=credential,
        starts_on=today_in(practice.zone),
    )
    bind_practitioner(membership, practitioner, acting_user=acting_user)
    record(
        "practices.member_invited",
        subject=subject_of(membership),
        reason=f"roles: {', '.join(sorted(roles))}; credential: {credential}",
    )
    return membership


@transaction.atomic
def change_member(
    *,
    membership: Membership,
    roles: Collection[str],
    credential: str,
    practitioner: Practitioner | None = None,
    acting_user: Person | None,
) -> Membership:
    """Other rights or another credential from now on. Minutes already recorded keep theirs.

    `acting_user` is None for whoever runs the platform, at the command line.

    Raises:
        Refusal: these are one's own rights, no role is left, nobody would manage the practice, or
            the role billing practitioner has no `practitioner` it stands on.
    """
    refuse_no_role(roles)
    membership = Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    if sorted(roles) != sorted(membership.roles) or credential != membership.credential:
        refuse_own_rights(membership, acting_user)
    if Role.PRACTICE_MANAGER not in roles:
        refuse_last_manager(membership)
    before = ", ".join(membership.roles)
    is_new_to_billing = Role.PRACTITIONER in roles and Role.PRACTITIONER not in membership.roles
    changed = write_changes(
        membership,
        {"roles": sorted(roles), "credential": credential},
        action="practices.member_changed",
    )
    if is_new_to_billing or practitioner:
        bind_practitioner(membership, practitioner, acting_user=acting_user)
    if "roles" in changed:
        record(
            "practices.rights_changed",
            subject=subject_of(membership),
            reason=f"{before} -> {', '.join(sorted(roles))}",
        )
    return membership


@transaction.atomic
def end_membership(
    *,
    membership: Membership,
    last_day: date,
    acting_user: Person,  # noqa: ARG001
) -> Membership:
    """The last day on which the person gets in; a day before today shuts them out at once.

    Raises:
        Refusal: it is over, the day is before the first, or nobody would manage the practice.
    """
    membership = Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    if membership.ends_on and membership.ends_on < today_in(membership.practice.zone):
        raise Refusal(
            f"This work ended on {membership.ends_on:%m/%d/%Y}. Invite the person again if they"
            " come back."
        )
    if last_day < membership.starts_on:
        raise Refusal(
            f"The last day is before the first, {membership.starts_on:%m/%d/%Y}. Choose that day"
            " or a later one."
        )
    refuse_last_manager(membership)
    membership.ends_on = last_day
    membership.save(update_fields=["ends_on"])
    record(
        "practices.membership_ended",
        subject=subject_of(membership),
        reason=f"last day {last_day:%m/%d/%Y}",
    )
    return membership
