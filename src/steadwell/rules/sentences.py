"""The words for a reason: what was needed, what was found, no blame. Made on demand."""

from typing import Final

from steadwell.rules.decision import Finding

_SENTENCES: Final[dict[str, str]] = {
    "under_threshold": "{found} of the {needed} that {code} needs; minutes never carry over.",
    "consent_missing": "There is no consent in force for this month. {found}.",
    "consent_incomplete": "The consent does not hold: {needed_l} is needed. {found}.",
    "consent_for_other_practitioner": "The consent was given to somebody else. {found}.",
    "consent_revoked": "The consent was taken back before this month. {found}.",
    "consent_expired": "The consent has run out and was not renewed. {found}.",
    "too_few_chronic_conditions": "{needed} are needed. Found: {found_l}.",
    "risk_not_documented": "{needed} is missing. On record with it: {found_l}.",
    "initiating_visit_missing": "{needed} is needed. {found}.",
    "visit_not_discussed": "{found}. A person decides whether it serves.",
    "care_plan_missing": "{needed} is needed. {found}.",
    "care_plan_unsigned": "The billing practitioner has not signed the care plan. {found}.",
    "care_plan_copy_not_given": "Nobody has recorded a copy of the care plan for the patient. {found}.",
    "after_hours_access_missing": "{needed} is not on record.",
    "designated_contact_missing": "{needed} is not on record.",
    "structured_record_missing": "{needed} is not on record.",
    "practitioner_not_eligible": "{needed} may bill this. Found: {found_l}.",
    "practitioner_not_billing": "{needed} is what {code} counts. Found: {found}.",
    "payer_not_medicare_ffs": "{needed}. Found: {found_l}.",
    "not_enrolled": "There is time for {program}, and the patient is not enrolled in it.",
    "non_clinical_time": "{found} by staff whose time does not count.",
    "automated_time": "{found} by software; only a person's time counts.",
    "time_outside_us": "{found} outside the United States does not count.",
    "time_in_visit": "{found} inside a visit that is billed does not count again.",
    "time_in_facility_stay": "In a hospital or Part A nursing stay: {found_l} does not count.",
    "time_before_consent": "{found} before the consent does not count.",
    "overlapping_time": "{found} shared with another entry; each minute counts once.",
    "time_not_described": "{found} without a note of what was done does not count.",
    "entry_not_approved": "{found} waiting for approval does not count yet.",
    "unit_limit": "{found_c}; {needed_l} is paid for {code}.",
    "unit_cap_unverified": "{code}: {found}. CMS has published the cap only for later dates.",
    "add_on_without_base": "{code} needs {needed_l}. {found}.",
    "mdm_not_attested": "{code} needs {needed_l}. Found: {found_l}.",
    "excluded_by": "Not beside {code}: {found}.",
    "claimed_by_other": "Only one practitioner is paid for a month. {found}.",
    "already_claimed": "This month was claimed before. {found}.",
    "no_live_contact": "{code} needs {needed_l}. {found}.",
    "too_few_device_days": "{needed} are needed. Found: {found_l}.",
    "device_data_not_automatic": "{needed} is needed. {found}.",
    "not_established_patient": "{needed} is needed. {found}.",
    "contact_late": "{needed} is needed. {found}.",
    "visit_late": "{needed} is needed. {found}.",
    "discharge_destination": "{needed} is needed. {found}.",
    "medications_not_reconciled": "{needed} is needed. {found}.",
    "no_activity": "{needed} is needed. {found}.",
    "code_not_in_effect": "{found}.",
    "service_after_death": "{needed} is needed. {found}.",
    "setting_not_payable": "{code_or_care} is not paid in this setting: {found_l}.",
    "once_per_episode": "{code} is paid once. {found}.",
    "serious_condition_missing": "{needed} is needed. {found}.",
    "consent_time_unknown": "Consent and time on one day; which came first is not recorded: {found_l}.",
    "stay_boundary": "Time on a day of admission or discharge: {found_l}. Was the patient home?",
    "same_day_visit": "{found}. Look at modifier 25, and at minutes inside the visit.",
    "hospice": "The patient is in hospice. The practitioner decides what is unrelated to it.",
    "choose_one": "{found}. A person chooses.",
}


def sentence(finding: Finding) -> str:
    """One sentence, or two, in plain words."""
    template = _SENTENCES.get(finding.identifier, "{needed} is needed. Found: {found_l}.")
    code = finding.code or ""
    text = template.format(
        needed=finding.needed,
        needed_l=_lower(finding.needed),
        found=finding.found,
        found_l=_lower(finding.found),
        found_c=finding.found[:1].upper() + finding.found[1:],
        code=code,
        code_or_care=code or "Care management",
        program=finding.program.value.upper(),
    )
    return text.replace("..", ".")


def _lower(text: str) -> str:
    """The first letter small, unless the word is a name or an abbreviation."""
    first, _, _rest = text.partition(" ")
    is_name = first[1:2].isupper() or first in ("Medicare", "Part", "CMS")
    return text if is_name else text[:1].lower() + text[1:]
