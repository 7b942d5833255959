"""Every reason has a sentence, a place on the page of cases, and a case that expects it."""

from pathlib import Path
from typing import Final

import pytest

from steadwell.rules.cases import read_cases
from steadwell.rules.sentences import _SENTENCES
from steadwell.rules.tests.decided_cases import CASES, checked

PAGE: Final = Path(__file__).parents[4] / "docs" / "reference" / "cases.md"


def expected() -> set[str]:
    return {
        identifier
        for path in CASES.glob("*.yaml")
        for case in read_cases(path)
        for key in ("because", "review")
        for identifier in case.expect.get(key) or ()
    }


def test_every_sentence_is_of_a_reason_that_a_case_expects() -> None:
    assert set(_SENTENCES) - expected() == set()


def test_every_reason_that_is_given_has_a_sentence() -> None:
    given = {
        finding.identifier
        for each in checked()
        if each.decision
        for finding in (*each.decision.reasons, *each.decision.review)
    }
    assert given - set(_SENTENCES) == set()


@pytest.mark.parametrize("identifier", _SENTENCES)
def test_the_page_of_cases_names_it(identifier: str) -> None:
    assert f"`{identifier}`" in PAGE.read_text(encoding="utf-8")
