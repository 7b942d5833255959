"""Whatever stands in a resource: it is read into rows that fit, or it is unreadable. Nothing else."""

from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steadwell.wire.fhir.coverage import read_coverage
from steadwell.wire.fhir.readers import HELPERS, READERS
from steadwell.wire.fhir.references import key_of
from steadwell.wire.fhir.values import Unreadable

ZONE = ZoneInfo("America/New_York")
ODD = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError)
CONCEPT = {
    "coding": [{"system": "http://snomed.info/sct", "code": "44054006", "display": "D"}],
    "text": "T",
}
PATIENT = {"reference": "Patient/p"}
WHOLE: dict[str, dict[str, Any]] = {
    "Patient": {
        "identifier": [{"type": CONCEPT, "system": "urn:x:mrn", "value": "7"}],
        "name": [{"use": "official", "family": "Testa", "given": ["Paula"], "period": {"start": "2000"}}],
        "telecom": [{"system": "phone", "value": "1", "use": "home", "rank": 1}],
        "gender": "female", "birthDate": "1950-03-14", "deceasedDateTime": "2025-01-01",
        "address": [{"line": ["1 Elm"], "city": "A", "state": "OH", "postalCode": "45701"}],
        "communication": [{"language": CONCEPT, "preferred": True}],
        "extension": [{"url": "us-core-birthsex", "valueCode": "F"}],
    },
    "Practitioner": {"name": [{"text": "A B"}], "identifier": [{"system": "us-npi", "value": "1"}]},
    "Organization": {"name": "Clinic", "identifier": [{"value": "1"}]},
    "PractitionerRole": {"practitioner": {"reference": "Practitioner/1"}},
    "Medication": {"code": CONCEPT},
    "Condition": {
        "code": CONCEPT, "subject": PATIENT, "clinicalStatus": CONCEPT, "category": [CONCEPT],
        "onsetPeriod": {"start": "2014"}, "abatementDateTime": "2015-02", "recordedDate": "2014-03-01",
    },
    "Encounter": {
        "class": {"code": "AMB"}, "type": [CONCEPT], "subject": PATIENT, "status": "finished",
        "period": {"start": "2026-01-01T10:00:00Z", "end": "2026-01-01T11:00:00Z"},
        "participant": [{"type": [CONCEPT], "individual": {"reference": "#d"}}],
        "contained": [{"resourceType": "Practitioner", "id": "d", "name": [{"family": "A"}]}],
        "serviceProvider": {"identifier": {"system": "s", "value": "v"}},
    },
    "MedicationRequest": {
        "medicationReference": {"reference": "#m"}, "subject": PATIENT, "status": "active",
        "contained": [{"resourceType": "Medication", "id": "m", "code": CONCEPT}],
        "authoredOn": "2026-01-01", "dosageInstruction": [{"text": "daily", "timing": {"code": CONCEPT}}],
    },
    "AllergyIntolerance": {
        "patient": PATIENT, "clinicalStatus": CONCEPT, "criticality": "high",
        "reaction": [{"substance": CONCEPT, "manifestation": [CONCEPT]}], "recordedDate": "2020",
    },
    "Observation": {
        "code": CONCEPT, "subject": PATIENT, "status": "final", "category": [CONCEPT],
        "effectiveDateTime": "2026-01-01", "valueQuantity": {"value": 1.5, "unit": "kg", "comparator": "<"},
        "component": [{"code": CONCEPT, "valueCodeableConcept": CONCEPT},
                      {"code": CONCEPT, "valueRange": {"low": {"value": 1}}}],
    },
    "Procedure": {"code": CONCEPT, "subject": PATIENT, "performedPeriod": {"start": "2026"}},
    "Coverage": {
        "type": CONCEPT, "payor": [{"display": "Medicare"}], "beneficiary": PATIENT, "order": 1,
        "class": [{"type": CONCEPT, "value": "1", "name": "Plan"}], "period": {"start": "2020"},
        "relationship": CONCEPT, "subscriberId": "1EG4TE5MK73", "status": "active",
    },
    "ExplanationOfBenefit": {
        "patient": PATIENT, "billablePeriod": {"start": "2020-01-01", "end": "2020-01-02"},
        "contained": [{"resourceType": "Coverage", "payor": [{"display": "Medicare"}]}],
    },
}  # fmt: skip
LIMITS = {
    "label": 300, "icd10": 10, "snomed": 20, "category": 40, "status": 20, "clinical_status": 20,
    "verification_status": 20, "family_name": 120, "given_name": 120, "phone": 40, "unit": 40,
    "value_text": 250, "payer_name": 200, "member_number": 40, "source_key": 200, "class_code": 20,
    "reaction": 250, "dosage": 300, "loinc": 20, "rxnorm": 20, "record_number": 60, "language": 20,
    "street": 120, "city": 60, "state": 30, "postal_code": 12, "npi": 10, "name": 200, "code": 20,
}  # fmt: skip

junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**40), 10**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(
        ["\x00", "x" * 500, "2014-99", "0000", "9999-12-31T23:59:59-14:00", "#", "urn:uuid:"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["coding", "code", "text", "value", "reference"]), inner, max_size=3
        )
    ),
    max_leaves=5,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside a resource at which something stands."""
    found = [path] if path else []
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, each in inner:
        found += places(each, (*path, key))
    return found


@pytest.mark.exhaustive
@pytest.mark.parametrize("kind", sorted(WHOLE))
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_mutated_resources_are_read_or_unreadable(kind: str, data: st.DataObject) -> None:
    resource = orjson.loads(orjson.dumps({"resourceType": kind, "id": "1", **WHOLE[kind]}))
    for _time in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from([p for p in places(resource) if p[0] != "resourceType"]))
        holder: Any = resource
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = data.draw(junk)
    try:
        key = key_of(resource)
        if kind == "Coverage":
            rows: list[Any] = [read_coverage(resource, key, ZONE, {})[0]]
        else:
            rows = list((READERS.get(kind) or HELPERS[kind])(resource, key, ZONE))
    except (Unreadable, *ODD):
        return
    for row in rows:
        for field, value in row._asdict().items():
            if isinstance(value, str):
                assert "\x00" not in value
                value.encode()
                assert len(value) <= LIMITS.get(field, 10_000), field


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_unchanged_they_are_read(kind: str) -> None:
    resource = {"resourceType": kind, "id": "1", **WHOLE[kind]}
    if kind == "Coverage":
        assert read_coverage(resource, "Coverage/1", ZONE, {})[0].kind == "medicare_ffs"
    else:
        assert (READERS.get(kind) or HELPERS[kind])(resource, key_of(resource), ZONE)
