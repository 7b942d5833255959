"""`steadwell audit rederive`: closed months give the same bytes again, or it says what differs."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from steadwell import rules
from steadwell.audit.services import Trail, audit_trail
from steadwell.billing.models import MonthApproval
from steadwell.billing.services import close_month
from steadwell.billing.snapshot import canonical, digest
from steadwell.billing.tests.acts import approve, attest
from steadwell.billing.tests.golden import FEBRUARY, make_golden
from steadwell.practices.models import Practice
from steadwell.rules.rulebook import read_rulebook
from steadwell.site.cli.rederive import rederive


@pytest.fixture(autouse=True)
def inside_the_tests_transaction(elm: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def in_practice(slug: str, *, origin: str) -> Iterator[Practice]:
        with audit_trail(practice_id=elm.pk, origin=origin):
            yield elm

    monkeypatch.setattr("steadwell.site.cli.rederive.start_django", lambda: None)
    monkeypatch.setattr("steadwell.site.cli.rederive.in_practice", in_practice)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(rederive, ["--practice", "elm", *arguments])


@pytest.fixture
def closed(elm: Practice, person: Any, trail: Trail) -> MonthApproval:
    """Two approved months of February, sealed; the first, with complex care, is given."""
    first = make_golden(elm, 1, minutes=(65,))
    attest(first, person("ana"))
    approval = approve(first, person("ana"))
    approve(make_golden(elm, 2, minutes=(21, 40)), person("ana"), settled=FLAGS)
    close_month(practice=elm, month=FEBRUARY, acting_user=person("max"))
    return approval


FLAGS = ("mdm_not_attested",)


def test_closed_months_give_the_same_bytes(closed: MonthApproval) -> None:
    result = run()
    assert (result.exit_code, result.output) == (
        0, "2026-02: 2 of 2 decided again to the same bytes.\n",
    )  # fmt: skip


def test_without_a_closed_month_there_is_nothing_to_prove(elm: Practice) -> None:
    assert run().output == "No month is closed yet.\n"


def spoil(monkeypatch: pytest.MonkeyPatch, closed: MonthApproval, change: Any, **more: str) -> None:
    """What stands in the table cannot be changed, so what is read of it is."""
    frozen = json.loads(closed.snapshot)
    change(frozen)
    text = canonical(frozen)
    real = MonthApproval.from_db.__func__  # type: ignore[attr-defined]

    def from_db(cls: Any, db: Any, names: Any, values: Any) -> Any:
        row = real(cls, db, names, values)
        if row.pk == closed.pk:
            row.snapshot, row.digest = text, more.get("digest", digest(text))
        return row

    monkeypatch.setattr(MonthApproval, "from_db", classmethod(from_db))


def test_a_line_that_does_not_follow_from_the_facts_is_named(
    closed: MonthApproval, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(monkeypatch, closed, lambda frozen: frozen["decision"]["lines"][0].update(units=2))
    result = run()
    assert result.exit_code == 1
    assert "1 of 2 decided again" in result.output
    assert f"approval {closed.pk}: decided again, it differs in lines." in result.output


def test_a_fact_that_was_another_is_noticed(
    closed: MonthApproval, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(monkeypatch, closed, lambda frozen: frozen["facts"]["time"].clear())
    assert "counted, findings, lines" in run().output


def test_a_text_that_is_not_the_sealed_one_is_named(
    closed: MonthApproval, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(monkeypatch, closed, lambda _: None, digest="0" * 64)
    assert "does not have the digest it was sealed with" in run().output


def test_a_rulebook_that_is_not_here_is_said_and_can_be_given(
    closed: MonthApproval, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(Path(rules.__file__).parent / "data", folder)
    another = _with_a_word_more(folder)
    monkeypatch.setattr("steadwell.rules.load_rulebook", lambda: another)

    result = run()

    assert result.exit_code == 1
    assert "0 of 2 decided again" in result.output
    assert (
        f"2 with rulebook {closed.rulebook_version[:12]}, which is not installed" in result.output
    )

    given = run("--rulebook", str(Path(rules.__file__).parent / "data"))
    assert (given.exit_code, given.output) == (
        0, "2026-02: 2 of 2 decided again to the same bytes.\n",
    )  # fmt: skip


def _with_a_word_more(folder: Path) -> rules.Rulebook:
    """The same rules in other bytes: another version."""
    sources = folder / "medicare" / "sources.yaml"
    sources.write_text(sources.read_text() + "\n# One more word.\n")
    return read_rulebook(folder)
