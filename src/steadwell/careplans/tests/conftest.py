"""What the tests of plans share."""

from collections.abc import Callable
from datetime import datetime

import pytest

from steadwell.common import clock
from steadwell.practices.models import Person, Practitioner


@pytest.fixture
def ana(person: Callable[[str], Person]) -> Practitioner:
    """Dr. Abbott, who bills."""
    return Practitioner.objects.get(person=person("ana"))


@pytest.fixture
def it_is(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Move the clock: it_is(datetime(...))."""

    def moved(moment: datetime) -> None:
        monkeypatch.setattr(clock, "read_clock", lambda: moment)

    return moved
