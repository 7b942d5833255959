"""FHIR R4, as far as we read it."""
