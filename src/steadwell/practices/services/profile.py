"""What the practice tells payers of itself."""

from typing import Any

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import today_in
from steadwell.practices.models import Person, Practice, PracticeProfile
from steadwell.practices.services.papers import keep_test_call
from steadwell.practices.services.writing import subject_of, write_changes


@transaction.atomic
def change_profile(
    *,
    practice: Practice,
    values: dict[str, Any],
    acting_user: Person,
) -> PracticeProfile:
    """Set what differs. `values` may hold the practice's `kind` beside the profile's fields."""
    profile, _ = PracticeProfile.objects.select_for_update().get_or_create(practice=practice)
    values = dict(values)
    if "kind" in values:
        write_changes(practice, {"kind": values.pop("kind")}, action="practices.kind_changed")
    changed = write_changes(profile, values, action="practices.profile_changed")
    if "after_hours_tested_on" in changed and profile.after_hours_tested_on:
        keep_test_call(
            practice=practice,
            called_on=profile.after_hours_tested_on,
            answered_by=profile.after_hours_answered_by,
            acting_user=acting_user,
        )
    return profile


@transaction.atomic
def confirm_cpt_license(*, practice: Practice, acting_user: Person) -> PracticeProfile:
    """Keep who says, and when, that the practice may use CPT codes. Saying it twice keeps the first."""
    profile, _ = PracticeProfile.objects.select_for_update().get_or_create(practice=practice)
    if profile.cpt_license_confirmed_on is None:
        profile.cpt_license_confirmed_on = today_in(practice.zone)
        profile.cpt_license_confirmed_by = acting_user.full_name
        profile.save(update_fields=["cpt_license_confirmed_on", "cpt_license_confirmed_by"])
        record("practices.cpt_license_confirmed", subject=subject_of(profile))
    return profile
