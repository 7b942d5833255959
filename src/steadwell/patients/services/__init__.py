"""Every write to patients and their charts."""

from steadwell.patients.services.eligibility import (
    EligibilityRefused,
    ReadEligibility,
    place_answer,
    read_eligibility,
)
from steadwell.patients.services.hold import lift_hold, set_hold
from steadwell.patients.services.household import leave_household, link_household
from steadwell.patients.services.imports import ImportSummary, import_fhir
from steadwell.patients.services.ours import change_how_to_address
from steadwell.patients.services.same_person import say_same_person

__all__ = [
    "EligibilityRefused",
    "ImportSummary",
    "ReadEligibility",
    "change_how_to_address",
    "import_fhir",
    "leave_household",
    "lift_hold",
    "link_household",
    "place_answer",
    "read_eligibility",
    "say_same_person",
    "set_hold",
]
