"""Every write to what a practice says of itself: audited, by the names of what changed only."""

from steadwell.practices.services.counting import set_credential_rule
from steadwell.practices.services.money import add_charge, add_payer, change_payer
from steadwell.practices.services.opening import NewPractice, NotOpened, open_practice
from steadwell.practices.services.operators import add_operator
from steadwell.practices.services.papers import (
    record_agreement,
    record_exclusion_checks,
    record_license,
    set_retention,
)
from steadwell.practices.services.practitioners import add_practitioner, change_practitioner
from steadwell.practices.services.profile import change_profile, confirm_cpt_license
from steadwell.practices.services.staff import (
    change_member,
    end_membership,
    invite_member,
)

__all__ = [
    "NewPractice",
    "NotOpened",
    "add_charge",
    "add_operator",
    "add_payer",
    "add_practitioner",
    "change_member",
    "change_payer",
    "change_practitioner",
    "change_profile",
    "confirm_cpt_license",
    "end_membership",
    "invite_member",
    "open_practice",
    "record_agreement",
    "record_exclusion_checks",
    "record_license",
    "set_credential_rule",
    "set_retention",
]
