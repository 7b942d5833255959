"""No cell of a table starts a formula, whatever somebody is called."""

import pytest

from steadwell.common.spreadsheets import harmless


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_run_is_marked_as_text(start: str) -> None:
    assert harmless(f"{start}SUM(A1)") == f"'{start}SUM(A1)"


@pytest.mark.parametrize("text", ["", "Paula =", "99490", "O'Neil"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text
