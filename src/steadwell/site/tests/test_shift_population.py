import gzip
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadwell.site.demo.shift_population import (
    _shifted,
    newest_encounter_on,
    shift_population,
)


def moved(resource: dict[str, Any], days: int) -> Any:
    return json.loads(_shifted(json.dumps(resource).encode(), timedelta(days=days)))


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("onsetDateTime", "2026-02-28", "2026-03-01"),
        ("recordedDate", "2024-02-28", "2024-02-29"),
        ("effectiveDateTime", "2025-12-31T23:59:59Z", "2026-01-01T23:59:59Z"),
        ("issued", "2026-01-01T09:30:00.123-05:00", "2026-01-02T09:30:00.123-05:00"),
        ("authoredOn", "2026-01-01", "2026-01-02"),
        ("deceasedDateTime", "2026-01-01T08:00:00Z", "2026-01-02T08:00:00Z"),
    ],
)
def test_every_date_moves_and_keeps_its_time(name: str, before: str, after: str) -> None:
    assert moved({name: before}, 1) == {name: after}


@pytest.mark.parametrize(
    "resource",
    [
        {"birthDate": "1950-03-17"},
        {"onsetDateTime": "2014"},
        {"onsetDateTime": "2014-03"},
        {"identifier": [{"value": "2026-01-01"}]},
        {"code": {"text": "2026-01-01"}},
        {"note": [{"text": 'she wrote "start": "2026-01-01" there'}]},
        {"note": [{"text": "seen 2026-01-01"}]},
        {"reference": "Patient/2026-01-01"},
    ],
)
def test_what_is_no_date_of_the_record_stays(resource: dict[str, Any]) -> None:
    assert moved(resource, 30) == resource


def test_dates_in_lists_and_depths_move() -> None:
    resource = {
        "period": {"start": "2026-01-31", "end": "2026-02-01T10:00:00Z"},
        "dosageInstruction": [{"timing": {"event": ["2026-01-31", "2026-02-27T08:00:00Z"]}}],
    }
    assert moved(resource, 2) == {
        "period": {"start": "2026-02-02", "end": "2026-02-03T10:00:00Z"},
        "dosageInstruction": [{"timing": {"event": ["2026-02-02", "2026-03-01T08:00:00Z"]}}],
    }


def test_numbers_keep_every_digit() -> None:
    line = b'{"effectiveDateTime": "2026-01-01", "valueQuantity": {"value": 7.10}}\n'
    assert _shifted(line, timedelta(days=1)) == line.replace(b"01-01", b"01-02")


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-20_000, 20_000))
def test_there_and_back_is_the_same(day: date, days: int) -> None:
    line = json.dumps({"period": {"start": day.isoformat()}}).encode()
    there = _shifted(line, timedelta(days=days))
    assert json.loads(there)["period"]["start"] == (day + timedelta(days=days)).isoformat()
    assert _shifted(there, timedelta(days=-days)) == line


def an_export(folder: Path) -> Path:
    (folder / "part").mkdir(parents=True)
    visit = '{"resourceType":"Encounter","period":{"start":"2026-03-%02d"}}\n'
    with gzip.open(folder / "part" / "Encounter.ndjson.gz", "wt") as lines:
        lines.write(visit % 14 + visit % 2)
    (folder / "Patient.ndjson").write_text('{"birthDate":"1950-01-01"}\n')
    return folder


def test_a_folder_is_copied_with_its_shape(tmp_path: Path) -> None:
    source = an_export(tmp_path / "source")
    target = tmp_path / "target"
    assert shift_population(source, target, 10) == 3
    with gzip.open(target / "part" / "Encounter.ndjson.gz", "rt") as lines:
        assert [json.loads(line)["period"]["start"] for line in lines] == [
            "2026-03-24",
            "2026-03-12",
        ]
    assert (target / "Patient.ndjson").read_text() == '{"birthDate":"1950-01-01"}\n'
    assert newest_encounter_on(source) == date(2026, 3, 14)
    assert newest_encounter_on(target) == date(2026, 3, 24)


def test_a_folder_without_an_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"holds no \.ndjson"):
        shift_population(tmp_path, tmp_path / "target", 1)


def test_an_export_without_encounters_has_no_newest(tmp_path: Path) -> None:
    (tmp_path / "Patient.ndjson").write_text("{}\n")
    with pytest.raises(ValueError, match="no encounter"):
        newest_encounter_on(tmp_path)
