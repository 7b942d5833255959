"""Whose rights may be changed by whom.

A right to clinical acts is never one's own gift: a manager changes everybody's rights but their
own, and the role billing practitioner stands on a practitioner of the practice with a valid NPI.
"""

from collections.abc import Collection

from django.db import models

from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.practices.identifiers import npi_fault
from steadwell.practices.models import Membership, Person, Practice, Practitioner, Role
from steadwell.practices.services.writing import write_changes


def running(practice: Practice) -> models.QuerySet[Membership]:
    """Who works here today or will."""
    today = today_in(practice.zone)
    return Membership.objects.filter(
        models.Q(ends_on=None) | models.Q(ends_on__gte=today), practice=practice
    )


def other_managers(membership: Membership) -> models.QuerySet[Membership]:
    """Those who manage the practice beside this person, without a last day."""
    return (
        running(membership.practice)
        .filter(roles__contains=[Role.PRACTICE_MANAGER], ends_on=None)
        .exclude(pk=membership.pk)
    )


def refuse_no_role(roles: Collection[str]) -> None:
    if not roles:
        raise Refusal("Without a role a person sees nothing. Choose one, or end the membership.")


def refuse_own_rights(membership: Membership, acting_user: Person | None) -> None:
    """Nobody gives themselves rights, or a credential that makes their minutes count."""
    if acting_user is not None and membership.person_id == acting_user.pk:
        raise Refusal(
            "These are your own rights, and nobody changes their own. "
            + who_may_change(other_managers(membership))
        )


def who_may_change(managers: models.QuerySet[Membership]) -> str:
    """Whom to ask, in a sentence."""
    names = [one.person.full_name for one in managers.select_related("person")]
    if names:
        return f"Ask another practice manager: {', '.join(sorted(names))}."
    return (
        "Invite a second practice manager, or ask whoever runs your Steadwell: they can do it at "
        "the command line."
    )


def refuse_last_manager(membership: Membership) -> None:
    """A practice without a manager could never invite one again."""
    if Role.PRACTICE_MANAGER not in membership.roles:
        return
    if not other_managers(membership).select_for_update(no_key=True).exists():
        raise Refusal(
            "Nobody else manages this practice. Give somebody the role practice manager first."
        )


def bind_practitioner(
    membership: Membership, practitioner: Practitioner | None, *, acting_user: Person | None
) -> None:
    """Where the roles hold billing practitioner: the practitioner whom the person is.

    Raises:
        Refusal: there is none, they have no valid NPI, or somebody else signs in as them.
    """
    if Role.PRACTITIONER not in membership.roles:
        return
    mine = _known(membership, practitioner) or practitioner
    if mine is None:
        raise Refusal(
            "The role billing practitioner stands on an entry under Practitioners with their NPI. "
            "Enter them there first, then choose that entry here."
        )
    refuse_no_number(mine)
    if mine.person_id is None:
        refuse_binding_oneself(membership.person, acting_user)
        write_changes(mine, {"person": membership.person}, action="practices.practitioner_changed")
    elif mine.person_id != membership.person_id:
        raise Refusal(
            f"Somebody else signs in as {mine.display_name}. Choose another entry, or change that "
            "one under Practitioners first."
        )


def _known(membership: Membership, chosen: Practitioner | None) -> Practitioner | None:
    """The practitioner whom the person is already."""
    of_the_practice = Practitioner.objects.filter(practice=membership.practice)
    known = of_the_practice.filter(person=membership.person).first()
    if known and chosen and known != chosen:
        raise Refusal(
            f"{membership.person.full_name} signs in as {known.display_name} already. Change that "
            "entry under Practitioners first."
        )
    return known


def refuse_no_number(practitioner: Practitioner) -> None:
    if not practitioner.is_active:
        raise Refusal(
            f"{practitioner.display_name} does not bill for this practice now. Say so under "
            "Practitioners first, or choose another entry."
        )
    fault = npi_fault(practitioner.npi) if practitioner.npi else "Their NPI is not given yet."
    if fault:
        raise Refusal(
            f"{practitioner.display_name} cannot sign or approve anything. {fault} "
            "Enter it under Practitioners first."
        )


def refuse_binding_oneself(person: Person | None, acting_user: Person | None) -> None:
    """Who signs in as a practitioner may attest and sign: somebody else says who that is."""
    if person is not None and acting_user is not None and person.pk == acting_user.pk:
        raise Refusal(
            "You cannot say that you are this practitioner: they sign plans and approve months. "
            "Another practice manager, or whoever runs your Steadwell, says so."
        )
