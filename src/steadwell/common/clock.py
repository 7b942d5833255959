"""The doorstep where the clock is read. Nothing below it asks what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_standing: ContextVar[datetime | None] = ContextVar("standing_clock", default=None)


def read_clock() -> datetime:
    return _standing.get() or datetime.now(UTC)


def now() -> datetime:
    """The server's time, aware, UTC."""
    return read_clock()


def today_in(zone: ZoneInfo) -> date:
    """The date on the practice's wall."""
    return now().astimezone(zone).date()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Inside, it is `moment`. For the demo, whose history is lived through the services."""
    token = _standing.set(moment)
    try:
        yield
    finally:
        _standing.reset(token)
