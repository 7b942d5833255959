"""The doorstep where the clock is read. Nothing below it asks what time it is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def read_clock() -> datetime:
    return datetime.now(UTC)


def now() -> datetime:
    """The server's time, aware, UTC."""
    return read_clock()


def today_in(zone: ZoneInfo) -> date:
    """The date on the practice's wall."""
    return now().astimezone(zone).date()
