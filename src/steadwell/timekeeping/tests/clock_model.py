"""What the clock should earn, in the simplest terms: sets of seconds. It knows nothing of intervals."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

CHARTS = range(3)
CALL, CLOSE, FOUR_HOURS = 1800, 480, 14_400


@dataclass(slots=True)
class Ended:
    """A run that silence ended."""

    chart: int
    limit: int
    last: int
    free_until: int | None


class Model:
    """Seconds earned by chart, the last sign of work where a clock runs, and runs that silence ended."""

    def __init__(self) -> None:
        self.earned: dict[int, set[int]] = {chart: set() for chart in CHARTS}
        self.chart: int | None = None
        self.run: UUID | None = None
        self.activity, self.paused = "", False
        self.start = self.last = 0
        self.ended: dict[UUID, Ended] = {}

    def limit(self) -> int:
        return CALL if self.activity == "phone_call" else 120

    def runs(self) -> bool:
        return self.chart is not None and not self.paused

    def is_silent(self, at: int) -> bool:
        return at - self.last > self.limit()

    def forget_stale(self, now: float) -> None:
        if self.runs() and now - self.last > self.limit() + CLOSE:
            self.leave(None)
            self.chart = None

    def leave(self, free_until: int | None) -> None:
        """The run ends in silence: it may still have something to say."""
        assert self.chart is not None
        assert self.run is not None
        self.ended.setdefault(self.run, Ended(self.chart, self.limit(), self.last, free_until))

    def work(self, at: int, *, kept: bool = False) -> None:
        if self.chart is None or self.paused or at <= self.last:
            return
        if at - self.last > self.limit() + CLOSE:
            return
        if kept or not self.is_silent(at):
            self.earned[self.chart] |= set(range(self.last, at))
        if kept or self.is_silent(at):
            self.start = at
        self.last = at

    def press(self, at: int, begins: int) -> None:
        """Something pressed is work, but for a silence before it."""
        if self.is_silent(at):
            self.leave(begins)
        else:
            self.work(at)

    def begin(self, chart: int, activity: str, at: int) -> None:
        self.chart, self.activity, self.paused = chart, activity, False
        self.start = self.last = at

    def late(self, run: UUID, marks: Iterable[int], now: float) -> None:
        """Signs of an ended run fill what nobody else has, as a running clock would have."""
        ended = self.ended.get(run)
        if ended is None or now - ended.last > FOUR_HOURS:
            return
        edge = self.edge(ended, int(now))
        for at in sorted(marks):
            if at <= ended.last or at > edge:
                continue
            if at - ended.last > ended.limit + CLOSE:
                break
            if at - ended.last <= ended.limit:
                self.earned[ended.chart] |= set(range(ended.last, at))
            ended.last = at

    def edge(self, ended: Ended, now: int) -> int:
        taken = [one for seconds in self.earned.values() for one in seconds if one >= ended.last]
        edges = [now, *taken, *([self.start] if self.chart is not None else [])]
        return min([*edges, *([ended.free_until] if ended.free_until is not None else [])])

    def since_first(self, marks: Iterable[int], now: float, soon: int) -> int:
        """Where work that could not be reported begins."""
        ends = [one + 1 for seconds in self.earned.values() for one in seconds]
        bound = max([now - FOUR_HOURS, *ends])
        first = next((one for one in sorted(marks) if one >= bound), None)
        return soon if first is None else min(soon, first + 1)
