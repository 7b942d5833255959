"""The clocks that run on a claim: to file, to appeal, to reopen, to answer, to pay back. Pure.

A last day still counts: what happens on it is in time.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

APPEAL_DAYS: Final = 120  # redetermination, 42 CFR 405.942; counted here from the remittance's day
RECORDS_DAYS: Final = 45  # additional documentation request of a contractor, from the letter's day
REPAY_DAYS: Final = 60  # 42 CFR 401.305, from the day an overpayment is identified
INVESTIGATION_DAYS: Final = 180  # of good-faith investigation that hold the 60 days back


@dataclass(frozen=True, slots=True)
class Clock:
    """Something that is to be done by `due_on`; `done_on` where it was done."""

    name: str
    due_on: date
    done_on: date | None = None

    def days_left(self, today: date) -> int:
        """Whole days after `today` on which it can still be done; negative once it is late."""
        return (self.due_on - today).days

    def is_late(self, today: date) -> bool:
        return (self.done_on or today) > self.due_on

    def words(self, today: date) -> str:
        """How it stands, in words: what was done late stays late."""
        due = f"{self.due_on:%m/%d/%Y}"
        if self.done_on is not None:
            return f"done {self.done_on:%m/%d/%Y}, {_beside(self.done_on, self.due_on)}"
        left = self.days_left(today)
        if left > 0:
            return f"{_days(left)} left, until {due}"
        return f"last day today, {due}" if left == 0 else f"{_days(-left)} late, was due {due}"


def a_year_after(day: date) -> date:
    """The same day of the next calendar year; February 28 after a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def filing_due(served_on: date, *, is_medicare: bool, limit_days: int) -> date:
    """The last day on which a claim may reach the payer.

    Medicare: one calendar year from the date of service (42 CFR 424.44). Elsewhere the plan's own
    `limit_days`.
    """
    return a_year_after(served_on) if is_medicare else served_on + timedelta(days=limit_days)


def appeal_due(remitted_on: date, days: int = APPEAL_DAYS) -> date:
    """Counted from the remittance's own day: the five days of mail are no room to plan with."""
    return remitted_on + timedelta(days=days)


def reopening_due(determined_on: date) -> date:
    """A contractor reopens for any reason within one year of its initial determination."""
    return a_year_after(determined_on)


def records_due(letter_on: date, days: int = RECORDS_DAYS) -> date:
    return letter_on + timedelta(days=days)


def repayment_due(
    identified_on: date, *, began_on: date | None = None, ended_on: date | None = None
) -> date:
    """The last day to report and return an overpayment.

    A timely good-faith investigation of related overpayments, begun within the 60 days, holds them
    back until it ends, at most 180 days. While it still runs, this is the latest day possible.
    """
    due = identified_on + timedelta(days=REPAY_DAYS)
    if began_on is None or began_on > due:
        return due
    last = began_on + timedelta(days=INVESTIGATION_DAYS)
    until = last if ended_on is None else min(ended_on, last)
    held = (until - max(began_on, identified_on)).days
    return due + timedelta(days=max(held, 0))


def _beside(done_on: date, due_on: date) -> str:
    late = (done_on - due_on).days
    return f"{_days(late)} late" if late > 0 else "in time"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
