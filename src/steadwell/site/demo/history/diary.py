"""Acts in the order of time, each done when it is its turn, with the clock standing there."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from steadwell.common.clock import standing_at
from steadwell.practices.models import Practice
from steadwell.site.cli.start import in_practice

Act = Callable[[], object]
FIRST_SLOT = time(8, 30)
SLOT = timedelta(minutes=40)
SLOTS_A_DAY = 12


@dataclass(slots=True)
class Diary:
    """What will happen. Nobody has two appointments at once."""

    practice: Practice
    today: date
    _acts: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _taken: dict[tuple[str, date], int] = field(default_factory=lambda: defaultdict(int))

    @contextmanager
    def reading(self) -> Iterator[None]:
        with in_practice(self.practice.slug, origin="demo"):
            yield

    def slot(self, worker: str, day: date, *, until: date | None = None) -> datetime | None:
        """A free half hour of the worker on that working day or soon after; None: none is left."""
        last = min(until or self.today, self.today - timedelta(days=1))
        while day <= last:
            if day.weekday() < 5 and self._taken[worker, day] < SLOTS_A_DAY:
                place = self._taken[worker, day]
                self._taken[worker, day] += 1
                begin = datetime.combine(day, FIRST_SLOT, tzinfo=self.practice.zone)
                return begin + place * SLOT
            day += timedelta(days=1)
        return None

    def add(self, moment: datetime, act: Act) -> None:
        self._acts.append((moment, len(self._acts), act))

    def live(self) -> int:
        """Do everything, earliest first, in one transaction: all of it is there, or nothing."""
        with self.reading():
            for moment, _, act in sorted(self._acts, key=lambda one: one[:2]):
                with standing_at(moment):
                    act()
        return len(self._acts)
