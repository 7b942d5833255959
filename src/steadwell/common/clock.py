"""The doorstep where the clock is read. Nothing below it asks what time it is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The server's time, aware, UTC."""
    return datetime.now(UTC)


def today_in(zone: ZoneInfo) -> date:
    """The date on the practice's wall."""
    return now().astimezone(zone).date()
