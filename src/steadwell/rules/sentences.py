"""The words for a reason: what was needed, what was found, no blame. Made on demand."""

from typing import Final

from steadwell.rules.decision import Finding

_NEEDED: Final = "Needed: {needed_l}. Found: {found_l}."

_SENTENCES: Final[dict[str, str]] = {
    "under_threshold": "{found} of the {needed} that {code} needs; minutes never carry over.",
    "consent_missing": "No consent is in force for this month: {found_l}.",
    "consent_incomplete": "The consent does not hold. Needed: {needed_l}. {found}.",
    "consent_for_other_practitioner": "The consent is not to this practitioner. {found}.",
    "consent_revoked": "The consent was taken back before this month. {found}.",
    "consent_expired": "The consent has run out and was not renewed. {found}.",
    "too_few_chronic_conditions": _NEEDED,
    "risk_not_documented": _NEEDED,
    "initiating_visit_missing": _NEEDED,
    "visit_not_discussed": "{found}. A person decides whether it serves.",
    "care_plan_missing": _NEEDED,
    "care_plan_unsigned": "The billing practitioner has not signed the care plan. {found}.",
    "care_plan_copy_not_given": "Nobody has recorded a copy of the care plan for the patient. {found}.",
    "after_hours_access_missing": "Not on record: {needed_l}.",
    "designated_contact_missing": "Not on record: {needed_l}.",
    "elements_missing": _NEEDED,
    "structured_record_missing": "Not on record: {needed_l}.",
    "practitioner_not_eligible": _NEEDED,
    "practitioner_not_billing": "Only what the billing practitioner does in person counts. Found: {found_l}.",
    "payer_not_medicare_ffs": _NEEDED,
    "not_enrolled": "There is work for {program}, and the patient is not enrolled in it.",
    "non_clinical_time": "{found} by staff whose time does not count.",
    "automated_time": "{found} by software; only a person's time counts.",
    "time_outside_us": "{found} outside the United States does not count.",
    "time_in_visit": "{found} inside a visit that is billed does not count again.",
    "time_in_facility_stay": "In a hospital or Part A nursing stay: {found_l}.",
    "time_before_consent": "{found} before the consent does not count.",
    "overlapping_time": "{found} shared with another entry; each minute counts once.",
    "time_not_described": "{found} without a note of what was done does not count.",
    "entry_not_approved": "{found} waiting for approval does not count yet.",
    "unit_limit": "{found_c}; {needed_l} is paid for {code}.",
    "unit_cap_unverified": "{code}: {found}. CMS has published the cap only for later dates.",
    "add_on_without_base": "{code} is added to {needed_l}. Found: {found_l}.",
    "mdm_not_attested": "{code} needs {needed_l}. Found: {found_l}.",
    "excluded_by": "{found}.",
    "claimed_by_other": "{found}.",
    "already_claimed": "{found}.",
    "no_live_contact": "{code} needs a live two-way contact in the month. Found: {found_l}.",
    "too_few_device_days": _NEEDED,
    "device_data_not_automatic": _NEEDED,
    "not_established_patient": _NEEDED,
    "contact_late": _NEEDED,
    "visit_late": _NEEDED,
    "discharge_destination": _NEEDED,
    "medications_not_reconciled": _NEEDED,
    "no_activity": _NEEDED,
    "code_not_in_effect": "{found}.",
    "service_after_death": "{found}; nothing counts after the death.",
    "setting_not_payable": "{code_or_care} is not paid in this setting: {found_l}.",
    "once_per_episode": "Paid once. {found}.",
    "serious_condition_missing": _NEEDED,
    "consent_time_unknown": "Consent and time on one day; which came first is not recorded: {found_l}.",
    "stay_boundary": "Time on a day of admission or discharge: {found_l}. Was the patient home?",
    "same_day_visit": "{found}. Look at modifier 25, and at minutes inside the visit.",
    "hospice": "The patient is in hospice. The practitioner decides what is unrelated to it.",
    "choose_one": "{found}. A person chooses.",
}


def sentence(finding: Finding) -> str:
    """One sentence, or two, in plain words."""
    template = _SENTENCES.get(finding.identifier, _NEEDED)
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
    is_name = first[1:].upper() == first[1:] != "" or first == "Medicare"
    return text if is_name else text[:1].lower() + text[1:]
