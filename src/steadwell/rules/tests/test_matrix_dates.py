"""The dates of section 4: the month in which each pair gets its answer, and the month before."""

from typing import Final

import pytest

from steadwell.rules import Month, load_rulebook

BOOK: Final = load_rulebook()
DATES: Final = [
    # one code, another, by whom, the answer before, from when, the answer then
    ("99490", "99487", "same", "never", "2017-01", "never"),
    ("99490", "99491", "same", "never", "2019-01", "never"),
    ("99490", "99490", "other", "", "2015-01", "never"),
    ("99490", "99426", "same", "", "2020-01", "never"),
    ("99490", "99426", "other", "", "2020-01", "review"),
    ("99490", "99495", "same", "never", "2020-01", "together"),
    ("99490", "99495", "other", "never", "2020-01", "together"),
    ("99490", "99457", "same", "", "2019-01", "together"),
    ("99490", "98980", "same", "", "2022-01", "together"),
    ("99457", "98980", "same", "", "2024-01", "never"),
    ("99457", "98980", "other", "", "2024-01", "never"),
    ("99454", "99454", "other", "", "2021-01", "never"),
    ("99457", "99091", "same", "", "2019-01", "never"),
    ("99457", "99091", "other", "", "2019-01", "review"),
    ("99474", "99454", "same", "", "2020-01", "never"),
    ("99474", "99454", "other", "", "2020-01", "review"),
    ("99490", "99484", "same", "", "2017-01", "together"),
    ("99490", "99492", "same", "", "2017-01", "together"),
    ("99484", "99492", "same", "", "2017-01", "never"),
    ("99484", "99492", "other", "", "2017-01", "review"),
    ("G0557", "99490", "same", "", "2025-01", "never"),
    ("G0557", "99490", "other", "", "2025-01", "review"),
    ("G0557", "99426", "same", "", "2025-01", "never"),
    ("G0557", "99495", "same", "", "2025-01", "never"),
    ("G0557", "99446", "same", "", "2025-01", "never"),
    ("G0557", "G2252", "same", "", "2025-01", "never"),
    ("G0557", "98972", "other", "", "2025-01", "review"),
    ("G0557", "99457", "same", "", "2025-01", "together"),
    ("G0557", "G0019", "same", "", "2025-01", "together"),
    ("G0557", "G0568", "other", "", "2026-01", "never"),
    ("G0568", "99492", "same", "", "2026-01", "never"),
    ("G0569", "99493", "other", "", "2026-01", "review"),
    ("G0570", "99484", "same", "", "2026-01", "never"),
    ("G0557", "99484", "same", "", "2026-01", "review"),
    ("G0557", "99492", "other", "", "2026-01", "review"),
    ("99490", "G0019", "same", "", "2024-01", "together"),
    ("99490", "G0023", "other", "", "2024-01", "together"),
    ("G0019", "G0181", "same", "", "2024-01", "never"),
    ("99490", "G3002", "same", "", "2023-01", "together"),
    ("99490", "G0181", "same", "", "2015-01", "never"),
    ("99490", "G0181", "other", "", "2015-01", "together"),
    ("99490", "G0182", "other", "", "2015-01", "review"),
    ("99490", "90961", "same", "", "2015-01", "never"),
    ("99490", "90961", "other", "", "2015-01", "review"),
    ("99495", "G0181", "same", "", "2020-01", "together"),
    ("99495", "99091", "other", "", "2020-01", "together"),
    ("99490", "G0506", "same", "", "2017-01", "together"),
    ("G0557", "99490", "other rhc", "", "2025-01", "never"),
    ("G0557", "99426", "other fqhc", "", "2025-01", "never"),
    ("99490", "G0669", "same", "", "2026-07", "never"),
    ("99457", "G0669", "same", "", "2026-07", "never"),
]


def answer(month: Month, one: str, other: str, who: str) -> str:
    conflict = BOOK.in_month(month).conflicts.get((one, other, who))
    return conflict.outcome if conflict else ""


@pytest.mark.parametrize(("one", "other", "who", "before", "since", "then"), DATES)
def test_a_pair_has_its_answer_from_that_month_on(
    one: str, other: str, who: str, before: str, since: str, then: str
) -> None:
    month = Month.parse(since)
    assert answer(month.before, one, other, who) == before
    for each in (month, Month(2026, 12)):
        assert answer(each, one, other, who) == then
        assert answer(each, other, one, who) == then
