"""A calendar month as a value."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_WRITTEN = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year; `str` gives 2026-03, and `parse` reads it back."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 12 and 1900 <= self.year <= 2999):
            raise ValueError(f"There is no month {self.year}-{self.number}. Write it as 2026-03.")

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read 2026-03.

        Raises:
            ValueError: it is written otherwise, or there is no such month.
        """
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is not a month. Write it as 2026-03.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month a day lies in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return _first_day(self.year, self.number)

    @property
    def last(self) -> date:
        return _last_day(self.year, self.number)

    @property
    def before(self) -> "Month":
        return self.plus(-1)

    @property
    def after(self) -> "Month":
        return self.plus(1)

    def plus(self, months: int) -> "Month":
        """The month that many months later."""
        year, zero_based = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, zero_based + 1)

    def __contains__(self, day: date) -> bool:
        return day.month == self.number and day.year == self.year

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@lru_cache(maxsize=1024)
def _first_day(year: int, number: int) -> date:
    return date(year, number, 1)


@lru_cache(maxsize=1024)
def _last_day(year: int, number: int) -> date:
    return date(year, number, calendar.monthrange(year, number)[1])
