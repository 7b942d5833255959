"""`steadwell close`, as somebody at a terminal runs it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from click.testing import CliRunner, Result

from steadwell.audit.services import audit_trail
from steadwell.billing.models import MonthClose
from steadwell.billing.tests.acts import approve_ready
from steadwell.billing.tests.golden import make_golden
from steadwell.practices.models import Person, Practice
from steadwell.site.cli.close import close


@pytest.fixture(autouse=True)
def inside_the_tests_transaction(elm: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command's own start would open another database."""

    @contextmanager
    def in_practice(slug: str, *, origin: str) -> Iterator[Practice]:
        assert slug == elm.slug
        with audit_trail(practice_id=elm.pk, origin=origin):
            yield elm

    monkeypatch.setattr("steadwell.site.cli.close.start_django", lambda: None)
    monkeypatch.setattr("steadwell.site.cli.close.in_practice", in_practice)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(close, ["2026-02", "--practice", "elm", *arguments])


def approve() -> None:
    ana = Person.objects.get(email="ana@elm.example")
    with audit_trail(practice_id=Practice.objects.get().pk):
        approve_ready(Practice.objects.get(), ana)


def test_a_dry_run_counts_and_changes_nothing(elm: Practice) -> None:
    make_golden(elm, 1)
    make_golden(elm, 2, minutes=(5,))

    result = run("--dry-run")

    assert result.exit_code == 0
    assert "2026-02: 2 patients enrolled." in result.output
    assert "under_threshold" in result.output
    assert "Testa" not in result.output
    assert not MonthClose.objects.exists()


def test_a_close_needs_somebody_who_closes(elm: Practice) -> None:
    assert run().exit_code == 2
    assert run("--by", "nobody@elm.example").exit_code == 1
    assert run("--by", "ben@elm.example").exit_code == 1
    assert not MonthClose.objects.exists()


def test_a_close_says_what_is_open_and_ends_with_one(elm: Practice) -> None:
    make_golden(elm, 1)

    refused = run("--by", "max@elm.example")
    assert refused.exit_code == 1
    assert "1 ready would be left out" in refused.output
    assert not MonthClose.objects.exists()

    assert run("--by", "max@elm.example", "--leave-open").exit_code == 0
    assert MonthClose.objects.get().left_open == {"ready": 1, "needs_a_person": 0}


def test_a_close_over_approvals_ends_with_numbers(elm: Practice) -> None:
    make_golden(elm, 1)
    approve()

    result = run("--by", "max@elm.example")

    assert result.exit_code == 0
    assert "2026-02 is closed over 1 approvals" in result.output


def test_a_month_that_is_none_is_a_mistake_of_the_command(elm: Practice) -> None:
    result = CliRunner().invoke(close, ["2026-2", "--practice", "elm", "--dry-run"])
    assert result.exit_code == 2
    assert "Write it as 2026-03" in result.output
