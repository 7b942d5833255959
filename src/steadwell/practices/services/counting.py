"""How the time of a credential counts: a table the practice owns."""

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.errors import Refusal
from steadwell.practices.models import CredentialRule, Person, Practice, StaffCredential
from steadwell.practices.services.writing import subject_of, write_changes

BILLING = {
    StaffCredential.PHYSICIAN,
    StaffCredential.NP,
    StaffCredential.PA,
    StaffCredential.CNS,
    StaffCredential.CNM,
}


@transaction.atomic
def set_credential_rule(
    *,
    practice: Practice,
    credential: str,
    counting: str,
    clock: str,
    acting_user: Person,  # noqa: ARG001  (who acts stands in the trail)
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
