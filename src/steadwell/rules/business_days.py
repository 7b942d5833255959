"""Business days: Monday to Friday, without federal holidays."""

from datetime import date, timedelta
from functools import lru_cache


def is_business_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _federal_holidays(day.year)


def add_business_days(day: date, count: int) -> date:
    """The last of so many business days after a day: Friday and two is Tuesday."""
    while count:
        day += timedelta(days=1)
        count -= is_business_day(day)
    return day


@lru_cache(maxsize=64)
def _federal_holidays(year: int) -> frozenset[date]:
    """Days off of that year, the observed ones too; New Year's may be observed in the old year."""
    import holidays

    years = holidays.country_holidays("US", years=(year, year + 1))
    return frozenset(day for day in years if day.year == year)
