"""Business days around weekends and federal holidays."""

from datetime import date

import pytest

from steadwell.rules.business_days import add_business_days, is_business_day


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 3, 6), 2, date(2026, 3, 10)),  # Friday
        (date(2026, 3, 7), 2, date(2026, 3, 10)),  # Saturday
        (date(2026, 3, 9), 2, date(2026, 3, 11)),  # Monday
        (date(2026, 2, 13), 2, date(2026, 2, 18)),  # before Washington's Birthday
        (date(2026, 7, 1), 2, date(2026, 7, 6)),  # July 4 is a Saturday, observed on July 3
        (date(2021, 12, 29), 2, date(2022, 1, 3)),  # New Year of 2022, observed on December 31
        (date(2025, 12, 24), 2, date(2025, 12, 29)),
    ],
)
def test_counting(day: date, count: int, expected: date) -> None:
    assert add_business_days(day, count) == expected


def test_holidays_are_no_business_days() -> None:
    assert not is_business_day(date(2026, 6, 19))
    assert not is_business_day(date(2026, 3, 7))
    assert is_business_day(date(2026, 3, 6))
