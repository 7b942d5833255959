"""Exports to charts: once, again, and with dirt."""

from datetime import date
from pathlib import Path

import pytest

from steadwell.audit.models import AuditEvent
from steadwell.common.errors import Refusal
from steadwell.common.tenancy import practice_scope
from steadwell.patients.models import (
    Condition,
    Coverage,
    Encounter,
    ImportRun,
    Observation,
    Patient,
)
from steadwell.patients.services import import_fhir
from steadwell.patients.tests.exports import (
    POPULATION,
    Import,
    about,
    counts,
    diabetes,
    ndjson,
    person,
    pressure,
    reasons,
)
from steadwell.practices.models import Practice


class TestTheDemosPopulation:
    def test_a_second_run_changes_nothing(self, bring_in: Import, elm: Practice) -> None:
        first = bring_in(POPULATION)
        assert counts(first) == (first.read, 0, 0, 0)
        assert Patient.objects.filter(practice=elm).count() == 180
        before = list(Condition.objects.order_by("pk").values_list("pk", "received_at", "digest"))
        second = bring_in(POPULATION)
        assert counts(second) == (0, 0, first.read, 0)
        assert (
            list(Condition.objects.order_by("pk").values_list("pk", "received_at", "digest"))
            == before
        )

    def test_what_it_finds_there(self, bring_in: Import) -> None:
        bring_in(POPULATION / "carebundle")
        kinds = Coverage.objects.values_list("kind", "secondary", "is_qmb")
        assert set(kinds) == {
            ("medicare_ffs", "none", False), ("railroad_medicare", "none", False),
            ("medicare_advantage", "none", False), ("unknown", "medigap", False),
            ("medicaid", "none", False), ("medicaid", "none", True), ("commercial", "none", False),
        }  # fmt: skip
        visits = Encounter.objects.filter(procedure_codes__contains=["99213"])
        assert visits.filter(clinician__npi="2000000010").exists()
        assert not Patient.objects.filter(record_number="").exists()

    def test_snomed_alone_is_mapped_for_counting_and_says_so(self, bring_in: Import) -> None:
        bring_in(POPULATION / "synthea")
        mapped = Condition.objects.filter(icd10_is_mapped=True)
        assert mapped.filter(snomed="44054006", icd10__startswith="E11").exists()
        assert not mapped.filter(snomed="").exists()
        assert not Condition.objects.exclude(icd10="").filter(icd10_is_mapped=False).exists()

    def test_one_event_for_each_patient_and_run(self, bring_in: Import) -> None:
        bring_in(POPULATION)
        events = AuditEvent.objects.filter(action="chart.imported")
        assert events.count() == 180
        named = [tuple(ids) for ids in events.values_list("patient_ids", flat=True)]
        assert sorted(named) == sorted((pk,) for pk in Patient.objects.values_list("pk", flat=True))
        bring_in(POPULATION)
        assert events.count() == 180  # nothing changed, so nothing happened to anybody


class TestAgain:
    def test_what_differs_is_changed_and_the_rest_is_left(
        self, bring_in: Import, tmp_path: Path
    ) -> None:
        path = tmp_path / "a.ndjson"
        bring_in(ndjson(path, person(), diabetes("1"), diabetes("2")))
        later = diabetes("2", recordedDate="2020")
        summary = bring_in(ndjson(path, person(gender="male"), diabetes("1"), later))
        assert counts(summary) == (0, 2, 1, 0)
        assert Patient.objects.get().sex == "male"
        assert Condition.objects.get(source_key="Condition/2").recorded_on == date(2020, 1, 1)

    def test_never_touches_what_the_practice_added(self, bring_in: Import, tmp_path: Path) -> None:
        path = tmp_path / "a.ndjson"
        bring_in(ndjson(path, person()))
        ours = {"preferred_name": "Lori", "sticky_note": "Loud, please",
                "signature_on_file_on": date(2025, 1, 2)}  # fmt: skip
        Patient.objects.update(**ours)
        assert counts(bring_in(ndjson(path, person(name=[{"family": "Testa-Roe"}])))) == (
            0,
            1,
            0,
            0,
        )
        kept = Patient.objects.values(*ours, "family_name", "name_key").get()
        assert kept == {**ours, "family_name": "Testa-Roe", "name_key": "testa-roe"}

    def test_when_only_the_export_is_newer_nothing_changed(
        self, bring_in: Import, tmp_path: Path
    ) -> None:
        path = tmp_path / "a.ndjson"
        bring_in(ndjson(path, person(meta={"lastUpdated": "2026-01-01T00:00:00Z"})))
        assert counts(
            bring_in(ndjson(path, person(meta={"lastUpdated": "2026-02-01T00:00:00Z"})))
        ) == (0, 0, 1, 0)

    def test_a_corrected_panel_may_have_fewer_parts(self, bring_in: Import, tmp_path: Path) -> None:
        path = tmp_path / "a.ndjson"
        assert counts(bring_in(ndjson(path, person(), pressure("o", 128, 74, 60)))) == (2, 0, 0, 0)
        assert counts(bring_in(ndjson(path, person(), pressure("o", 128, 70)))) == (0, 1, 1, 0)
        values = Observation.objects.order_by("source_key").values_list("source_key", "quantity")
        assert dict(values) == {"Observation/o": 128, "Observation/o#1": 70}
        assert counts(bring_in(ndjson(path, person(), pressure("o", 128, 70, 61)))) == (0, 1, 1, 0)

    def test_of_two_with_one_id_the_last_is_kept(self, bring_in: Import, tmp_path: Path) -> None:
        path = ndjson(tmp_path / "a.ndjson", diabetes(recordedDate="2019"), person(),
                      diabetes(recordedDate="2020"), diabetes(recordedDate="2021"))  # fmt: skip
        summary = bring_in(path)
        assert counts(summary) == (2, 0, 2, 0)
        assert summary.repeated == 2
        assert Condition.objects.get().recorded_on == date(2021, 1, 1)
        assert counts(bring_in(path)) == (0, 0, 4, 0)

    def test_of_two_panels_with_one_id_no_part_of_the_first_stays(
        self, bring_in: Import, tmp_path: Path
    ) -> None:
        path = ndjson(tmp_path / "a.ndjson", person(), pressure("o", 1, 2, 3), pressure("o", 4))
        assert counts(bring_in(path)) == (2, 0, 1, 0)
        assert list(Observation.objects.values_list("quantity", flat=True)) == [4]


