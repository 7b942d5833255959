"""Sentences: what was needed, what was found, no blame."""

from pathlib import Path

import pytest

from steadwell.rules import decide, sentence
from steadwell.rules.cases import read_cases
from steadwell.rules.tests.months import decided, minutes

CASES = Path(__file__).parent / "cases"


def all_sentences() -> set[str]:
    found = set()
    for path in CASES.glob("*.yaml"):
        for case in read_cases(path):
            decision = decide(case.facts)
            found |= {sentence(each) for each in (*decision.reasons, *decision.review)}
    return found


def test_every_reason_of_every_case_reads_as_a_sentence() -> None:
    for text in all_sentences():
        assert text[0].isupper() or text[0].isdigit(), text
        assert text.endswith((".", "?")), text
        for bad in ("_", "  ", "..", "{", "None", "!", "please", "invalid"):
            assert bad not in text, text


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "19 minutes of the 20 minutes that 99490 needs; minutes never carry over."),
        ({"consents": []}, "No consent is in force for this month: none on record."),
        ({"elements": {"after_hours_access": False}},
         "Not on record: access to the care team at all hours for urgent needs."),
    ],
)  # fmt: skip
def test_words(facts: dict[str, object], expected: str) -> None:
    decision = decided(time=[minutes(19)], **facts)
    assert expected in {sentence(each) for each in decision.reasons}
