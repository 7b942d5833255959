"""What the practice decides about its work."""

from typing import TypedDict

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.outreach.models import Deputy, StandingOrder, WorkSettings
from steadwell.outreach.selectors.team import practitioner_people
from steadwell.practices.models import Person, Practice, StaffCredential


class WorkValues(TypedDict):
    attempts_a_day: int
    voicemails_before_letter: int
    urgent_minutes: int
    same_day_minutes: int
    routine_minutes: int
    last_in_line: Person | None


@transaction.atomic
def change_settings(
    *,
    practice: Practice,
    values: WorkValues,
    acting_user: Person,  # noqa: ARG001  (the trail names them)
) -> WorkSettings:
    """Limits of attempts and times to answer. What was raised before keeps its own times.

    Raises:
        Refusal: a more urgent kind would be given more time than a less urgent one.
    """
    if not values["urgent_minutes"] <= values["same_day_minutes"] <= values["routine_minutes"]:
        raise Refusal(
            f"Urgent has {values['urgent_minutes']} minutes, same day {values['same_day_minutes']}, "
            f"routine {values['routine_minutes']}. The more urgent has no more time than the less."
        )
    last = values["last_in_line"]
    if last is not None and last not in practitioner_people(practice):
        raise Refusal(f"{last.full_name} is no practitioner here. Choose one who is.")
    row, _ = WorkSettings.objects.update_or_create(practice=practice, defaults=dict(values))
    record("work.settings_changed", subject=f"outreach.worksettings/{row.pk}")
    return row


@transaction.atomic
def set_deputy(
    *,
    practice: Practice,
    person: Person,
    deputy: Person | None,
    acting_user: Person,  # noqa: ARG001  (the trail names them)
) -> None:
    """Who answers when the practitioner does not; None takes the deputy away.

    Raises:
        Refusal: one of them is no practitioner here, or both are the same person.
    """
    if deputy is None:
        gone, _ = Deputy.objects.filter(practice=practice, person=person).delete()
        if gone:
            record("work.deputy_removed", subject=f"practices.person/{person.pk}")
        return
    if deputy == person:
        raise Refusal(f"{person.full_name} cannot stand in for themselves. Choose somebody else.")
    if not {person, deputy} <= set(practitioner_people(practice)):
        raise Refusal("A deputy answers as a practitioner. Choose one of this practice’s.")
    row, is_new = Deputy.objects.get_or_create(
        practice=practice, person=person, defaults={"deputy": deputy}
    )
    if is_new or row.deputy_id != deputy.pk:
        row.deputy = deputy
        row.save(update_fields=["deputy"])
        record("work.deputy_set", subject=f"outreach.deputy/{row.pk}")


@transaction.atomic
def change_standing_order(
    *, practice: Practice, credential: str, text: str, approved_by: str, acting_user: Person
) -> StandingOrder:
    """What one credential may settle alone, from now on.

    Raises:
        Refusal: the credential is none of ours, or nobody approved the order.
    """
    if credential not in StaffCredential.values:
        raise Refusal("Choose the credential this order is for.")
    if not approved_by.strip():
        raise Refusal("Say which practitioner approved this order.")
    row = StandingOrder.objects.create(
        practice=practice, credential=credential, text=text.strip(),
        approved_by=approved_by.strip(), changed_at=now(), changed_by=acting_user,
    )  # fmt: skip
    record("work.standing_order_changed", subject=f"outreach.standingorder/{row.pk}")
    return row
