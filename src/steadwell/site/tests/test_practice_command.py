"""`steadwell practice rights`: what a lone manager asks of whoever runs the platform."""

import pytest
from click.testing import CliRunner, Result
from django.db import transaction

from steadwell.audit.models import AuditEvent
from steadwell.common.tenancy import practice_scope
from steadwell.practices.models import Membership, Practice, Practitioner
from steadwell.site.cli.main import main
from tests import cast


@pytest.fixture
def elm(committed_db: str) -> Practice:
    """A practice whose only manager is its physician."""
    with transaction.atomic():
        practice = cast.make_practice("elm", "Elm Street Clinic")
        cast.make_member(practice, "max@elm.example", "Max", "physician", "practice_manager")
        cast.make_practitioner(practice, None)
    return practice


def rights(*arguments: str, email: str = "max@elm.example") -> Result:
    return CliRunner().invoke(main, ["practice", "rights", email, "--practice", "elm", *arguments])


BOTH = ("--role", "practice_manager", "--role", "practitioner")


def test_the_operator_gives_what_nobody_gives_themselves(elm: Practice) -> None:
    result = rights(*BOTH, "--npi", "1003000126")
    assert result.exit_code == 0, result.output
    assert result.output == "max@elm.example in elm: Practice manager, Billing practitioner.\n"
    with practice_scope(practice_id=elm.pk):
        assert Membership.objects.get().roles == ["practice_manager", "practitioner"]
        practitioner = Practitioner.objects.select_related("person").get()
        assert practitioner.person
        assert practitioner.person.email == "max@elm.example"
        event = AuditEvent.objects.get(action="practices.rights_changed")
        assert (event.origin, event.person_id) == ("command practice rights", None)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (BOTH, "stands on an entry under Practitioners"),
        ((*BOTH, "--npi", "1234567893"), "No practitioner of elm has the NPI 1234567893"),
        (("--role", "doctor"), "--role is 'doctor'. Write one of: care_manager"),
        (("--role", "practice_manager", "--credential", "dr"), "--credential is 'dr'"),
        (("--role", "care_manager"), "Nobody else manages this practice"),
    ],
)
def test_what_cannot_be_is_said(elm: Practice, arguments: tuple[str, ...], says: str) -> None:
    result = rights(*arguments)
    assert result.exit_code == 1
    assert says in result.output
    with practice_scope(practice_id=elm.pk):
        assert Membership.objects.get().roles == ["practice_manager"]


def test_somebody_who_works_elsewhere_is_named(elm: Practice) -> None:
    result = rights(*BOTH, email="nobody@elm.example")
    assert "nobody@elm.example does not work in elm. Invite them first." in result.output
