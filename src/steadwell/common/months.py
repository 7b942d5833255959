"""Months in addresses and in the database: a month is kept as its first day."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from steadwell.rules.months import Month


class MonthConverter:
    """`2026-03` in an address."""

    regex = r"20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> Month:
        month = Month.parse(value)
        if not has_address(month):
            raise ValueError(f"{value} lies outside the years that pages are made for.")
        return month

    def to_url(self, value: Month) -> str:
        return str(value)


def has_address(month: Month) -> bool:
    """Whether pages are made for the month: those before and after it have addresses too."""
    return 2000 < month.year < 2099


def asked_month(text: str, otherwise: Month) -> Month:
    """The month that a query names; `otherwise` where it names none that pages are made for."""
    try:
        month = Month.parse(text)
    except ValueError:
        return otherwise
    return month if has_address(month) else otherwise


def month_bounds(month: Month, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """First instant of the month and of the next, in UTC: the practice's midnights."""
    following = month.last.toordinal() + 1
    return tuple(  # type: ignore[return-value]
        datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
        for day in (month.first, date.fromordinal(following))
    )
