"""Licenses, exclusion checks, agreements, test calls and years of keeping: each a row that stays."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.practices.models import (
    AfterHoursTest,
    ExclusionCheck,
    Membership,
    Person,
    Practice,
    RetentionRule,
    StaffLicense,
    WorkAgreement,
)
from steadwell.practices.services.writing import subject_of

FLOOR = {
    RetentionRule.Kind.CLINICAL: 7,
    RetentionRule.Kind.BILLING: 7,
    RetentionRule.Kind.TRAIL: 6,
}  # years: 42 CFR 424.516(f) for what stands behind an order or claim, 45 CFR 164.316(b)(2) else
MOST_YEARS = 99


@transaction.atomic
def record_license(
    *,
    membership: Membership,
    state: str,
    number: str,
    starts_on: date | None,
    expires_on: date,
    acting_user: Person,
) -> StaffLicense:
    """A license as it was seen. The same state and number again, renewed or corrected: the newest counts.

    Raises:
        Refusal: it ends before it begins.
    """
    if starts_on and expires_on < starts_on:
        raise Refusal(
            f"It expires on {expires_on:%m/%d/%Y}, before its first day. Check both days."
        )
    row = StaffLicense.objects.create(
        practice=membership.practice, membership=membership, state=state, number=number,
        starts_on=starts_on, expires_on=expires_on, recorded_at=now(), recorded_by=acting_user,
    )  # fmt: skip
    record("practices.license_recorded", subject=subject_of(row))
    return row


@transaction.atomic
def record_exclusion_checks(
    *,
    memberships: Sequence[Membership],
    checked_on: date,
    lists: str,
    result: str,
    acting_user: Person,
) -> list[ExclusionCheck]:
    """That each was looked for in the lists on that day, with one result for all of them."""
    rows = [
        ExclusionCheck.objects.create(
            practice=one.practice, membership=one, checked_on=checked_on, lists=lists,
            result=result, recorded_at=now(), recorded_by=acting_user,
        )
        for one in memberships
    ]  # fmt: skip
    for row in rows:
        record("practices.exclusion_checked", subject=subject_of(row), reason=f"result: {result}")
    return rows


@transaction.atomic
def record_agreement(
    *, membership: Membership, values: dict[str, Any], acting_user: Person
) -> WorkAgreement:
    """Employer, contract and supervision from a day on; what was before stays on record.

    Args: values: `starts_on`, `employer`, `contract`, `supervisor`, `supervision`, `in_us`.
    """
    row = WorkAgreement.objects.create(
        practice=membership.practice, membership=membership, recorded_at=now(),
        recorded_by=acting_user, **values,
    )  # fmt: skip
    record("practices.agreement_recorded", subject=subject_of(row))
    return row


def keep_test_call(
    *, practice: Practice, called_on: date, answered_by: str, acting_user: Person
) -> AfterHoursTest:
    """One row for each test call, so that a month long past still shows its own."""
    return AfterHoursTest.objects.create(
        practice=practice, called_on=called_on, answered_by=answered_by, recorded_at=now(),
        recorded_by=acting_user,
    )  # fmt: skip


@transaction.atomic
def set_retention(
    *, practice: Practice, kind: str, years: int, acting_user: Person
) -> RetentionRule:
    """How many years records of a kind are kept. Nothing is removed by this.

    Raises:
        Refusal: the law asks for more years, or the number cannot be meant.
    """
    floor = FLOOR[RetentionRule.Kind(kind)]
    if not floor <= years <= MOST_YEARS:
        raise Refusal(
            f"{years} years will not do: these records are kept {floor} years at least. Write a"
            f" number from {floor} to {MOST_YEARS}; ten covers Medicare Advantage and the False"
            " Claims Act."
        )
    row = RetentionRule.objects.create(
        practice=practice, kind=kind, years=years, recorded_at=now(), recorded_by=acting_user
    )
    record("practices.retention_set", subject=subject_of(row), reason=f"{kind}: {years} years")
    return row
