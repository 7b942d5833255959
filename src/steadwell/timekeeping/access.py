"""From ids in a request to entries of the ledger, and who may touch them."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404

from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest
from steadwell.patients.models import Patient
from steadwell.practices.models import CredentialRule, Membership, Role
from steadwell.timekeeping.models import ClockRules, Interval, PendingEntry

APPROVERS = (Role.PRACTICE_MANAGER, Role.PRACTITIONER, Role.COMPLIANCE)
Clock = CredentialRule.Clock
EASE = [Clock.NEVER.value, Clock.BY_HAND.value, Clock.AUTOMATIC.value]
BY_ROLE: dict[str, str] = {
    Role.PRACTICE_MANAGER.value: Clock.BY_HAND.value,
    Role.COMPLIANCE.value: Clock.NEVER.value,
}  # where the practice never said; everybody else's starts by itself


def interval_for(request: SignedInRequest, patient: Patient, public_id: UUID) -> Interval:
    """An entry of this patient's time; another patient's is reported as not found."""
    found = Interval.objects.filter(
        practice=request.practice, patient=patient, public_id=public_id
    ).first()
    if found is None:
        raise Http404
    return found


def entry_for(request: SignedInRequest, public_id: UUID) -> PendingEntry:
    """An entry that waits, or waited, for another person's yes."""
    found = (
        PendingEntry.objects.select_related("patient", "person", "membership", "note")
        .filter(practice=request.practice, public_id=public_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def rule_of(membership: Membership) -> CredentialRule | None:
    """How the time of the membership's credential is counted; None where the practice does not say."""
    return CredentialRule.objects.filter(
        practice_id=membership.practice_id, credential=membership.credential
    ).first()


def counting_of(membership: Membership) -> str:
    """The credential an interval carries. Where the practice does not say, it never counts."""
    rule = rule_of(membership)
    return rule.counting if rule else CredentialRule.Counting.NON_CLINICAL.value


def rules_of(practice_id: int) -> ClockRules:
    """How the practice wants its clocks; the defaults where it never said."""
    found = ClockRules.objects.filter(practice_id=practice_id).first()
    return found or ClockRules(practice_id=practice_id)


def role_mode(roles: Iterable[str], rules: ClockRules) -> str:
    """How the clock starts for these roles: the one among them that starts it most easily decides."""
    modes = {rules.by_role.get(role) or BY_ROLE.get(role, Clock.AUTOMATIC.value) for role in roles}
    return max(modes or {Clock.NEVER.value}, key=EASE.index)


def clock_mode(membership: Membership, rule: CredentialRule | None, rules: ClockRules) -> str:
    """How the clock starts for a person: as their credential and their roles both allow."""
    if rule is None:
        return Clock.NEVER.value
    return min(str(rule.clock), role_mode(membership.roles, rules), key=EASE.index)


def why_no_clock(membership: Membership, rule: CredentialRule | None, rules: ClockRules) -> str:
    """In words, why no clock runs for a person; empty where one does."""
    practice = membership.practice.name
    if rule is None:
        return f"{practice} does not say how your credential counts. Ask your practice manager."
    if rule.clock == Clock.NEVER:
        return f"{practice} does not count the time of your credential, so no clock runs."
    if clock_mode(membership, rule, rules) == Clock.NEVER:
        return (
            f"{practice} set that no clock runs for your role. Your practice manager can change it."
        )
    return ""


def require_clock(membership: Membership) -> CredentialRule:
    """The rule under which the person's clock runs.

    Raises:
        Refusal: none does.
    """
    rule = rule_of(membership)
    why = why_no_clock(membership, rule, rules_of(membership.practice_id))
    if why or rule is None:
        raise Refusal(why)
    return rule
