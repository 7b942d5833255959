"""Condition, AllergyIntolerance, MedicationRequest, Medication, Procedure."""

from datetime import date, tzinfo

from steadwell.wire.fhir.concepts import (
    Concept,
    concept,
    concepts,
    icd10,
    procedure_code,
    rxnorm,
    snomed,
    status,
)
from steadwell.wire.fhir.references import contained, reference
from steadwell.wire.fhir.rows import (
    AllergyRow,
    ConditionRow,
    DrugRow,
    MedicationRow,
    ProcedureRow,
    Row,
)
from steadwell.wire.fhir.values import Json, Unreadable, day, items, moment, part, text

_PROBLEM = "problem-list-item"


def read_condition(resource: Json, key: str, zone: tzinfo) -> list[Row]:
    """An age or words as onset give no date: it stays empty."""
    said = _named(concept(resource, "code"), "code")
    return [
        ConditionRow(
            source_key=key,
            patient_key=_patient(resource),
            icd10=icd10(said),
            icd10_is_mapped=False,
            snomed=snomed(said),
            label=said.label(250),
            clinical_status=status(resource, "clinicalStatus"),
            verification_status=status(resource, "verificationStatus"),
            category=_category(resource),
            onset_on=_either(resource, "onset", zone),
            abated_on=_either(resource, "abatement", zone, last=True),
            recorded_on=day(resource, "recordedDate", zone) or day(resource, "assertedDate", zone),
        )
    ]


def read_allergy(resource: Json, key: str, zone: tzinfo) -> list[Row]:
    reactions = items(resource, "reaction")
    said = concept(resource, "code")
    if not said.label(1) and reactions:
        said = concept(reactions[0], "substance")
    shown = [found.label(250) for each in reactions for found in concepts(each, "manifestation")]
    return [
        AllergyRow(
            source_key=key,
            patient_key=reference(resource, "patient", "Patient") or _patient(resource),
            label=_named(said, "code").label(250),
            clinical_status=status(resource, "clinicalStatus"),
            verification_status=status(resource, "verificationStatus"),
            criticality=status(resource, "criticality"),
            reaction=_shortened(", ".join(dict.fromkeys(shown)), 250),
            recorded_on=day(resource, "recordedDate", zone) or day(resource, "assertedDate", zone),
        )
    ]


def read_medication_request(resource: Json, key: str, zone: tzinfo) -> list[Row]:
    """What is prescribed stands in a concept, inside the resource, or in a Medication elsewhere."""
    said = concept(resource, "medicationCodeableConcept")
    drug_key = ""
    if not said.label(1):
        said, drug_key = _referred_drug(resource)
    if not said.label(1) and not drug_key:
        raise Unreadable("the prescription names no medication")
    return [
        MedicationRow(
            source_key=key,
            patient_key=_patient(resource),
            drug_key=drug_key,
            label=said.label(300),
            rxnorm=rxnorm(said),
            dosage=_dosage(resource),
            status=status(resource, "status"),
            authored_on=day(resource, "authoredOn", zone),
        )
    ]


def read_drug(resource: Json, key: str, _zone: tzinfo) -> list[Row]:
    said = concept(resource, "code")
    return [DrugRow(key, said.label(300), rxnorm(said))] if said.label(1) else []


def read_procedure(resource: Json, key: str, zone: tzinfo) -> list[Row]:
    said = _named(concept(resource, "code"), "code")
    code, system = procedure_code(said)
    period = part(resource, "performedPeriod") or part(resource, "occurrencePeriod")
    return [
        ProcedureRow(
            source_key=key,
            patient_key=_patient(resource),
            code=code,
            code_system=system,
            label=said.label(250),
            status=status(resource, "status"),
            performed_at=moment(resource, "performedDateTime", zone)
            or moment(resource, "occurrenceDateTime", zone)
            or moment(period, "start", zone)
            or moment(period, "end", zone),
        )
    ]


def _referred_drug(resource: Json) -> tuple[Concept, str]:
    holder, field = resource, "medicationReference"
    newer = resource.get("medication")
    if isinstance(newer, dict):  # a CodeableReference, since R5
        if newer.get("concept"):
            return concept(newer, "concept"), ""
        holder, field = newer, "reference"
    key = reference(holder, field, "Medication")
    display = text(part(holder, field), "display")
    inside = contained(resource, key)
    if inside is not None:
        found = concept(inside, "code")
        return (found if found.label(1) else Concept(display, ())), ""
    return Concept(display, ()), "" if key.startswith("#") else key


def _patient(resource: Json) -> str:
    return reference(resource, "subject", "Patient")


def _named(said: Concept, field: str) -> Concept:
    if not said.label(1):
        raise Unreadable(f"{field} has neither code nor text")
    return said


def _either(resource: Json, prefix: str, zone: tzinfo, *, last: bool = False) -> date | None:
    """`onsetDateTime`, else the start of `onsetPeriod`; of an abatement the end."""
    found = day(resource, f"{prefix}DateTime", zone, last=last)
    if found is None and (period := part(resource, f"{prefix}Period")):
        edge = "end" if last else "start"
        found = day(period, edge, zone, last=last)
    return found


def _category(resource: Json) -> str:
    found = [each.code or each.text for each in concepts(resource, "category")]
    best = _PROBLEM if _PROBLEM in found else next((each for each in found if each), "")
    return best[:40]


def _dosage(resource: Json) -> str:
    given = []
    for each in items(resource, "dosageInstruction"):
        said = text(each, "text") or text(each, "patientInstruction")
        if not said and each.get("asNeededBoolean") is True:
            said = "as needed"
        given.append(said or concept(part(each, "timing"), "code").text)
    return _shortened("; ".join(one for one in given if one), 300)


def _shortened(found: str, limit: int) -> str:
    return found if len(found) <= limit else found[: limit - 1] + "…"
