"""Clocks at their boundaries, in pairs."""

from datetime import date, timedelta

import pytest

from steadwell.claims.deadlines import (
    Clock,
    appeal_due,
    filing_due,
    records_due,
    reopening_due,
    repayment_due,
)

DUE = date(2027, 2, 25)


@pytest.mark.parametrize(
    ("served_on", "due"),
    [
        (date(2026, 2, 25), date(2027, 2, 25)),
        (date(2026, 12, 31), date(2027, 12, 31)),
        (date(2027, 1, 1), date(2028, 1, 1)),
        (date(2028, 2, 28), date(2029, 2, 28)),
        (date(2028, 2, 29), date(2029, 2, 28)),  # a leap day has no anniversary
        (date(2027, 3, 1), date(2028, 3, 1)),  # a calendar year, though it has 366 days
    ],
)
def test_medicare_takes_claims_for_one_calendar_year(served_on: date, due: date) -> None:
    assert filing_due(served_on, is_medicare=True, limit_days=90) == due


def test_a_plan_has_its_own_limit() -> None:
    served_on = date(2026, 2, 25)
    assert filing_due(served_on, is_medicare=False, limit_days=90) == date(2026, 5, 26)
    assert filing_due(served_on, is_medicare=False, limit_days=91) == date(2026, 5, 27)


@pytest.mark.parametrize(("days", "is_late"), [(-1, False), (0, False), (1, True)])
def test_the_last_day_still_counts(days: int, is_late: bool) -> None:
    clock = Clock("File", DUE)
    assert clock.is_late(DUE + timedelta(days=days)) is is_late


def test_what_is_late_is_said_so() -> None:
    clock = Clock("File", DUE)
    assert clock.words(date(2027, 2, 23)) == "2 days left, until 02/25/2027"
    assert clock.words(date(2027, 2, 24)) == "1 day left, until 02/25/2027"
    assert clock.words(date(2027, 2, 25)) == "last day today, 02/25/2027"
    assert clock.words(date(2027, 2, 26)) == "1 day late, was due 02/25/2027"


def test_what_was_done_late_stays_late_and_what_was_done_in_time_never_gets_late() -> None:
    years_later = date(2030, 1, 1)
    in_time = Clock("File", DUE, done_on=DUE)
    late = Clock("File", DUE, done_on=DUE + timedelta(days=1))
    assert (in_time.is_late(years_later), late.is_late(years_later)) == (False, True)
    assert in_time.words(years_later) == "done 02/25/2027, in time"
    assert late.words(years_later) == "done 02/26/2027, 1 day late"


def test_120_days_to_appeal_45_for_records_a_year_to_reopen() -> None:
    day = date(2026, 3, 20)
    assert appeal_due(day) == date(2026, 7, 18)
    assert (appeal_due(day) - day).days == 120
    assert appeal_due(day, 60) == date(2026, 5, 19)
    assert records_due(day) == date(2026, 5, 4)
    assert reopening_due(day) == date(2027, 3, 20)


IDENTIFIED = date(2026, 3, 1)
SIXTY = date(2026, 4, 30)


def test_60_days_to_pay_back() -> None:
    assert repayment_due(IDENTIFIED) == SIXTY
    assert (SIXTY - IDENTIFIED).days == 60


@pytest.mark.parametrize(
    ("began_on", "ended_on", "held"),
    [
        (date(2026, 3, 1), date(2026, 3, 1), 0),
        (date(2026, 3, 1), date(2026, 3, 2), 1),
        (date(2026, 3, 1), date(2026, 8, 27), 179),
        (date(2026, 3, 1), date(2026, 8, 28), 180),
        (date(2026, 3, 1), date(2026, 8, 29), 180),  # the 181st day holds nothing back
        (date(2026, 3, 1), None, 180),
        (date(2026, 2, 19), date(2026, 3, 11), 10),  # begun before: from the identification on
        (date(2026, 4, 30), date(2026, 5, 10), 10),  # begun on the last of the 60 days
        (date(2026, 5, 1), date(2026, 5, 10), 0),  # begun too late to hold anything
        (date(2025, 6, 1), None, 0),  # long over
    ],
)
def test_an_investigation_holds_back_at_most_180_days(
    began_on: date, ended_on: date | None, held: int
) -> None:
    due = repayment_due(IDENTIFIED, began_on=began_on, ended_on=ended_on)
    assert (due - SIXTY).days == held
