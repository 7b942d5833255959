"""The words for what is missing, and what to do about it."""

from typing import Final

HOLDS_CONTACT: Final = frozenset({"alive", "hospice", "stay"})
"""Criteria that stop outreach while they are not met."""

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "risk_statement": (
        "No practitioner has stated that the conditions put this patient at significant risk.",
        "Ask the billing practitioner to review the conditions and confirm the risk statement.",
    ),
    "conditions_to_confirm": (
        "Fewer than two chronic conditions are certain, and the chart holds others that may count.",
        "Look at the rows shown: complete the code, confirm the diagnosis or set its status.",
    ),
    "visit_to_confirm": (
        "A visit in the past year may be the billing practitioner's, but nothing proves it.",
        "Say who saw the patient and which visit code it was, or book an initiating visit.",
    ),
    "initiating_visit": (
        "The billing practitioner has not seen this patient in the past year.",
        "Book an initiating visit: an office visit, a wellness visit or a TCM visit.",
    ),
    "cover_unknown": (
        "The chart does not show cover in force that we can read.",
        "Check eligibility and record who pays.",
    ),
    "cover_conflict": (
        "The chart shows two kinds of Medicare in force at once.",
        "Check eligibility and end the one that is over.",
    ),
    "plan_terms": (
        "A Medicare Advantage plan pays by its own terms.",
        "Check the plan's care management policy, authorization and copay.",
    ),
    "in_institution": (
        "The patient is in a hospital or in a nursing stay under Part A.",
        "Wait for the discharge. It opens a transition that may start with a TCM visit.",
    ),
    "stay_to_confirm": (
        "The chart shows a hospital or nursing stay of more than a hundred days.",
        "Ask whether the patient is at home. If so, have the stay closed in the chart.",
    ),
    "in_nursing_facility": (
        "The patient lives in a nursing facility.",
        "Ask whether the facility is paid for care management. If it is, CCM cannot be billed.",
    ),
    "hospice": (
        "The patient is in hospice.",
        "The practitioner decides. Make no contact about CCM before that.",
    ),
    "esrd": (
        "The patient has end-stage renal disease or is on dialysis.",
        "Make sure that your practitioner does not bill monthly dialysis care (90951 to 90970).",
    ),
    "home_health": (
        "The patient has home health care.",
        "Make sure that your practitioner does not bill its oversight (G0181) in the same month.",
    ),
    "billed_elsewhere": (
        "Another practitioner is known to bill care management for this patient.",
        "Ask the patient whom they choose. Only one practitioner is paid for a month.",
    ),
}
