"""`steadwell practice export`: every table of the practice, nothing of another, all or nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection, transaction

from steadwell.audit.models import AuditEvent
from steadwell.claims.models import ClaimFile
from steadwell.claims.tests.approved import committed_practice
from steadwell.common.tenancy import practice_scope
from steadwell.practices.models import Practice
from steadwell.site import exporting
from steadwell.site.cli.main import main
from steadwell.wire.sealed import NotWhole, check
from tests import cast


def export(out: Path, slug: str = "elm") -> Result:
    return CliRunner().invoke(main, ["practice", "export", slug, "--out", str(out)])


@pytest.fixture
def elm_and_oak(committed_db: str, tmp_path: Path) -> Practice:
    practice = committed_practice(1)
    with transaction.atomic():
        oak = cast.make_practice("oak", "Oak Lane Practice")
        cast.make_member(oak, "cy@oak.example", "Cy Cole, RN", "rn", "care_manager")
        cast.make_patient(oak, 77, family_name="Quercus")
    written = CliRunner().invoke(
        main, ["claims", "write", "2026-02", "--practice", "elm", "--out", str(tmp_path / "c")]
    )
    assert written.exit_code == 0, written.output
    return practice


def lines(folder: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"tables/{table}.jsonl").open()]


def test_everything_of_one_practice_is_there(elm_and_oak: Practice, tmp_path: Path) -> None:
    result = export(tmp_path / "out")
    assert result.exit_code == 0, result.output
    (folder,) = (tmp_path / "out").iterdir()
    assert check(folder).digest in result.output
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = 'practice_id'"
        )
        owned = {row[0] for row in cursor.fetchall()}
    there = {path.stem for path in (folder / "tables").iterdir()}
    assert there == owned | {"practices_practice", "practices_person"}
    readme = (folder / "README.md").read_text()
    assert "legal hold stands, to be kept whatever the years say: 0." in readme
    assert all(f"\n## {table}\n" in readme for table in there)
    with practice_scope(practice_id=elm_and_oak.pk):
        file = ClaimFile.objects.get()
        event = AuditEvent.objects.get(action="practices.exported")
        assert check(folder).digest in event.reason
    (row,) = lines(folder, "claims_claimfile")
    assert (folder / row["content"]).read_bytes() == bytes(file.content)
    assert lines(folder, "patients_patient")[0]["family_name"] == "Testa"
    assert lines(folder, "billing_monthapproval")[0]["lines"][0]["code"] == "99490"
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for other in (b"Quercus", b"Oak Lane", b"cy@oak", b"pbkdf2", b"argon2", b"md5$"):
                assert other not in content, path
    assert "password" not in lines(folder, "practices_person")[0]
    broken = folder / "tables/patients_patient.jsonl"
    broken.write_text(broken.read_text().replace("Testa", "Tesla"))
    with pytest.raises(NotWhole, match="patients_patient"):
        check(folder)


def test_what_breaks_in_the_middle_leaves_nothing(
    elm_and_oak: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_args: object) -> str:
        raise OSError("No space left on device.")

    monkeypatch.setattr(exporting, "_readme", breaks)
    result = export(tmp_path / "out")
    assert result.exit_code == 1
    assert "No space left" in result.output
    assert list((tmp_path / "out").iterdir()) == []


def test_pages_of_rows_follow_each_other(
    elm_and_oak: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "ROWS_AT_A_TIME", 2)
    assert export(tmp_path / "out").exit_code == 0
    (folder,) = (tmp_path / "out").iterdir()
    with practice_scope(practice_id=elm_and_oak.pk):
        for model in exporting.tables():
            expected = model._default_manager.filter(practice_id=elm_and_oak.pk).count()
            found = len(lines(folder, model._meta.db_table))
            own = model._meta.db_table.startswith("audit_")  # the export's own event comes after
            assert found == expected or own, model


def test_there_is_no_export_of_nobody(committed_db: str, tmp_path: Path) -> None:
    result = export(tmp_path, "nobody")
    assert result.exit_code == 1
    assert "There is no practice 'nobody'" in result.output
