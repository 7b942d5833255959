"""`steadwell audit verify`: the practice's chain, and the chain of what belongs to no practice."""

import pytest
from click.testing import CliRunner, Result
from django.db import transaction

from conftest import superuser_of
from steadwell.audit.services import audit_trail, record, record_refusal
from steadwell.common.tenancy import practice_scope
from steadwell.site.cli.main import main
from tests import cast


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["audit", "verify", *arguments])


@pytest.fixture
def two_chains(committed_db: str) -> str:
    """Three events of Elm Street, two of nobody; the database's name."""
    with transaction.atomic():
        elm = cast.make_practice("elm", "Elm Street Clinic").pk
    with practice_scope(practice_id=elm), audit_trail(practice_id=elm):
        for number in range(3):
            record("test.happened", subject=f"thing/{number}")
    with practice_scope(practice_id=None), audit_trail(practice_id=None):
        record_refusal("person.sign_in_failed")
        record_refusal("person.sign_in_failed")
    return committed_db


def test_both_chains_are_walked(two_chains: str) -> None:
    result = run("--practice", "elm")
    assert result.exit_code == 0, result.output
    assert "The audit trail of elm is whole: 3 events." in result.output
    assert "The audit trail of events without a practice is whole: 2 events." in result.output


def test_the_chain_without_a_practice_is_walked_alone(two_chains: str) -> None:
    result = run()
    assert result.exit_code == 0, result.output
    assert result.output == "The audit trail of events without a practice is whole: 2 events.\n"


@pytest.mark.parametrize("arguments", [(), ("--practice", "elm")])
def test_a_failed_sign_in_that_was_taken_away_is_missed(
    two_chains: str, arguments: tuple[str, ...]
) -> None:
    with superuser_of(two_chains) as intruder:
        intruder.execute("SET session_replication_role = replica")
        intruder.execute("DELETE FROM audit_auditevent WHERE practice_id = 0 AND sequence = 1")
    result = run(*arguments)
    assert result.exit_code == 1
    assert "events without a practice is broken: event 1 is missing" in result.output


def test_a_broken_practice_does_not_hide_the_other_chain(two_chains: str) -> None:
    with superuser_of(two_chains) as intruder:
        intruder.execute("SET session_replication_role = replica")
        intruder.execute("UPDATE audit_auditevent SET reason = 'x' WHERE practice_id > 0")
    result = run("--practice", "elm")
    assert result.exit_code == 1
    assert "The audit trail of elm is broken: event 1 was changed" in result.output
    assert "events without a practice is whole: 2 events." in result.output
