"""`steadwell import fhir`: what it prints, and with which code it ends."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import LazySettings

from steadwell.patients.tests.exports import diabetes, ndjson, person
from steadwell.practices.models import Practice
from steadwell.site.cli import imports
from steadwell.site.cli.main import main


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path) -> None:
    monkeypatch.setattr(imports, "start_django", lambda: None)
    settings.VAR = tmp_path / "var"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["import", "fhir", *arguments])


def test_the_last_line_is_for_scripts(elm: Practice, tmp_path: Path) -> None:
    path = str(ndjson(tmp_path / "a.ndjson", person(), diabetes(), {"resourceType": "Claim"}))
    first = run(path, "--practice", elm.slug)
    assert first.exit_code == 0, first.output
    assert first.output.splitlines()[-1] == "2 read, 2 new, 0 changed, 0 unchanged, 0 rejected"
    assert "Not kept: 1 Claim." in first.output
    second = run(path, "--practice", elm.slug, "--strict")
    assert second.exit_code == 0
    assert second.output.splitlines()[-1] == "2 read, 0 new, 0 changed, 2 unchanged, 0 rejected"


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--strict",), 3)])
def test_rejects_end_with_3_where_that_is_wanted(
    elm: Practice, tmp_path: Path, options: tuple[str, ...], code: int
) -> None:
    path = str(ndjson(tmp_path / "a.ndjson", person(), diabetes("c", "Patient/nobody")))
    result = run(path, "--practice", elm.slug, *options)
    assert result.exit_code == code
    lines = result.output.splitlines()
    assert lines[-1] == "2 read, 1 new, 0 changed, 0 unchanged, 1 rejected"
    assert Path(lines[-2].split(": ")[-1]).exists()
    assert "Testa" not in result.output


def test_no_such_path_or_practice(elm: Practice, tmp_path: Path) -> None:
    gone = run(str(tmp_path / "gone"), "--practice", elm.slug)
    assert gone.exit_code == 2
    assert "does not exist" in gone.output
    path = str(ndjson(tmp_path / "a.ndjson", person()))
    nobody = run(path, "--practice", "nowhere")
    assert nobody.exit_code == 1
    assert "There is no practice 'nowhere'" in nobody.output
    (tmp_path / "empty").mkdir()
    empty = run(str(tmp_path / "empty"), "--practice", elm.slug)
    assert empty.exit_code == 1
    assert "holds no" in empty.output


def test_stopped_by_hand_it_says_how_to_go_on(
    elm: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from steadwell.patients import services

    def stop(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(services, "import_fhir", stop)
    result = run(str(ndjson(tmp_path / "a.ndjson", person())), "--practice", elm.slug)
    assert result.exit_code == 130
    assert "Run the same command again" in result.output
