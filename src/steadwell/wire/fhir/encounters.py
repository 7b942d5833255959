"""Encounter: a visit or a stay, with whoever saw the patient."""

from datetime import tzinfo
from typing import Final

from steadwell.wire.fhir.concepts import Concept, concept, concepts, status, visit_codes
from steadwell.wire.fhir.people import clinician_name
from steadwell.wire.fhir.references import contained, npi_in, npi_of, reference, reference_in
from steadwell.wire.fhir.rows import EncounterRow, NamedClinicianRow, Row
from steadwell.wire.fhir.values import Json, items, moment, part, text

# Whoever performed goes before whoever was responsible, before anybody else who was there.
_PARTS: Final = {"PPRF": 0, "ATND": 1, "SPRF": 2, "ADM": 3, "CON": 4}


def read_encounter(resource: Json, key: str, zone: tzinfo) -> list[Row]:
    kinds = [*concepts(resource, "type"), *concepts(resource, "serviceType")]
    period = part(resource, "period") or part(resource, "actualPeriod")
    clinician_key, named = _clinician(resource, key)
    row = EncounterRow(
        source_key=key,
        patient_key=reference(resource, "subject", "Patient"),
        clinician_key=clinician_key,
        organization_key=reference(resource, "serviceProvider", "Organization"),
        class_code=_class(resource),
        status=status(resource, "status"),
        label=next((found for found in (each.label(250) for each in kinds) if found), ""),
        procedure_codes=visit_codes(kinds),
        starts_at=moment(period, "start", zone),
        ends_at=moment(period, "end", zone),
    )
    return [row, *named]


def _class(resource: Json) -> str:
    found: Concept = concept(resource, "class")
    code = next((one.code for one in found.codings if "actcode" in one.system), found.code)
    return code.upper() if len(code) <= 20 else ""


def _clinician(resource: Json, key: str) -> tuple[str, list[Row]]:
    """The key of the clinician who counts, and a row for one that is only named here."""
    best: tuple[int, str, Json] | None = None
    for each in items(resource, "participant"):
        individual = part(each, "individual") or part(each, "actor")
        found = reference_in(individual, "Practitioner") if individual else ""
        if not found.startswith(("Practitioner", "#")):
            continue
        roles = [one.code for said in concepts(each, "type") for one in said.codings]
        rank = min((_PARTS.get(role, 9) for role in roles), default=9)
        if best is None or rank < best[0]:
            best = (rank, found, individual)
    if best is None:
        return "", []
    _rank, found, individual = best
    inside = contained(resource, found)
    if inside is not None:
        return _contained_clinician(resource, inside, key, found)
    if npi := npi_in(found):
        return found, [NamedClinicianRow(found[:200], npi, text(individual, "display", 160))]
    return ("" if found.startswith("#") else found), []


def _contained_clinician(
    resource: Json, inside: Json, key: str, found: str
) -> tuple[str, list[Row]]:
    if inside.get("resourceType") == "PractitionerRole":
        outer = reference(inside, "practitioner", "Practitioner")
        deeper = contained(resource, outer)
        if deeper is None:
            return outer, []
        inside = deeper
    own_key = f"{key}{found}"[:200]
    return own_key, [NamedClinicianRow(own_key, npi_of(inside), clinician_name(inside))]
