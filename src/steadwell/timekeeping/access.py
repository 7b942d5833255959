"""From ids in a request to entries of the ledger, and who may touch them."""

from uuid import UUID

from django.http import Http404

from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest
from steadwell.patients.models import Patient
from steadwell.practices.models import CredentialRule, Membership, Practice, Role
from steadwell.timekeeping.models import Interval, PendingEntry

APPROVERS = (Role.PRACTICE_MANAGER, Role.PRACTITIONER, Role.COMPLIANCE)


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


def why_no_clock(practice: Practice, rule: CredentialRule | None) -> str:
    """In words, why no clock runs for a person; empty where one does."""
    if rule is None:
        return (
            f"{practice.name} does not say how your credential counts. Ask your practice manager."
        )
    if rule.clock == CredentialRule.Clock.NEVER:
        return f"{practice.name} does not count the time of your credential, so no clock runs."
    return ""


def require_clock(membership: Membership) -> CredentialRule:
    """The rule under which the person's clock runs.

    Raises:
        Refusal: none does.
    """
    rule = rule_of(membership)
    why = why_no_clock(membership.practice, rule)
    if why or rule is None:
        raise Refusal(why)
    return rule
