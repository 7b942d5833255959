"""A wall clock that a test can move, and one act of a worker in a practice."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta

import pytest

from steadwell.audit.services import audit_trail
from steadwell.common import clock
from steadwell.common.tenancy import Scope, enter_scope
from steadwell.practices.models import Membership, Person, Practice
from tests import cast


class Wall:
    """The time on the server's wall."""

    def __init__(self) -> None:
        self.now = cast.NOW

    def tick(self, seconds: float) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now

    def at(self, seconds: float) -> datetime:
        return cast.NOW + timedelta(seconds=seconds)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch, frozen_today: None) -> Wall:
    one = Wall()
    monkeypatch.setattr(clock, "read_clock", lambda: one.now)
    return one


@pytest.fixture
def ben(person: Callable[[str], Person], trail: object) -> Person:
    return person("ben")


@pytest.fixture
def bens(ben: Person, elm: Practice) -> Membership:
    return Membership.objects.select_related("practice").get(practice=elm, person=ben)


Work = Callable[[Practice, Person], AbstractContextManager[None]]


@contextmanager
def at_work(practice: Practice, person: Person) -> Iterator[None]:
    """What the middleware does around a request."""
    enter_scope(Scope(person_id=person.pk, practice_id=practice.pk))
    with audit_trail(practice_id=practice.pk, person_id=person.pk, origin="test"):
        yield
