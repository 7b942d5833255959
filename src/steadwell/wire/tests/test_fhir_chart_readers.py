"""From FHIR resources to rows: results, visits, medications, cover."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from steadwell.wire.fhir.coverage import read_coverage
from steadwell.wire.fhir.rows import (
    AllergyRow,
    ClinicianRow,
    EncounterRow,
    MedicationRow,
    NamedClinicianRow,
    ObservationRow,
    ProcedureRow,
)
from steadwell.wire.fhir.values import Unreadable
from steadwell.wire.tests.fhir_rows import NPI, SCT, ZONE, read


class TestObservation:
    def rows(self, **fields: Any) -> list[ObservationRow]:
        standard = {"code": {"coding": [{"system": "http://loinc.org", "code": "4548-4"}]},
                    "subject": {"reference": "Patient/p"}}  # fmt: skip
        return read("Observation", **{**standard, **fields})

    def test_components_are_rows_of_their_own(self) -> None:
        def part(code: str, value: float) -> dict[str, Any]:
            return {"code": {"coding": [{"system": "http://loinc.org", "code": code}]},
                    "valueQuantity": {"value": value, "unit": "mmHg"}}  # fmt: skip

        rows = self.rows(component=[part("8480-6", 128), part("8462-4", 74)])
        assert [(row.source_key, row.loinc, row.quantity) for row in rows] == [
            ("Observation/1", "8480-6", Decimal(128)),
            ("Observation/1#1", "8462-4", Decimal(74)),
        ]
        assert len(self.rows(valueString="see parts", component=[part("8480-6", 128)])) == 2

    @pytest.mark.parametrize(
        ("fields", "quantity", "words"),
        [
            ({"valueQuantity": {"value": 7.5}}, Decimal("7.5"), ""),
            ({"valueQuantity": {"value": 5, "comparator": "<"}}, Decimal(5), "< 5"),
            ({"valueQuantity": {"value": 10**30}}, None, str(10**30)),
            ({"valueQuantity": {"value": 0.1 + 0.2}}, Decimal("0.3"), ""),
            ({"valueQuantity": {}}, None, ""),
            ({"valueInteger": 3}, Decimal(3), ""),
            ({"valueBoolean": True}, None, "yes"),
            ({"valueString": "a\u0000b"}, None, "a b"),
            ({"valueCodeableConcept": {"text": "Positive"}}, None, "Positive"),
            ({"valueRange": {"low": {"value": 1}, "high": {"value": 2}}}, None, "1 to 2"),
            (
                {"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 8}}},
                None,
                "1 / 8",
            ),
            ({"dataAbsentReason": {"coding": [{"code": "unknown"}]}}, None, "Not given: unknown"),
        ],
    )
    def test_values(self, fields: Any, quantity: Decimal | None, words: str) -> None:
        [row] = self.rows(**fields)
        assert (row.quantity, row.value_text) == (quantity, words)

    @pytest.mark.parametrize("value", [{"value": [1]}, {"value": True}, "7.5"])
    def test_no_number_is_rejected(self, value: Any) -> None:
        with pytest.raises(Unreadable):
            self.rows(valueQuantity=value)

    @pytest.mark.parametrize(
        ("fields", "moment"),
        [
            (
                {"effectiveDateTime": "2026-03-01T10:00:00-05:00"},
                datetime(2026, 3, 1, 15, tzinfo=UTC),
            ),
            ({"effectiveDateTime": "2026-03-01"}, datetime(2026, 3, 1, 5, tzinfo=UTC)),
            ({"effectivePeriod": {"start": "2026-03"}}, datetime(2026, 3, 1, 5, tzinfo=UTC)),
            ({"issued": "2026-03-01T15:00:00Z"}, datetime(2026, 3, 1, 15, tzinfo=UTC)),
            ({}, None),
        ],
    )
    def test_when(self, fields: Any, moment: datetime | None) -> None:
        assert self.rows(**fields)[0].observed_at == moment


class TestEncounter:
    def rows(self, **fields: Any) -> list[Any]:
        return read("Encounter", **{"subject": {"reference": "Patient/p"}, **fields})

    @pytest.mark.parametrize(
        "kind",
        [{"code": "AMB"}, {"coding": [{"code": "amb"}]}, [{"coding": [{"code": "AMB"}]}], "AMB"],
    )
    def test_class_as_coding_concept_or_text(self, kind: Any) -> None:
        assert self.rows(**{"class": kind})[0].class_code == "AMB"

    def test_codes_of_the_visit_and_no_others(self) -> None:
        kinds = [
            {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "99214"}]},
            {"coding": [{"system": "urn:oid:2.16.840.1.113883.6.285", "code": "g0439"}]},
            {"coding": [{"code": "99215"}, {"code": "10101"}, {"system": SCT, "code": "99213"}]},
        ]
        assert self.rows(type=kinds)[0].procedure_codes == ["99214", "G0439", "99215"]

    def test_who_performed_goes_before_who_was_there(self) -> None:
        def person(number: int, role: str) -> dict[str, Any]:
            return {"individual": {"reference": f"Practitioner/{number}"},
                    "type": [{"coding": [{"code": role}]}]}  # fmt: skip

        location = {"individual": {"reference": "Device/1"}}
        row = self.rows(participant=[location, person(1, "CON"), person(2, "PPRF")])[0]
        assert isinstance(row, EncounterRow)
        assert row.clinician_key == "Practitioner/2"

    @pytest.mark.parametrize(
        "individual",
        [
            {"reference": "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|1003000126"},
            {
                "reference": "Practitioner?identifier=http%3A%2F%2Fhl7.org%2Ffhir%2Fsid%2Fus-npi%7C1003000126"
            },
            {"identifier": {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1003000126"}},
        ],
    )
    def test_somebody_named_by_npi(self, individual: Any) -> None:
        row, named = self.rows(participant=[{"individual": {**individual, "display": "Dr. A"}}])
        assert isinstance(named, NamedClinicianRow)
        assert (named.source_key, named.npi, named.name) == (
            row.clinician_key,
            "1003000126",
            "Dr. A",
        )

    def test_somebody_inside_the_resource(self) -> None:
        inside = {"resourceType": "Practitioner", "id": "d", "name": [{"family": "Abbott"}],
                  "identifier": [{"system": NPI, "value": "1003000126"}]}  # fmt: skip
        row, named = self.rows(
            contained=[inside], participant=[{"individual": {"reference": "#d"}}]
        )
        assert named == (row.clinician_key, "1003000126", "Abbott")


class TestMedicationAndOthers:
    def medication(self, **fields: Any) -> MedicationRow:
        row = read("MedicationRequest", **{"subject": {"reference": "Patient/p"}, **fields})[0]
        assert isinstance(row, MedicationRow)
        return row

    def test_by_concept_inside_elsewhere_and_by_its_display(self) -> None:
        concept = {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "860975",
                               "display": "metformin"}]}  # fmt: skip
        row = self.medication(medicationCodeableConcept=concept)
        assert (row.label, row.rxnorm) == ("metformin", "860975")
        inside = {"resourceType": "Medication", "id": "m", "code": concept}
        row = self.medication(contained=[inside], medicationReference={"reference": "#m"})
        assert (row.label, row.rxnorm, row.drug_key) == ("metformin", "860975", "")
        row = self.medication(medicationReference={"reference": "Medication/7"})
        assert (row.label, row.drug_key) == ("", "Medication/7")
        row = self.medication(medicationReference={"display": "metformin"})
        assert row.label == "metformin"
        with pytest.raises(Unreadable, match="names no medication"):
            self.medication()

    def test_allergy_procedure_practitioner(self) -> None:
        seen = {
            "substance": {"text": "Latex"},
            "manifestation": [{"text": "Hives"}, {"text": "Itch"}],
        }
        allergy = read("AllergyIntolerance", patient={"reference": "Patient/p"}, reaction=[seen])[0]
        assert isinstance(allergy, AllergyRow)
        assert (allergy.label, allergy.reaction) == ("Latex", "Hives, Itch")
        procedure = read("Procedure", subject={"reference": "Patient/p"}, code={"text": "Eye exam"},
                         performedPeriod={"start": "2026-01-05T10:00:00-05:00"})[0]  # fmt: skip
        assert isinstance(procedure, ProcedureRow)
        assert procedure.performed_at == datetime(2026, 1, 5, 15, tzinfo=UTC)
        doctor = read("Practitioner", name=[{"text": "Ana Abbott"}],
                      identifier=[{"system": NPI, "value": "10030001"}])[0]  # fmt: skip
        assert isinstance(doctor, ClinicianRow)
        assert (doctor.name, doctor.npi) == ("Ana Abbott", "")


class TestCoverage:
    def kind(self, payer: str = "", plan: str = "", **fields: Any) -> tuple[str, str, bool]:
        resource = {"resourceType": "Coverage", "payor": [{"display": payer}] if payer else [],
                    "class": [{"name": plan}] if plan else [], **fields}  # fmt: skip
        row, _waits = read_coverage(resource, "Coverage/1", ZONE, {})
        return row.kind, row.secondary, row.is_qmb

    @pytest.mark.parametrize(
        ("payer", "plan", "kind"),
        [
            ("Medicare", "", "medicare_ffs"),
            ("Medicare", "Medicare Plan", "medicare_ffs"),
            ("MEDICARE PART B", "", "medicare_ffs"),
            ("Noridian Medicare", "", "medicare_ffs"),
            ("Humana", "Original Medicare", "medicare_ffs"),
            ("Railroad Medicare", "Part B", "railroad_medicare"),
            ("Humana", "Medicare Advantage HMO", "medicare_advantage"),
            ("Aetna", "Medicare PPO", "medicare_advantage"),
            ("UnitedHealthcare", "Dual Complete (D-SNP)", "medicare_advantage"),
            ("Humana Medicare", "", "unknown"),
            ("Aetna", "Medicare", "unknown"),
            ("Medicare Part D", "", "unknown"),
            ("SilverScript", "Medicare PDP", "unknown"),
            ("Medicare Part A", "", "unknown"),
            ("Medicare-Medicaid Plan", "", "unknown"),
            ("Blue Cross Blue Shield", "Supplemental Medicare - BCBS", "unknown"),
            ("AARP", "Medigap Plan G", "unknown"),
            ("Dual Eligible", "Dual Eligible", "unknown"),
            ("Ohio Medicaid", "", "medicaid"),
            ("NO_INSURANCE", "", "self_pay"),
            ("Aetna", "", "unknown"),
            ("", "", "unknown"),
        ],
    )  # fmt: skip
    def test_by_words(self, payer: str, plan: str, kind: str) -> None:
        assert self.kind(payer, plan)[0] == kind

    @pytest.mark.parametrize(
        ("code", "kind"),
        [("121", "medicare_ffs"), ("12", "unknown"), ("111", "medicare_advantage"), ("122", "unknown"),
         ("523", "unknown"), ("2", "medicaid"), ("211", "medicaid"), ("5", "commercial"), ("81", "self_pay"),
         ("99", "unknown")],
    )  # fmt: skip
    def test_by_source_of_payment(self, code: str, kind: str) -> None:
        coding = {"system": "https://nahdo.org/sopt", "code": code}
        assert self.kind("X", type={"coding": [coding]})[0] == kind

    def test_a_code_and_words_that_disagree_are_unknown(self) -> None:
        coding = {"system": "https://nahdo.org/sopt", "code": "121"}
        assert self.kind("Humana", "Medicare Advantage", type={"coding": [coding]})[0] == "unknown"

    def test_what_pays_beside_medicare(self) -> None:
        assert self.kind("AARP", "Medigap Plan G")[1] == "medigap"
        assert self.kind("Dual Eligible")[1] == "medicaid"
        assert self.kind("Ohio Medicaid", "Qualified Medicare Beneficiary") == (
            "medicaid",
            "none",
            True,
        )

    def test_a_private_policy_by_its_type(self) -> None:
        act = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
        for code, kind in (
            ("HIP", "commercial"),
            ("EHCPOL", "commercial"),
            ("PUBLICPOL", "unknown"),
        ):
            coding = {"system": act, "code": code}
            assert self.kind("Cigna", "Gold", type={"coding": [coding]})[0] == kind

    def test_the_insurer_s_name_may_stand_elsewhere(self) -> None:
        resource = {"resourceType": "Coverage", "payor": [{"reference": "Organization/m"}],
                    "beneficiary": {"reference": "Patient/p"}, "order": 2, "subscriberId": "1EG4TE5MK73",
                    "relationship": {"coding": [{"code": "self"}]},
                    "period": {"start": "2020", "end": "2025-06"}}  # fmt: skip
        row, waits_for = read_coverage(resource, "Coverage/1", ZONE, {})
        assert (row.kind, waits_for) == ("unknown", "Organization/m")
        row, waits_for = read_coverage(resource, "Coverage/1", ZONE, {"Organization/m": "Medicare"})
        assert (row.kind, waits_for) == ("medicare_ffs", "")
        assert row[6:] == ("1EG4TE5MK73", "self", 2, "", date(2020, 1, 1), date(2025, 6, 30))
        inside = {"resourceType": "Organization", "id": "o", "name": "Medicare"}
        resource |= {"payor": [{"reference": "#o"}], "contained": [inside]}
        assert read_coverage(resource, "Coverage/1", ZONE, {})[0].kind == "medicare_ffs"
