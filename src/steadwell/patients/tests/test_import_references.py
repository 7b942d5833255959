"""What resources say of one another, in whatever order and form."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from steadwell.patients.models import (
    Clinician,
    Coverage,
    Encounter,
    Medication,
    Patient,
)
from steadwell.patients.tests.exports import (
    NPI,
    Import,
    about,
    bundle,
    counts,
    diabetes,
    ndjson,
    person,
    reasons,
)


class TestReferences:
    def test_order_does_not_matter(self, bring_in: Import, tmp_path: Path) -> None:
        visit = about("Encounter", "e", participant=[{"individual": {"reference": "Practitioner/d"}}],
                      serviceProvider={"reference": "Organization/o"})  # fmt: skip
        doctor = {"resourceType": "Practitioner", "id": "d", "name": [{"family": "Abbott"}]}
        clinic = {"resourceType": "Organization", "id": "o", "name": "Elm Street"}
        assert (
            counts(
                bring_in(ndjson(tmp_path / "a.ndjson", visit, diabetes(), person(), doctor, clinic))
            )[0]
            == 5
        )
        found = Encounter.objects.select_related("clinician", "organization", "patient").get()
        assert found.clinician is not None
        assert found.organization is not None
        assert (found.clinician.name, found.organization.name) == ("Abbott", "Elm Street")

    def test_by_a_bundle_s_urn_where_the_id_is_another(
        self, bring_in: Import, tmp_path: Path
    ) -> None:
        entries = [
            {"fullUrl": "urn:uuid:aa", "resource": diabetes("c", "urn:uuid:bb")},
            {"fullUrl": "urn:uuid:bb", "resource": person("p")},
        ]
        (tmp_path / "a.json").write_text(json.dumps({"resourceType": "Bundle", "entry": entries}))
        assert counts(bring_in(tmp_path)) == (2, 0, 0, 0)

    def test_a_bundle_as_synthea_writes_it(self, bring_in: Import, tmp_path: Path) -> None:
        doctor = f"Practitioner?identifier={NPI}|1003000126"
        visit = about(
            "Encounter", "e", "urn:uuid:p", participant=[{"individual": {"reference": doctor}}]
        )
        bundle(tmp_path / "person.json", person(), visit, diabetes("c", "urn:uuid:p"))
        bundle(tmp_path / "practitionerInformation.json", {
            "resourceType": "Practitioner", "id": "d", "name": [{"family": "Abbott"}],
            "identifier": [{"system": NPI, "value": "1003000126"}]})  # fmt: skip
        assert counts(bring_in(tmp_path)) == (4, 0, 0, 0)
        assert Encounter.objects.get().clinician == Clinician.objects.get()

    def test_somebody_known_by_number_only_becomes_a_clinician(
        self, bring_in: Import, tmp_path: Path
    ) -> None:
        named = {"identifier": {"system": NPI, "value": "1003000126"}, "display": "Dr. Abbott"}
        path = ndjson(
            tmp_path / "a.ndjson",
            person(),
            about("Encounter", "e", participant=[{"individual": named}]),
        )
        for _time in range(2):
            bring_in(path)
            clinician = Clinician.objects.get()
            assert (clinician.npi, clinician.name) == ("1003000126", "Dr. Abbott")
            assert Encounter.objects.get().clinician_id == clinician.pk

    def test_a_role_stands_for_its_practitioner(self, bring_in: Import, tmp_path: Path) -> None:
        role = {
            "resourceType": "PractitionerRole",
            "id": "r",
            "practitioner": {"reference": "Practitioner/d"},
        }
        doctor = {"resourceType": "Practitioner", "id": "d", "name": [{"family": "Abbott"}]}
        visit = about(
            "Encounter", "e", participant=[{"individual": {"reference": "PractitionerRole/r"}}]
        )
        summary = bring_in(ndjson(tmp_path / "a.ndjson", person(), visit, role, doctor))
        assert counts(summary) == (3, 0, 0, 0)
        assert summary.not_used == {"PractitionerRole": 1}
        assert Encounter.objects.get().clinician is not None

    def test_an_identifier_of_two_patients_is_nobody_s(
        self, bring_in: Import, tmp_path: Path
    ) -> None:
        number = {"identifier": [{"system": "urn:x", "value": "77"}]}
        path = ndjson(tmp_path / "a.ndjson", person("p", **number), person("q", **number),
                      diabetes("c", "Patient?identifier=urn:x|77"))  # fmt: skip
        assert counts(bring_in(path)) == (2, 0, 0, 1)

    def test_a_patient_from_an_earlier_run_is_found(self, bring_in: Import, tmp_path: Path) -> None:
        bring_in(ndjson(tmp_path / "a.ndjson", person()))
        assert counts(bring_in(ndjson(tmp_path / "b.ndjson", diabetes()))) == (1, 0, 0, 0)

    def test_a_clinician_who_comes_later_is_linked_then(
        self, bring_in: Import, tmp_path: Path
    ) -> None:
        visit = about(
            "Encounter", "e", participant=[{"individual": {"reference": "Practitioner/d"}}]
        )
        path = ndjson(tmp_path / "a.ndjson", person(), visit)
        bring_in(path)
        assert Encounter.objects.get().clinician is None
        bring_in(ndjson(tmp_path / "b.ndjson", {"resourceType": "Practitioner", "id": "d"}))
        assert counts(bring_in(path)) == (0, 1, 1, 0)
        assert Encounter.objects.get().clinician is not None

    def test_medications_named_elsewhere(self, bring_in: Import, tmp_path: Path) -> None:
        drug = {"resourceType": "Medication", "id": "m", "code": {"text": "Metformin"}}
        first = about("MedicationRequest", "1", medicationReference={"reference": "Medication/m"})
        lost = about("MedicationRequest", "2", medicationReference={"reference": "Medication/x"})
        path = ndjson(tmp_path / "a.ndjson", person(), first, lost, drug)
        summary = bring_in(path)
        assert counts(summary) == (2, 0, 0, 1)
        assert reasons(summary) == [
            ["a.ndjson", "3", "MedicationRequest", "its medication is not in the input"]
        ]
        assert Medication.objects.get().label == "Metformin"
        assert counts(bring_in(path)) == (0, 0, 2, 1)


class TestCover:
    def test_the_insurer_s_name_may_come_last_or_from_an_earlier_run(
        self, bring_in: Import, tmp_path: Path
    ) -> None:
        policy = about(
            "Coverage", "v", payor=[{"reference": "Organization/m"}], subscriberId="1EG4TE5MK73"
        )
        medicare = {"resourceType": "Organization", "id": "m", "name": "Medicare"}
        bring_in(ndjson(tmp_path / "a.ndjson", policy, person(), medicare))
        assert Coverage.objects.get().kind == "medicare_ffs"
        assert Patient.objects.get().medicare_number == "1EG4TE5MK73"
        assert counts(bring_in(ndjson(tmp_path / "b.ndjson", policy))) == (0, 0, 1, 0)

    def test_another_payer_s_number_is_no_medicare_number(
        self, bring_in: Import, tmp_path: Path
    ) -> None:
        policy = about("Coverage", "v", payor=[{"display": "Aetna"}], subscriberId="1EG4TE5MK73")
        spouse = about("Coverage", "w", payor=[{"display": "Medicare"}], subscriberId="1EG4TE5MK73",
                       relationship={"coding": [{"code": "spouse"}]})  # fmt: skip
        bring_in(ndjson(tmp_path / "a.ndjson", policy, spouse, person()))
        assert Patient.objects.get().medicare_number == ""

    def test_policies_that_stand_in_bills_only(self, bring_in: Import, tmp_path: Path) -> None:
        def bill(number: str, payer: str, start: str) -> dict[str, Any]:
            inside = {"resourceType": "Coverage", "id": "v", "type": {"text": payer}, "status": "active",
                      "payor": [{"display": payer}]}  # fmt: skip
            period = {"start": start, "end": start}
            return {"resourceType": "ExplanationOfBenefit", "id": number, "contained": [inside],
                    "patient": {"reference": "Patient/p"}, "billablePeriod": period}  # fmt: skip

        path = ndjson(tmp_path / "a.ndjson", bill("1", "Ohio Medicaid", "2018-05-01"), person(),
                      bill("2", "Medicare", "2021-04-01"), bill("3", "Medicare", "2025-09-01"))  # fmt: skip
        for _time in range(2):
            assert bring_in(path).read == 1
            rows = Coverage.objects.order_by("starts_on").values_list(
                "kind", "starts_on", "ends_on"
            )
            assert list(rows) == [
                ("medicaid", date(2018, 5, 1), date(2018, 5, 1)),
                ("medicare_ffs", date(2021, 4, 1), None),
            ]

        policy = about("Coverage", "w", "Patient/q", payor=[{"display": "Aetna"}])
        theirs = {**bill("4", "Medicare", "2025-01-01"), "patient": {"reference": "Patient/q"}}
        bring_in(ndjson(tmp_path / "b.ndjson", person("q"), policy, theirs))
        assert Coverage.objects.filter(patient__source_key="Patient/q").get().kind == "unknown"
