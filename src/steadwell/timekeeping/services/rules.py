"""How a practice wants its clocks, and how long people have agreed to work."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from steadwell.audit.services import record
from steadwell.practices.models import Membership, Person, Practice
from steadwell.practices.services.writing import subject_of, write_changes
from steadwell.timekeeping.models import ClockRules, CommittedHours


@transaction.atomic
def change_clock_rules(
    *,
    practice: Practice,
    values: Mapping[str, Any],
    hours: Mapping[int, Decimal | None],
    acting_user: Person,
) -> ClockRules:
    """Keep the rules; they hold from the next run of each clock on.

    Args:
        hours: agreed hours a week by membership; None takes them away.
    """
    rules, is_new = ClockRules.objects.get_or_create(practice_id=practice.pk)
    changed = write_changes(rules, dict(values), action="clock.rules_changed")
    if is_new and not changed:
        record("clock.rules_changed", subject=subject_of(rules), reason="as before")
    before = {
        one.membership_id: one for one in CommittedHours.objects.filter(practice_id=practice.pk)
    }
    members = set(
        Membership.objects.filter(practice=practice, pk__in=hours).values_list("pk", flat=True)
    )
    for member in sorted(members):
        _agree(practice, member, before.get(member), hours[member], acting_user)
    return rules


def _agree(
    practice: Practice,
    member: int,
    before: CommittedHours | None,
    hours: Decimal | None,
    person: Person,
) -> None:
    if (before.hours_a_week if before else None) == hours:
        return
    if before is not None and hours is None:
        before.delete()
    elif hours is not None:
        CommittedHours.objects.update_or_create(
            practice_id=practice.pk, membership_id=member, defaults={"hours_a_week": hours}
        )
    record(
        "time.hours_agreed",
        subject=f"practices.membership/{member}",
        reason=f"{hours if hours is not None else 'none'} a week, by person/{person.pk}",
    )
