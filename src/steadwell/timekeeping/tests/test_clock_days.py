"""The clock where the calendar bends: the end of a month, and the hour that is skipped."""

from datetime import datetime

from steadwell.patients.models import Patient
from steadwell.practices.models import Membership
from steadwell.timekeeping import services
from steadwell.timekeeping.models import Interval
from steadwell.timekeeping.tests.conftest import Wall
from steadwell.timekeeping.tests.test_clock import opened


def test_a_clock_that_crosses_midnight_of_a_month_is_one_row(
    patient: Patient, bens: Membership, wall: Wall
) -> None:
    from steadwell.rules.months import Month
    from steadwell.timekeeping.selectors import month_seconds

    wall.now = datetime.fromisoformat("2026-03-31T23:59:20-04:00")
    opened(patient, bens)
    wall.tick(100)
    services.stop_clock(acting_user=bens.person)
    assert Interval.objects.count() == 1
    assert month_seconds(patient, Month(2026, 3)) == 40
    assert month_seconds(patient, Month(2026, 4)) == 60


def test_the_hour_that_is_skipped_in_spring_is_not_earned(
    patient: Patient, bens: Membership, wall: Wall
) -> None:
    wall.now = datetime.fromisoformat("2026-03-08T01:59:30-05:00")
    opened(patient, bens)
    wall.tick(60)  # it is 3:00:30 on the wall
    interval = services.stop_clock(acting_user=bens.person)
    assert interval is not None
    assert (interval.ended_at - interval.started_at).total_seconds() == 60
