"""Who holds a role today: a first and a last day are days on the practice's own wall."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from steadwell.common import clock
from steadwell.practices.access import has_role_in
from steadwell.practices.models import Membership, Person, Practice, Role

# In New York 2026-03-17 lasts from 04:00 to the next 04:00 of UTC.
LAST_OF_THE_16TH = datetime(2026, 3, 17, 3, 59, 59, tzinfo=UTC)
FIRST_OF_THE_17TH = datetime(2026, 3, 17, 4, tzinfo=UTC)
LAST_OF_THE_17TH = datetime(2026, 3, 18, 3, 59, 59, tzinfo=UTC)
FIRST_OF_THE_18TH = datetime(2026, 3, 18, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        (LAST_OF_THE_16TH, False),
        (FIRST_OF_THE_17TH, True),
        (LAST_OF_THE_17TH, True),
        (FIRST_OF_THE_18TH, False),
    ],
)
def test_a_role_is_held_from_the_first_day_to_the_last(
    elm: Practice,
    person: Callable[[str], Person],
    monkeypatch: pytest.MonkeyPatch,
    moment: datetime,
    *,
    holds: bool,
) -> None:
    day = date(2026, 3, 17)
    max_moreno = person("max")
    Membership.objects.filter(person=max_moreno).update(starts_on=day, ends_on=day)
    monkeypatch.setattr(clock, "read_clock", lambda: moment)
    assert has_role_in(elm.pk, max_moreno, Role.PRACTICE_MANAGER) is holds


def test_another_role_and_another_practice_are_not_held(
    elm: Practice, oak: Practice, person: Callable[[str], Person]
) -> None:
    assert has_role_in(elm.pk, person("max"), Role.COMPLIANCE, Role.PRACTICE_MANAGER)
    assert not has_role_in(elm.pk, person("max"), Role.COMPLIANCE)
    assert not has_role_in(oak.pk, person("max"), Role.PRACTICE_MANAGER)
