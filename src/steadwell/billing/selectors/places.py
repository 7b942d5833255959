"""Where each thing that is missing is mended, and what a person can still mend."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the chart, or of the practice where `of_patient` is false, and what to do there."""

    url_name: str
    anchor: str
    label: str
    of_patient: bool = True


CONSENT = Place("chart_enrollment", "consent", "Open the consent")
RISK = Place("chart_enrollment", "risk", "Open the conditions")
VISIT = Place("chart_enrollment", "visit", "Open the visits")
CONTACT = Place("chart_enrollment", "contact", "Open the enrollment")
ENROLLMENT = Place("chart_enrollment", "consent", "Open the enrollment")
PLAN = Place("care_plan", "", "Open the care plan")
TIME = Place("chart_time", "", "See the time log")
DECISION = Place("chart_billing", "decision", "Open the decision")
ELSEWHERE = Place("chart_billing", "elsewhere", "See who bills")
STATUSES = Place("chart_billing", "statuses", "See the stay")
ELIGIBILITY = Place("chart_record", "eligibility", "See the payer’s answer")
EPISODES = Place("chart_billing", "statuses", "Record it")
RECORD = Place("chart_record", "", "Open the record")
SETTINGS = Place("settings", "", "Open settings", of_patient=False)

PLACES = {
    "consent_missing": CONSENT,
    "consent_incomplete": CONSENT,
    "consent_for_other_practitioner": CONSENT,
    "consent_revoked": CONSENT,
    "consent_expired": CONSENT,
    "consent_time_unknown": CONSENT,
    "time_before_consent": CONSENT,
    "not_enrolled": ENROLLMENT,
    "designated_contact_missing": CONTACT,
    "too_few_chronic_conditions": RISK,
    "risk_not_documented": RISK,
    "serious_condition_missing": RISK,
    "initiating_visit_missing": VISIT,
    "visit_not_discussed": VISIT,
    "not_established_patient": VISIT,
    "same_day_visit": TIME,
    "care_plan_missing": PLAN,
    "care_plan_unsigned": PLAN,
    "care_plan_copy_not_given": PLAN,
    "after_hours_access_missing": SETTINGS,
    "structured_record_missing": SETTINGS,
    "practitioner_not_eligible": SETTINGS,
    "practitioner_not_billing": SETTINGS,
    "setting_not_payable": SETTINGS,
    "payer_not_medicare_ffs": RECORD,
    "service_after_death": RECORD,
    "death_day_unknown": RECORD,
    "under_threshold": TIME,
    "non_clinical_time": TIME,
    "automated_time": TIME,
    "time_outside_us": TIME,
    "time_in_visit": TIME,
    "time_not_described": TIME,
    "entry_not_approved": TIME,
    "overlapping_time": TIME,
    "time_in_facility_stay": STATUSES,
    "stay_boundary": STATUSES,
    "stay_never_closed": STATUSES,
    "hospice": STATUSES,
    "mdm_not_attested": DECISION,
    "excluded_by": DECISION,
    "choose_one": DECISION,
    "unit_limit": DECISION,
    "unit_cap_unverified": DECISION,
    "add_on_without_base": DECISION,
    "once_per_episode": DECISION,
    "answer_names_other_cover": ELIGIBILITY,
    "answer_names_episode": EPISODES,
    "claimed_by_other": ELSEWHERE,
    "already_claimed": ELSEWHERE,
}

# What is true already and only has to be written down, or decided, by a person: also afterwards.
MENDABLE = frozenset(
    {
        "consent_missing",
        "consent_incomplete",
        "consent_for_other_practitioner",
        "too_few_chronic_conditions",
        "risk_not_documented",
        "initiating_visit_missing",
        "care_plan_copy_not_given",
        "after_hours_access_missing",
        "structured_record_missing",
        "designated_contact_missing",
        "mdm_not_attested",
        "choose_one",
        "time_not_described",
        "entry_not_approved",
    }
)
# What can still come about while the month runs.
MENDABLE_WHILE_RUNNING = frozenset({"under_threshold", "care_plan_missing", "care_plan_unsigned"})

# Reasons about single entries or further codes: they stop no claim by themselves.
ABOUT_ENTRIES = frozenset(
    {
        "non_clinical_time",
        "automated_time",
        "time_outside_us",
        "time_in_visit",
        "time_in_facility_stay",
        "time_before_consent",
        "overlapping_time",
        "time_not_described",
        "entry_not_approved",
    }
)


def place_of(identifier: str) -> Place:
    return PLACES.get(identifier, DECISION)
