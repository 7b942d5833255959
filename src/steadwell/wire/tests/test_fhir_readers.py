"""Resources to rows: what the standard allows, and what exports write instead."""

from datetime import date
from typing import Any

import pytest

from steadwell.wire.fhir.references import key_of
from steadwell.wire.fhir.values import Unreadable
from steadwell.wire.tests.fhir_rows import ICD, MRN, SCT, condition, patient


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
