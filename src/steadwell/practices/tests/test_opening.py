"""A practice that joins: complete enough to be set up, and nobody else's business."""

from dataclasses import replace

import pytest
from django.db import transaction

from steadwell.audit.models import AuditEvent
from steadwell.common.errors import Refusal
from steadwell.common.tenancy import Scope, current_scope, enter_scope, practice_scope
from steadwell.practices.models import CredentialRule, Membership, Person, Practice
from steadwell.practices.selectors import practice_by_slug
from steadwell.practices.services import NewPractice, add_operator, open_practice

BIRCH = NewPractice(
    slug="birch",
    name="Birch Hill Clinic",
    kind="physician_office",
    time_zone="America/Chicago",
)


def opened(slug: str = "birch", *, manager_email: str = "Mia@birch.example") -> Membership:
    return open_practice(
        new=replace(BIRCH, slug=slug),
        manager_email=manager_email,
        manager_name="Mia Manager",
        acting_user=None,
        origin="test",
    )


def test_a_new_practice_has_its_table_of_credentials_and_a_manager(db: None) -> None:
    before = current_scope()
    membership = opened()
    assert current_scope() == before
    practice = practice_by_slug("birch")
    assert practice
    enter_scope(Scope(practice_id=practice.pk))
    assert membership.person.email == "mia@birch.example"
    assert membership.roles == ["practice_manager"]
    assert not membership.person.has_usable_password()
    assert CredentialRule.objects.count() == 11
    assert list(AuditEvent.objects.values_list("practice_id", "action")) == [
        (practice.pk, "practices.opened"),
        (practice.pk, "practices.member_invited"),
    ]


@pytest.mark.parametrize("slug", ["", "a", "Elm", "elm street", "-elm", "elm-", "e'lm", "x" * 61])
def test_what_is_no_slug(db: None, slug: str) -> None:
    with pytest.raises(Refusal, match="no short name"):
        opened(slug=slug)


def test_a_slug_is_taken_once(elm: Practice) -> None:
    with pytest.raises(Refusal, match="elm is taken"):
        opened(slug="elm")
    assert current_scope().practice_id == elm.pk


def test_nothing_stays_of_a_practice_whose_manager_cannot_be(db: None, elm: Practice) -> None:
    Person.objects.create_user("op@example.org", full_name="Op", is_operator=True)
    with pytest.raises(Refusal, match="runs the platform"), transaction.atomic():
        opened(manager_email="op@example.org")
    assert practice_by_slug("birch") is None


def test_operators_read_the_directory_and_no_row_of_a_practice(committed_db: str) -> None:
    with transaction.atomic():
        opened()
        operator = Person.objects.create_user("op@example.org", full_name="Op", is_operator=True)
        other = Person.objects.create_user("no@example.org", full_name="No")
    with practice_scope(practice_id=None, person_id=operator.pk):
        assert [one.slug for one in Practice.objects.all()] == ["birch"]
        assert not Membership.objects.exists()
        assert not CredentialRule.objects.exists()
    with practice_scope(practice_id=None, person_id=other.pk):
        assert not Practice.objects.exists()


def test_an_operator_is_nobody_who_signs_in_already(elm: Practice) -> None:
    with pytest.raises(Refusal, match="an address of its own"):
        add_operator(email="MAX@elm.example", full_name="Max")
