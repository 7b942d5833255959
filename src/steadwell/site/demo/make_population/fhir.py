"""Small pieces of FHIR, and NDJSON files."""

import gzip
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

Resource = dict[str, Any]

NEWEST: Final = date(2026, 3, 14)
"""The day of the newest encounter of both exports. The demo moves them from here."""

KEPT: Final = (
    "Patient",
    "Coverage",
    "Condition",
    "Encounter",
    "MedicationRequest",
    "AllergyIntolerance",
    "Observation",
    "Procedure",
    "Practitioner",
    "Organization",
)
US_NPI: Final = "http://hl7.org/fhir/sid/us-npi"
US_MBI: Final = "http://hl7.org/fhir/sid/us-mbi"
ICD10: Final = "http://hl7.org/fhir/sid/icd-10-cm"
RXNORM: Final = "http://www.nlm.nih.gov/research/umls/rxnorm"
CPT: Final = "http://www.ama-assn.org/go/cpt"
HCPCS: Final = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
V2_0203: Final = "http://terminology.hl7.org/CodeSystem/v2-0203"
V3: Final = "http://terminology.hl7.org/CodeSystem/v3-"
TERMS: Final = "http://terminology.hl7.org/CodeSystem/"
# Both exports mark every resource as test data; so do the resources made here.
TEST_DATA: Final[Resource] = {"security": [{"system": f"{V3}ActReason", "code": "HTEST"}]}


def concept(system: str, code: str) -> Resource:
    return {"coding": [{"system": system, "code": code}]}


def identifier(kind: str, system: str, value: str) -> Resource:
    return {"type": concept(V2_0203, kind), "system": system, "value": value}


def reference(resource: Resource) -> Resource:
    return {"reference": f"{resource['resourceType']}/{resource['id']}"}


def read(folder: Path, kind: str) -> Iterator[Resource]:
    with gzip.open(folder / f"{kind}.ndjson.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def write(folder: Path, resources: Iterable[Resource]) -> None:
    """One gzipped file for each type, in the order given, without a time stamp inside."""
    folder.mkdir(parents=True, exist_ok=True)
    by_kind: dict[str, list[str]] = {kind: [] for kind in KEPT}
    for resource in resources:
        line = json.dumps(resource, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        by_kind[resource["resourceType"]].append(line + "\n")
    for kind, lines in by_kind.items():
        path = folder / f"{kind}.ndjson.gz"
        if lines:
            path.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))
        else:
            path.unlink(missing_ok=True)
