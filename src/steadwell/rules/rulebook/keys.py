"""The keys a rule file may hold: all that the engine reads, and nothing else."""

from typing import Final, NamedTuple


class CodeKey(NamedTuple):
    """`kind` is the shape of the value; `needed` puts it into words."""

    kind: str
    needed: str


CODE_RULES: Final = {
    "in_effect": CodeKey("yes", "The code is in effect"),
    "minutes": CodeKey("number", "{value} minutes"),
    "counting": CodeKey("word", "Counted by {value} minutes"),
    "units_at_most": CodeKey("number", "At most {value} in a month"),
    "settings": CodeKey("list", "A setting in which the code is paid"),
    "decision_making": CodeKey("list", "Decision making of {value} by the billing practitioner"),
    "plan_work": CodeKey("word", "The care plan {value} in the month"),
    "once_per_practitioner": CodeKey("yes", "Once for each billing practitioner"),
    "base_visit": CodeKey("yes", "The initiating visit, on the same day"),
}

PROGRAM_RULES: Final = {
    "payers_claimed": "list",
    "payers_reviewed": "list",
    "alive": "yes",
    "covered": "yes",
    "hospice": "yes",
    "same_day_visit": "yes",
    "enrolled": "yes",
    "credentials": "list",
    "people": "yes",
    "described": "yes",
    "approved": "yes",
    "outside_visit": "yes",
    "inside_us": "yes",
    "after_consent": "yes",
    "outside_stays": "list",
    "once": "yes",
    "billing_practitioner": "yes",
    "practitioners": "list",
    "consent": "yes",
    "consent_to_practitioner": "yes",
    "consent_forms": "list",
    "consent_covers": "list",
    "consent_until_month_end": "yes",
    "consent_years": "number",
    "visit_years": "number",
    "visit_codes": "list",
    "visit_discussed": "yes",
    "conditions_at_least": "number",
    "risk": "yes",
    "care_plan": "yes",
    "care_plan_signed": "yes",
    "care_plan_copy": "yes",
    "after_hours_access": "yes",
    "designated_contact": "yes",
    "structured_record": "yes",
    "one_lane": "yes",
    "unit_caps_known": "yes",
    "choose": "yes",
    "placed_outside_stays": "list",
}
