"""Going away and coming back: one step each, whatever the number of patients."""

from datetime import date, timedelta

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.outreach.models import Absence
from steadwell.outreach.selectors.team import people_of
from steadwell.practices.models import Person, Practice, Role


@transaction.atomic
def go_away(
    *,
    practice: Practice,
    person: Person,
    deputy: Person,
    starts_on: date,
    ends_on: date,
    acting_user: Person,
) -> Absence:
    """From the first to the last day the deputy has the person's patients.

    Raises:
        Refusal: the days cannot be, somebody does not work here, or the deputy is away as well.
    """
    if not starts_on <= ends_on or ends_on < today_in(practice.zone):
        raise Refusal("The last day comes before the first, or is over. Check both days.")
    team = set(people_of(practice, Role.CARE_MANAGER, Role.PRACTITIONER))
    if person == deputy or not {person, deputy} <= team:
        raise Refusal("Choose two people of the care team: who is away, and who stands in.")
    both = Absence.objects.select_for_update().filter(
        practice=practice, starts_on__lte=ends_on, ends_on__gte=starts_on
    )
    away = {one.person_id for one in both}
    if person.pk in away:
        raise Refusal(f"{person.full_name} is away in these days already. End that absence first.")
    if deputy.pk in away:
        raise Refusal(
            f"{deputy.full_name} is away in these days too. Choose somebody who is there."
        )
    row = Absence.objects.create(
        practice=practice, person=person, deputy=deputy, starts_on=starts_on, ends_on=ends_on,
        made_at=now(), made_by=acting_user,
    )  # fmt: skip
    record("absence.began", subject=f"outreach.absence/{row.pk}")
    return row


@transaction.atomic
def come_back(*, absence: Absence, acting_user: Person) -> None:  # noqa: ARG001 (the trail names them)
    """They are back: from today on their patients are theirs. One to come is called off."""
    yesterday = today_in(absence.practice.zone) - timedelta(days=1)
    if absence.ends_on <= yesterday:
        return
    absence.ends_on = yesterday
    absence.save(update_fields=["ends_on"])
    record("absence.ended", subject=f"outreach.absence/{absence.pk}")
