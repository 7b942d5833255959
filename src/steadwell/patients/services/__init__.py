"""Every write to patients and their charts."""

from steadwell.patients.services.imports import ImportSummary, import_fhir

__all__ = ["ImportSummary", "import_fhir"]
