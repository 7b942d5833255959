"""Resources to rows: what the standard allows, and what exports write instead."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from steadwell.wire.fhir.coverage import read_coverage
from steadwell.wire.fhir.readers import READERS
from steadwell.wire.fhir.references import key_of
from steadwell.wire.fhir.rows import (
    AllergyRow,
    ClinicianRow,
    ConditionRow,
    EncounterRow,
    MedicationRow,
    NamedClinicianRow,
    ObservationRow,
    PatientRow,
    ProcedureRow,
)
from steadwell.wire.fhir.values import Unreadable

ZONE = ZoneInfo("America/New_York")
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
NPI = "http://hl7.org/fhir/sid/us-npi"
SCT = "http://snomed.info/sct"
MRN = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}


def read(kind: str, **fields: Any) -> list[Any]:
    resource = {"resourceType": kind, "id": "1", **fields}
    return list(READERS[kind](resource, key_of(resource), ZONE))


def patient(**fields: Any) -> PatientRow:
    standard = {"name": [{"family": "Testa", "given": ["Paula"]}], "birthDate": "1950-03-14"}
    row = read("Patient", **{**standard, **fields})[0]
    assert isinstance(row, PatientRow)
    return row


def condition(**fields: Any) -> ConditionRow:
    standard = {"code": {"text": "Pain"}, "subject": {"reference": "Patient/p"}}
    row = read("Condition", **{**standard, **fields})[0]
    assert isinstance(row, ConditionRow)
    return row


class TestPatient:
    @pytest.mark.parametrize(
        ("names", "family", "given"),
        [
            ([{"family": "Diaz", "given": ["Ana", "Luz"]}], "Diaz", "Ana Luz"),
            ([{"use": "old", "family": "Ayala"}, {"family": "Diaz"}], "Diaz", ""),
            (
                [{"use": "maiden", "family": "Ayala"}, {"use": "official", "family": "Diaz"}],
                "Diaz",
                "",
            ),
            ([{"family": "Ayala", "period": {"end": "2001"}}, {"family": "Diaz"}], "Diaz", ""),
            ([{"text": "Ana Luz Diaz"}], "Diaz", "Ana Luz"),
            ([{"text": "Diaz, Ana"}], "Diaz", "Ana"),
            ({"family": "Diaz", "given": "Ana"}, "Diaz", "Ana"),
            ([None, {"family": "Di\u0000az\n"}], "Di az", ""),
        ],
    )
    def test_the_best_current_name(self, names: Any, family: str, given: str) -> None:
        row = patient(name=names)
        assert (row.family_name, row.given_name) == (family, given)

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"name": []}, "no name"),
            ({"name": "Paula Testa"}, "name is not a list"),
            ({"name": [{"family": ["x"]}]}, "family is not text"),
            ({"name": [{"family": "x" * 121}]}, "longer than 120"),
            ({"birthDate": None}, "no birthDate"),
            ({"birthDate": "1950-03"}, "does not give year, month and day"),
            ({"birthDate": "1950-02-30"}, "birthDate is not a date"),
            ({"birthDate": 19500314}, "birthDate is not a date"),
            ({"deceasedDateTime": "yesterday"}, "deceasedDateTime is not a date"),
            ({"id": "x" * 300}, "id is longer"),
            ({"id": ["x"]}, "id is not text"),
        ],
    )
    def test_what_cannot_be_read_says_why(self, fields: dict[str, Any], reason: str) -> None:
        with pytest.raises(Unreadable, match=reason):
            patient(**fields)

    @pytest.mark.parametrize(
        ("identifiers", "number"),
        [
            ([{"type": MRN, "value": "7"}, {"value": "8"}], "7"),
            ([{"value": "8"}, {"system": "urn:x:MRN", "value": "7"}], "7"),
            ([{"use": "usual", "value": "7"}], "7"),
            ([{"type": MRN, "value": "7", "use": "old"}, {"type": MRN, "value": "8"}], "8"),
            ([{"system": "http://hl7.org/fhir/sid/us-ssn", "value": "999-76-6301"}], ""),
        ],
    )
    def test_the_record_number(self, identifiers: Any, number: str) -> None:
        assert patient(identifier=identifiers).record_number == number

    @pytest.mark.parametrize(
        ("value", "kept"),
        [("1EG4-TE5-MK73", "1EG4TE5MK73"), ("1eg4te5mk73", "1EG4TE5MK73"), ("1SG4TE5MK73", ""),
         ("0EG4TE5MK73", ""), ("1EG4TE5MK7", ""), ("123456789A", "")],
    )  # fmt: skip
    def test_a_medicare_number_is_kept_in_its_format_only(self, value: str, kept: str) -> None:
        identifier = {"system": "http://hl7.org/fhir/sid/us-mbi", "value": value}
        assert patient(identifier=[identifier]).medicare_number == kept
        by_type = {"type": {"coding": [{"code": "MC"}]}, "value": value}
        assert patient(identifier=[by_type]).medicare_number == kept

    @pytest.mark.parametrize(
        ("fields", "died_on", "is_deceased"),
        [
            ({}, None, False),
            ({"deceasedBoolean": False}, None, False),
            ({"deceasedBoolean": True}, None, True),
            ({"deceasedDateTime": "2025-11-02"}, date(2025, 11, 2), True),
            ({"deceasedDateTime": "2025-11-02T02:00:00Z"}, date(2025, 11, 1), True),
            ({"deceasedDateTime": "2025"}, date(2025, 1, 1), True),
        ],
    )
    def test_death(self, fields: Any, died_on: date | None, is_deceased: bool) -> None:
        row = patient(**fields)
        assert (row.died_on, row.is_deceased) == (died_on, is_deceased)

    def test_how_to_reach_them(self) -> None:
        row = patient(
            telecom=[
                {"system": "fax", "value": "1"},
                {"system": "phone", "use": "work", "value": "2"},
                {"system": "phone", "use": "home", "rank": 2, "value": "3"},
                {"system": "phone", "use": "mobile", "rank": 1, "value": "4"},
                {"system": "email", "value": "p@example.org"},
            ],
            address=[
                {"use": "old", "line": ["9 Gone"]},
                {"use": "home", "line": ["1 Elm", "Apt 2"], "city": "Athens", "state": "Ohio",
                 "postalCode": "45701"},
            ],
            communication=[
                {"language": {"text": "English"}},
                {"preferred": True, "language": {"coding": [{"code": "es"}]}},
            ],
            extension=[{"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex",
                        "valueCode": "F"}],
        )  # fmt: skip
        assert row[9:] == ("4", "p@example.org", "1 Elm, Apt 2", "Athens", "OH", "45701", "es")
        assert row.sex == "female"

    def test_without_an_id_the_content_is_the_key(self) -> None:
        one = key_of({"resourceType": "Patient", "name": [{"family": "A"}]})
        same = key_of({"name": [{"family": "A"}], "resourceType": "Patient"})
        other = key_of({"resourceType": "Patient", "name": [{"family": "B"}]})
        assert one == same != other
        assert key_of({"resourceType": "Patient"}, "urn:uuid:77") == "Patient/77"


class TestCodes:
    @pytest.mark.parametrize(
        ("code", "icd10", "snomed"),
        [
            ({"coding": [{"system": ICD, "code": "E11.22"}]}, "E11.22", ""),
            ({"coding": [{"system": ICD, "code": "e1122"}]}, "E11.22", ""),
            ({"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "I10"}]}, "I10", ""),
            ({"coding": [{"system": "urn:oid:2.16.840.1.113883.6.90", "code": "I10"}]}, "I10", ""),
            ({"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-pcs", "code": "0DT"}]}, "", ""),
            ({"coding": [{"code": "E11.22"}]}, "E11.22", ""),
            ({"coding": [{"code": "I10"}]}, "", ""),  # too short to be sure of its system
            ({"coding": [{"code": "44054006"}]}, "", "44054006"),
            ({"coding": [{"code": "44054007"}]}, "", ""),  # the check digit does not hold
            ({"coding": [{"system": SCT, "code": "44054006"}, {"system": ICD, "code": "E11.9"}]},
             "E11.9", "44054006"),
            ({"text": "Sugar"}, "", ""),
            ("Sugar", "", ""),
        ],
    )  # fmt: skip
    def test_icd10_and_snomed(self, code: Any, icd10: str, snomed: str) -> None:
        row = condition(code=code)
        assert (row.icd10, row.snomed) == (icd10, snomed)
        assert row.label

    @pytest.mark.parametrize("code", [{}, {"coding": []}, {"coding": [{"system": SCT}]}, None])
    def test_nothing_said_is_no_condition(self, code: Any) -> None:
        with pytest.raises(Unreadable, match="neither code nor text"):
            condition(code=code)

    def test_a_long_label_is_shortened_and_shows_it(self) -> None:
        label = condition(code={"text": "x" * 300}).label
        assert len(label) == 250
        assert label.endswith("…")


class TestCondition:
    @pytest.mark.parametrize(
        ("fields", "onset"),
        [
            ({"onsetDateTime": "2014"}, date(2014, 1, 1)),
            ({"onsetDateTime": "2014-03"}, date(2014, 3, 1)),
            ({"onsetDateTime": "2014-03-09"}, date(2014, 3, 9)),
            ({"onsetDateTime": "2014-03-09T02:30:00Z"}, date(2014, 3, 8)),
            ({"onsetDateTime": "2014-03-09T00:00:00Z"}, date(2014, 3, 9)),
            ({"onsetDateTime": "2014-01-09T23:59:60-05:00"}, date(2014, 1, 9)),
            ({"onsetPeriod": {"start": "2014-03-09"}}, date(2014, 3, 9)),
            ({"onsetAge": {"value": 52, "unit": "a"}}, None),
            ({"onsetString": "as a child"}, None),
        ],
    )
    def test_onset(self, fields: Any, onset: date | None) -> None:
        assert condition(**fields).onset_on == onset

    def test_an_abatement_in_a_year_is_its_last_day(self) -> None:
        assert condition(abatementDateTime="2020").abated_on == date(2020, 12, 31)
        assert condition(abatementPeriod={"end": "2020-02"}).abated_on == date(2020, 2, 29)

    @pytest.mark.parametrize("bad", ["2014-13", "soon", "", 2014, "2014-02-30", ["2014"]])
    def test_no_date_is_rejected(self, bad: Any) -> None:
        with pytest.raises(Unreadable, match="onsetDateTime is not a date"):
            condition(onsetDateTime=bad)

    @pytest.mark.parametrize(
        "status", ["active", {"coding": [{"code": "Active"}]}, {"text": "active"}]
    )
    def test_status_old_and_new(self, status: Any) -> None:
        assert condition(clinicalStatus=status).clinical_status == "active"

    def test_what_was_entered_in_error_keeps_its_status(self) -> None:
        assert (
            condition(verificationStatus="entered-in-error").verification_status
            == "entered-in-error"
        )

    @pytest.mark.parametrize(
        ("reference", "key"),
        [
            ({"reference": "Patient/9"}, "Patient/9"),
            ({"reference": "Patient/9/_history/2"}, "Patient/9"),
            ({"reference": "https://x.example/r4/Patient/9"}, "Patient/9"),
            ({"reference": "https://x.example/r4/Patient/9/_history/2"}, "Patient/9"),
            ({"reference": "urn:uuid:9"}, "Patient/9"),
            ({"reference": "URN:UUID:9"}, "Patient/9"),
            ({"reference": "Patient?identifier=urn:x|77"}, "Patient?urn:x|77"),
            ({"identifier": {"system": "urn:x", "value": "77"}}, "Patient?urn:x|77"),
            ({"display": "Somebody"}, ""),
            ({}, ""),
        ],
    )
    def test_references(self, reference: Any, key: str) -> None:
        assert condition(subject=reference).patient_key == key


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
