"""A case written out is read back as the same facts."""

import pytest

from steadwell.rules import facts_as_mapping
from steadwell.rules.case_text import case_as_text
from steadwell.rules.cases import Case, read_case_text
from steadwell.rules.tests.test_cases import ALL


@pytest.mark.exhaustive
@pytest.mark.parametrize("case", ALL)
def test_facts_written_and_read_are_the_same(case: Case) -> None:
    text = case_as_text(facts_as_mapping(case.facts))
    assert read_case_text(text, name="written")[0].facts == case.facts


def test_it_is_written_as_a_person_would() -> None:
    facts = {
        "month": "2026-03",
        "baseline": "ccm",
        "coverage": {"payer": "medicare_ffs", "qmb": True},
        "care_plan": None,
        "visits": [{"code": "99214", "on": "2025-11-03"}],
        "programs": ["ccm", "rpm"],
        "practitioner": {"id": "true"},
    }
    assert case_as_text(facts).splitlines() == [
        "month: 2026-03",
        "baseline: ccm",
        "coverage: {payer: medicare_ffs, qmb: true}",
        "care_plan: null",
        "visits:",
        '  - {code: "99214", on: 2025-11-03}',
        "programs: [ccm, rpm]",
        'practitioner: {id: "true"}',
    ]


def test_words_that_yaml_would_misread_are_quoted() -> None:
    text = 'says: "a" # b\nnext: 1, {2}'
    facts = {"month": "2026-03", "practitioner": {"id": text, "kind": "null"}}
    read = read_case_text(case_as_text(facts), name="written")[0].facts
    assert (read.practitioner.id, read.practitioner.kind) == (text, "null")
