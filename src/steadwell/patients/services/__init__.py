"""Every write to patients and their charts."""

from steadwell.patients.services.hold import lift_hold, set_hold
from steadwell.patients.services.household import leave_household, link_household
from steadwell.patients.services.imports import ImportSummary, import_fhir
from steadwell.patients.services.ours import change_how_to_address
from steadwell.patients.services.same_person import say_same_person

__all__ = [
    "ImportSummary",
    "change_how_to_address",
    "import_fhir",
    "leave_household",
    "lift_hold",
    "link_household",
    "say_same_person",
    "set_hold",
]
