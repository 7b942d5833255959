"""The days of a month as spans of seconds since 1970, in the practice's zone."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from steadwell.rules.counting.spans import Span
from steadwell.rules.facts.local_time import instant, zone_named
from steadwell.rules.months import Month

FOREVER = 1 << 60


@dataclass(frozen=True, slots=True)
class MonthDays:
    """`starts[i]` is the midnight that begins day i, counted from 0; one more ends the month."""

    month: Month
    zone_name: str
    starts: tuple[int, ...]
    start: int
    end: int

    def day_of(self, moment: int) -> date:
        """The day that a moment inside the month lies in."""
        return date(self.month.year, self.month.number, bisect_right(self.starts, moment))

    def span_of(self, day: date) -> Span:
        """A day of this month, from midnight to midnight."""
        return self.starts[day.day - 1], self.starts[day.day]

    def start_of(self, day: date) -> int:
        """The midnight that begins a day; of a day outside the month the edge it lies beyond."""
        if day in self.month:
            return self.starts[day.day - 1]
        return self.start if day < self.month.first else self.end

    def start_after(self, day: date) -> int:
        """The midnight that ends a day."""
        if day in self.month:
            return self.starts[day.day]
        return self.start_of(day)

    def moment(self, day: date, at: time) -> int:
        """A local clock time of a day, or the edge of the month."""
        if day not in self.month:
            return self.start_of(day)
        local = datetime.combine(day, at.replace(tzinfo=None))
        return int(instant(local, zone_named(self.zone_name)).timestamp())


@lru_cache(maxsize=512)
def days_of(month: Month, zone_name: str) -> MonthDays:
    """
    Raises:
        ValueError: there is no such time zone.
    """
    zone = zone_named(zone_name)
    count = (month.after.first - month.first).days
    midnights = [
        instant(datetime.combine(month.first + timedelta(days=number), time()), zone)
        for number in range(count + 1)
    ]
    starts = tuple(int(each.timestamp()) for each in midnights)
    return MonthDays(month, zone_name, starts, starts[0], starts[-1])
