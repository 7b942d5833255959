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
    "live_contact": CodeKey("yes", "A live two-way contact in the month"),
    "device_days_at_least": CodeKey("number", "Days of data or more in 30 days"),
    "device_days_at_most": CodeKey("number", "Days of data or fewer in 30 days"),
    "visit_within_days": CodeKey("number", "A visit within so many days of the discharge"),
    "dated_by": CodeKey("word", "The date of service"),
    "readings_at_least": CodeKey("number", "Readings or more in the period"),
    "once_per_episode": CodeKey("yes", "Once in an episode"),
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
    "visit_again_years": "number",
    "visit_not_after_care_years": "number",
    "established_years": "number",
    "conditions_at_least": "number",
    "serious_condition": "yes",
    "high_risk_condition": "yes",
    "lasting_condition": "yes",
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
    "automatic_data": "yes",
    "discharged_from": "list",
    "discharged_to": "list",
    "contact_within_business_days": "number",
    "medications_reconciled": "yes",
    "period_days": "number",
    "activity": "yes",
    "practice_elements": "yes",
    "level_conditions": "number",
    "level_qmb": "yes",
    "no_home_health": "yes",
}
