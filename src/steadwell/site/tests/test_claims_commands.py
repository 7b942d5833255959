"""`steadwell claims write`, with real commits."""

from pathlib import Path

from click.testing import CliRunner, Result

from steadwell.audit.selectors import verify_chain
from steadwell.claims.models import ClaimFile
from steadwell.claims.tests.approved import committed_practice
from steadwell.common.tenancy import practice_scope
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice, PracticeProfile
from steadwell.site.cli.main import main


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def write(out: Path, month: str = "2026-02") -> Result:
    return run("claims", "write", month, "--practice", "elm", "--out", out)


def change(practice: Practice, model: type[Patient | PracticeProfile], **values: object) -> None:
    with practice_scope(practice_id=practice.pk):
        first = model._default_manager.filter(practice=practice).order_by("pk").first()
        assert first is not None
        model._default_manager.filter(pk=first.pk).update(**values)


def test_a_month_is_written_said_and_put_again(committed_db: str, tmp_path: Path) -> None:
    practice = committed_practice(2)
    first = write(tmp_path / "out")
    assert first.exit_code == 0, first.output
    assert "2 claims, $190.00 charged." in first.output
    (path,) = (tmp_path / "out").iterdir()
    with practice_scope(practice_id=practice.pk):
        file = ClaimFile.objects.get()
        assert path.read_bytes() == bytes(file.content)
        assert file.sha256 in first.output
        assert verify_chain(practice.pk).is_whole
    again = write(tmp_path / "elsewhere")
    assert again.exit_code == 0
    assert "Nothing new" in again.output
    assert (tmp_path / "elsewhere" / path.name).read_bytes() == path.read_bytes()


def test_who_is_left_out_is_named_by_number_and_page(committed_db: str, tmp_path: Path) -> None:
    practice = committed_practice(2)
    change(practice, Patient, medicare_number="")
    result = write(tmp_path)
    assert result.exit_code == 3
    assert "1 claim, $95.00 charged." in result.output
    assert "The Medicare number is missing." in result.output
    assert "Testa" not in result.output


def test_a_gap_of_the_practice_writes_nothing(committed_db: str, tmp_path: Path) -> None:
    practice = committed_practice(1)
    change(practice, PracticeProfile, npi="")
    result = write(tmp_path / "out")
    assert result.exit_code == 1
    assert "/settings/practice/" in result.output
    assert not (tmp_path / "out").exists()
    with practice_scope(practice_id=practice.pk):
        assert not ClaimFile.objects.exists()


def test_what_cannot_be_is_refused_in_words(committed_db: str, tmp_path: Path) -> None:
    committed_practice(1)
    assert "is not closed" in write(tmp_path, "2026-01").output
    assert "Write it as 2026-03" in write(tmp_path, "March").output
    other = run("claims", "write", "2026-02", "--practice", "nobody", "--out", tmp_path)
    assert other.exit_code == 1
    assert "There is no practice 'nobody'" in other.output


def test_a_clinics_month_is_exported_as_a_worksheet(committed_db: str, tmp_path: Path) -> None:
    practice = committed_practice(1)
    with practice_scope(practice_id=practice.pk):
        Practice.objects.filter(pk=practice.pk).update(kind="rhc")
    assert "claims worksheet" in write(tmp_path / "no").output
    out = tmp_path / "worksheet.csv"
    arguments = ("claims", "worksheet", "2026-02", "--practice", "elm", "--out", out)
    assert run(*arguments).exit_code == 0
    assert "99490" in out.read_text(encoding="utf-8-sig")
    assert out.stat().st_mode & 0o077 == 0
    assert run(*arguments).exit_code == 1  # never over a file that is there
