"""`steadwell audit packet`: written with real commits, checked without a database."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from click.testing import CliRunner, Result

from steadwell.audit.models import AuditEvent
from steadwell.claims.tests.approved import committed_practice
from steadwell.common.tenancy import practice_scope
from steadwell.patients.models import Patient
from steadwell.site.cli.main import main

NO_DATABASE = {"STEADWELL_DATABASE": "postgresql://nobody@127.0.0.1:1/none", "PATH": os.defpath}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def packet(*arguments: object) -> Result:
    return run("audit", "packet", *arguments)


def test_packets_of_a_practice_are_written_and_verified(committed_db: str, tmp_path: Path) -> None:
    practice = committed_practice(2)
    result = packet("2026-02", "--practice", "elm", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    path = tmp_path / "packets-elm-2026-02.zip"
    assert f"{path}: 2 packets, manifest SHA-256 " in result.output
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    verified = packet("--verify", path)
    assert verified.exit_code == 0, verified.output
    digest = verified.output.split("SHA-256 ")[1].split(".")[0]
    with practice_scope(practice_id=practice.pk):
        event = AuditEvent.objects.get(action="packet.downloaded")
        assert event.reason == f"manifest sha256 {digest}"
        assert len(event.patient_ids) == 2
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "unpacked")
    assert sum(name.endswith(".pdf") for name in names) == 2
    data = next(tmp_path.glob("unpacked/packets/2026-02/*.json"))
    assert packet("--verify", tmp_path / "unpacked").exit_code == 0
    assert packet("--verify", data).exit_code == 0
    assert run("audit", "verify", "--packet", data).exit_code == 0
    assert run("rules", "decide", data).exit_code == 0
    data.write_text(data.read_text().replace("Swollen", "Healthy"))
    for changed in (data, tmp_path / "unpacked"):
        found = packet("--verify", changed)
        assert found.exit_code == 1
        assert "is not whole" in found.output


def test_one_patient_and_a_period(committed_db: str, tmp_path: Path) -> None:
    practice = committed_practice(2)
    with practice_scope(practice_id=practice.pk):
        patient = Patient.objects.order_by("pk")[0]
    result = packet(
        "2026-01", "--through", "2026-03", "--practice", "elm", "--patient", patient.public_id,
        "--out", tmp_path,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    (path,) = tmp_path.iterdir()
    with zipfile.ZipFile(path) as archive:
        about = json.loads(archive.read("manifest.json"))["about"]
        assert (about["first_month"], about["last_month"], about["count"]) == (
            "2026-01", "2026-03", 1,
        )  # fmt: skip
        assert str(patient.public_id) in "".join(archive.namelist())


def test_what_cannot_be_is_refused_in_words(committed_db: str, tmp_path: Path) -> None:
    committed_practice(1)
    elm = ("--practice", "elm", "--out", tmp_path / "out")
    for arguments, code, words in (
        (("2026-01", *elm), 1, "no approved January 2026"),
        (("2026-02", "--through", "2026-01", *elm), 1, "2026-01 is before 2026-02"),
        (("2026-02", "--sample", "00000000-0000-4000-8000-000000000000", *elm), 1, "no sample"),
        (("February", *elm), 2, "Write it as 2026-03"),
        (("2026-02",), 2, "Give MONTH, --practice and --out"),
        (("2026-02", "--verify", tmp_path), 2, "--verify stands alone"),
    ):
        result = packet(*arguments)
        assert result.exit_code == code, result.output
        assert words in result.output
    assert not (tmp_path / "out").exists()


def test_checking_needs_no_database_and_no_django(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    code = (
        "import sys; sys.modules['django'] = None; sys.modules['psycopg'] = None;"
        "from steadwell.site.cli.main import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "audit", "packet", "--verify", str(tmp_path)],
        capture_output=True, text=True, check=False, env=NO_DATABASE,
    )  # fmt: skip
    assert done.returncode == 1
    assert "manifest.json cannot be read as a manifest" in done.stderr
