"""Who works in the practice, with which rights, and how the time of their credential counts."""

from collections.abc import Collection
from datetime import date

from django.db import models, transaction

from steadwell.audit.services import record
from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.practices.models import (
    CredentialRule,
    Membership,
    Person,
    Practice,
    Role,
    StaffCredential,
)
from steadwell.practices.services.writing import subject_of, write_changes

BILLING = {
    StaffCredential.PHYSICIAN,
    StaffCredential.NP,
    StaffCredential.PA,
    StaffCredential.CNS,
    StaffCredential.CNM,
}


@transaction.atomic
def invite_member(
    *,
    practice: Practice,
    email: str,
    full_name: str,
    roles: Collection[str],
    credential: str,
    acting_user: Person,  # noqa: ARG001  (who acts stands in the trail)
) -> Membership:
    """A membership from today on; whoever is new to Steadwell gets a person without a password.

    Raises:
        Refusal: no role is given, or the person works here already.
    """
    _refuse_no_role(roles)
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        person = Person.objects.create_user(email.strip(), full_name=full_name.strip())
    if person.is_operator:
        raise Refusal("This address belongs to whoever runs the platform. Use another address.")
    if _running(practice).filter(person=person).exists():
        raise Refusal(f"{person.full_name} already works here. Change that entry of the list.")
    membership = Membership.objects.create(
        practice=practice,
        person=person,
        roles=sorted(roles),
        credential=credential,
        starts_on=today_in(practice.zone),
    )
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
    acting_user: Person,  # noqa: ARG001
) -> Membership:
    """Other rights or another credential from now on. Minutes already recorded keep theirs.

    Raises:
        Refusal: no role is left, or nobody would manage the practice.
    """
    _refuse_no_role(roles)
    membership = Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    if Role.PRACTICE_MANAGER not in roles:
        _refuse_last_manager(membership)
    before = ", ".join(membership.roles)
    changed = write_changes(
        membership,
        {"roles": sorted(roles), "credential": credential},
        action="practices.member_changed",
    )
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
    _refuse_last_manager(membership)
    membership.ends_on = last_day
    membership.save(update_fields=["ends_on"])
    record(
        "practices.membership_ended",
        subject=subject_of(membership),
        reason=f"last day {last_day:%m/%d/%Y}",
    )
    return membership


@transaction.atomic
def set_credential_rule(
    *,
    practice: Practice,
    credential: str,
    counting: str,
    clock: str,
    acting_user: Person,  # noqa: ARG001
) -> CredentialRule:
    """How the time of a credential counts from now on.

    Raises:
        Refusal: the credential cannot count in that way.
    """
    label = StaffCredential(credential).label
    if counting == CredentialRule.Counting.PRACTITIONER and credential not in BILLING:
        raise Refusal(
            f"{label}: only those who may bill can count as practitioner time. Choose clinical"
            " staff time."
        )
    if (
        credential == StaffCredential.NON_CLINICAL
        and counting != CredentialRule.Counting.NON_CLINICAL
    ):
        raise Refusal(
            f"{label}: Medicare counts minutes of clinical staff only. Leave it at “never counted”."
        )
    if counting == CredentialRule.Counting.NON_CLINICAL and clock == CredentialRule.Clock.AUTOMATIC:
        raise Refusal(
            f"{label}: a clock that starts by itself for time that never counts misleads. Choose"
            " by hand, or never."
        )
    rule = CredentialRule.objects.filter(practice=practice, credential=credential).first()
    if rule:
        write_changes(
            rule, {"counting": counting, "clock": clock}, action="practices.credential_rule_changed"
        )
        return rule
    rule = CredentialRule.objects.create(
        practice=practice, credential=credential, counting=counting, clock=clock
    )
    record("practices.credential_rule_added", subject=subject_of(rule))
    return rule


def _refuse_no_role(roles: Collection[str]) -> None:
    if not roles:
        raise Refusal("Without a role a person sees nothing. Choose one, or end the membership.")


def _refuse_last_manager(membership: Membership) -> None:
    """A practice without a manager could never invite one again."""
    if Role.PRACTICE_MANAGER not in membership.roles:
        return
    others = (
        _running(membership.practice)
        .filter(roles__contains=[Role.PRACTICE_MANAGER], ends_on=None)
        .exclude(pk=membership.pk)
        .select_for_update(no_key=True)
    )
    if not others.exists():
        raise Refusal(
            "Nobody else manages this practice. Give somebody the role practice manager first."
        )


def _running(practice: Practice) -> models.QuerySet[Membership]:
    today = today_in(practice.zone)
    return Membership.objects.filter(
        models.Q(ends_on=None) | models.Q(ends_on__gte=today), practice=practice
    )
