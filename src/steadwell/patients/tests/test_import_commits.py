"""Imports with real commits: two lanes, interruption, a second one at the same time."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction

from steadwell.audit.models import AuditEvent
from steadwell.common.errors import Refusal
from steadwell.common.tenancy import practice_scope
from steadwell.patients.importing.loading import Loading
from steadwell.patients.models import (
    ImportRun,
    Medication,
    Patient,
    SourceOrganization,
)
from steadwell.patients.services import import_fhir
from steadwell.patients.tests.exports import (
    POPULATION,
    counts,
    ndjson,
    person,
)
from steadwell.practices.models import Practice
from tests import cast


@pytest.fixture
def practice(committed_db: str, settings: LazySettings, tmp_path: Path) -> Practice:
    assert committed_db
    settings.VAR = tmp_path / "var"
    with transaction.atomic():
        return cast.make_practice("elm", "Elm Street Clinic")


def test_both_lanes_fill_one_chart(practice: Practice) -> None:
    first = import_fhir(POPULATION, practice=practice)
    assert counts(first) == (first.read, 0, 0, 0)
    assert counts(import_fhir(POPULATION, practice=practice)) == (0, 0, first.read, 0)
    with practice_scope(practice_id=practice.pk):
        assert AuditEvent.objects.filter(action="chart.imported").count() == 180
        runs = list(ImportRun.objects.order_by("pk").values_list("read", "new", "unchanged"))
        assert runs == [(first.read, first.read, 0), (first.read, 0, first.read)]
        assert not ImportRun.objects.filter(finished_at=None).exists()


def test_an_interrupted_run_can_be_run_again(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = Loading._load_range

    def stop(self: Loading, target: Any, values: Any) -> None:
        if target.name == "staged_medication":
            raise KeyboardInterrupt
        load(self, target, values)

    with monkeypatch.context() as broken:
        broken.setattr(Loading, "_load_range", stop)
        with pytest.raises(KeyboardInterrupt):
            import_fhir(POPULATION, practice=practice)
    with practice_scope(practice_id=practice.pk):
        assert Patient.objects.count() == 180
        assert not Medication.objects.exists()
        assert ImportRun.objects.get().finished_at is None
    again = import_fhir(POPULATION, practice=practice)
    assert again.rejected == again.changed == 0
    assert again.unchanged > 180
    with practice_scope(practice_id=practice.pk):
        assert Medication.objects.exists()
        assert SourceOrganization.objects.exists()


def test_a_fault_in_the_second_lane_ends_the_run(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = Loading._load_range

    def fail(self: Loading, target: Any, values: Any) -> None:
        if target.name == "staged_observation":
            raise RuntimeError("disk full")
        load(self, target, values)

    monkeypatch.setattr(Loading, "_load_range", fail)
    with pytest.raises(RuntimeError, match="disk full"):
        import_fhir(POPULATION, practice=practice)


def test_two_at_once_are_refused(practice: Practice, committed_db: str, tmp_path: Path) -> None:
    from conftest import superuser_of

    path = ndjson(tmp_path / "a.ndjson", person())
    with superuser_of(committed_db) as other:
        other.execute("SELECT pg_advisory_lock(7401, %s)", [practice.pk])
        with pytest.raises(Refusal, match="Another import"):
            import_fhir(path, practice=practice)
        # Closing alone would not do: the server lets go a moment later.
        other.execute("SELECT pg_advisory_unlock(7401, %s)", [practice.pk])
    assert import_fhir(path, practice=practice).new == 1
