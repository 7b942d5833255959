"""`steadwell rules load-fees` and `load-edits` in a folder of the installation's own."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from steadwell.rules.rulebook.installed import VARIABLE
from steadwell.rules.tests import cms_files
from steadwell.site.cli.main import main

FILES = {
    "load-fees": (cms_files.PPRRVU, cms_files.relative_values()),
    "load-edits": (cms_files.MUE, cms_files.units(cms_files.unit_row("99437", 3))),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "rules"))
    return tmp_path / "rules"


def run(command: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["rules", command, *arguments])


def file_for(command: str, directory: Path) -> str:
    name, text = FILES[command]
    (directory / name).write_text(text, newline="")
    return str(directory / name)


@pytest.mark.parametrize("command", sorted(FILES))
def test_what_is_new_is_kept_once(command: str, folder: Path, tmp_path: Path) -> None:
    path = file_for(command, tmp_path)
    first, second = run(command, path), run(command, path)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert f"new values are kept in {folder}. Restart Steadwell" in first.output
    assert "Nothing is new" in second.output


@pytest.mark.parametrize("command", sorted(FILES))
def test_a_look_first(command: str, folder: Path, tmp_path: Path) -> None:
    looked = run(command, file_for(command, tmp_path), "--dry-run")
    assert "would be kept" in looked.output
    assert not folder.exists()


def test_what_is_wrong_is_printed_and_nothing_loaded(folder: Path, tmp_path: Path) -> None:
    rows = [row.replace("1.00,0.95", "1.00,0.96") for row in cms_files.ROWS]
    path = tmp_path / cms_files.PPRRVU
    path.write_text(cms_files.relative_values(*rows))
    found = run("load-fees", str(path))
    assert found.exit_code == 1
    assert f"{cms_files.PPRRVU}, line 5: 99490" in found.output
    assert "Nothing was loaded." in found.output
    assert not list(folder.glob("*.json"))


def test_a_hundred_faults_are_not_a_hundred_lines(folder: Path, tmp_path: Path) -> None:
    bad = cms_files.ROWS[0].replace("1.00,0.95", "one,0.95")
    rows = [bad.replace("99490", f"1{number:04}") for number in range(100)]
    path = tmp_path / cms_files.PPRRVU
    path.write_text(cms_files.relative_values(*rows))
    assert "And 81 more." in run("load-fees", str(path)).output


def test_without_a_folder_there_is_nowhere_to_keep_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "")
    found = run("load-fees", file_for("load-fees", tmp_path))
    assert found.exit_code == 1
    assert "there is no folder to keep this in" in found.output


def test_a_damaged_folder_is_said(folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    (folder / "fees.json").write_text("[]")
    found = run("load-fees", file_for("load-fees", tmp_path))
    assert found.exit_code == 1
    assert "Put it aside" in found.output