class TestDirt:
    def test_bad_rows_are_named_and_do_not_stop_the_rest(
        self, bring_in: Import, tmp_path: Path
    ) -> None:
        path = tmp_path / "a.ndjson"
        onset = about("Condition", "3", code={"text": "x"}, onsetDateTime="soon")
        nobody = {"resourceType": "Condition", "id": "5", "code": {"text": "x"}}
        ndjson(
            path, person(), diabetes("1"), person("q", name="Paula Secret"),
            diabetes("2", "Patient/nobody"), onset, {"id": "4"}, nobody, {"resourceType": "Widget"},
        )  # fmt: skip
        path.write_bytes(
            path.read_bytes() + b'{"resourceType": "Condition", "code": {"text": "Secr\n'
        )
        summary = bring_in(path)
        assert counts(summary) == (2, 0, 0, 6)
        assert sorted(reasons(summary), key=lambda row: int(row[1])) == [
            ["a.ndjson", "3", "Patient", "name is not a list"],
            [
                "a.ndjson",
                "4",
                "Condition",
                "its patient is neither in this input nor in the practice",
            ],
            ["a.ndjson", "5", "Condition", "onsetDateTime is not a date"],
            ["a.ndjson", "6", "", "it has no resourceType"],
            ["a.ndjson", "7", "Condition", "it names no patient"],
            ["a.ndjson", "9", "", "the line is not a JSON object"],
        ]
        assert summary.not_used == {"Widget": 1}
        assert "Secret" not in summary.rejects_file.read_text()  # type: ignore[union-attr]
        assert summary.rejects_file.stat().st_mode & 0o077 == 0  # type: ignore[union-attr]

    def test_no_rejects_no_file(self, bring_in: Import, tmp_path: Path) -> None:
        assert bring_in(ndjson(tmp_path / "a.ndjson", person())).rejects_file is None

    def test_what_the_database_refuses_elsewhere(self, bring_in: Import, tmp_path: Path) -> None:
        huge = {"value": 10**40, "unit": "k\u0000g"}
        path = ndjson(
            tmp_path / "a.ndjson",
            person(address=[{"line": ["1 \u0000 Elm\t\\N"], "city": "\\."}]),
            about("Observation", "o", code={"text": "\ttab\\t"}, valueQuantity=huge),
            about("Observation", "n", code={"text": "n" * 400}, valueQuantity={"value": 1e-300}),
            about("Condition", "9999", code={"text": "c"}, onsetDateTime="9999-12-31T23:59:59-14:00"),
            about("Condition", "1", code={"text": "c"}, onsetDateTime="0001-01-01"),
            about("Coverage", "v", order=10**12, subscriberId="9" * 90, payor=[{"display": "x" * 900}]),
        )  # fmt: skip
        summary = bring_in(path)
        assert counts(summary)[3] == 1
        assert reasons(summary)[0][3] == "onsetDateTime is not a date"
        assert Patient.objects.get().street == "1 Elm \\N"
        assert Observation.objects.get(source_key="Observation/o").value_text == "1e+40"

    def test_nothing_there_is_refused(self, bring_in: Import, tmp_path: Path) -> None:
        with pytest.raises(Refusal, match="There is nothing at"):
            bring_in(tmp_path / "gone")
        with pytest.raises(Refusal, match="holds no"):
            bring_in(tmp_path)
        assert not ImportRun.objects.exists()


def test_nothing_goes_to_another_practice(bring_in: Import, oak: Practice, tmp_path: Path) -> None:
    path = ndjson(tmp_path / "a.ndjson", person(), diabetes())
    bring_in(path)
    with practice_scope(practice_id=oak.pk):
        assert not Patient.objects.exists()
        assert counts(import_fhir(path, practice=oak)) == (2, 0, 0, 0)
        assert Patient.objects.count() == 1
