"""Which reader reads what."""

from collections.abc import Callable
from datetime import tzinfo
from typing import Final

from steadwell.wire.fhir.clinical import (
    read_allergy,
    read_condition,
    read_drug,
    read_medication_request,
    read_procedure,
)
from steadwell.wire.fhir.coverage import read_benefit
from steadwell.wire.fhir.encounters import read_encounter
from steadwell.wire.fhir.observations import read_observation
from steadwell.wire.fhir.people import (
    read_organization,
    read_patient,
    read_practitioner,
    read_role,
)
from steadwell.wire.fhir.rows import Row
from steadwell.wire.fhir.values import Json

Reader = Callable[[Json, str, tzinfo], list[Row]]

READERS: Final[dict[str, Reader]] = {
    "Patient": read_patient,
    "Practitioner": read_practitioner,
    "Organization": read_organization,
    "Condition": read_condition,
    "Encounter": read_encounter,
    "MedicationRequest": read_medication_request,
    "AllergyIntolerance": read_allergy,
    "Observation": read_observation,
    "Procedure": read_procedure,
}
"""Each gives the row of the chart first. Coverage is read by `read_coverage`, which needs names."""

HELPERS: Final[dict[str, Reader]] = {
    "PractitionerRole": read_role,
    "Medication": read_drug,
    "ExplanationOfBenefit": read_benefit,
}
"""Read for what others say by reference to them, or say nowhere else; they are not kept themselves."""
