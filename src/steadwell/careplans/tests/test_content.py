"""What a plan says, as values: the same after a round trip, strict when read."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steadwell.careplans.content import (
    CHOICES,
    PlanContent,
    PlanContentError,
    as_mapping,
    digest,
    read_content,
)
from steadwell.careplans.parts import PARTS
from steadwell.careplans.requirements import missing_to_sign
from steadwell.careplans.tests.made import COMPLETE
from tests import cast

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
DATES = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))


def field_values(name: str) -> st.SearchStrategy[Any]:
    """Anything that may stand in a field of a line; references are left empty."""
    if name in CHOICES:
        return st.sampled_from(sorted(CHOICES[name]))
    if name in ("by", "due"):
        return DATES
    if name in ("codes", "condition_ids", "medication_ids", "allergy_ids"):
        return st.lists(TEXTS, max_size=3).map(tuple)
    return {"problem_key": st.just(""), "problem_keys": st.just(())}.get(name, TEXTS)


@st.composite
def contents(draw: Any) -> PlanContent:
    values: dict[str, Any] = {}
    for part in PARTS:
        for name in part.texts:
            is_date = name.endswith("_on")
            values[name] = draw(DATES if is_date else TEXTS)
        if part.row_type is None:
            continue
        names = [one.name for one in fields(part.row_type) if one.name != "key"]
        row = st.fixed_dictionaries({name: field_values(name) for name in names})
        values[part.rows] = tuple(
            part.row_type(key=f"{part.key}-{number}", **one)
            for number, one in enumerate(draw(st.lists(row, max_size=3)))
        )
    return PlanContent(**values)


@settings(max_examples=60, deadline=None)
@given(contents())
def test_a_round_trip_changes_nothing(content: PlanContent) -> None:
    again = read_content(as_mapping(content))
    assert again == content
    assert digest(again) == digest(content)


def test_every_field_belongs_to_one_part() -> None:
    named = [name for part in PARTS for name in part.fields]
    assert sorted(named) == sorted(field.name for field in fields(PlanContent))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"diagnosis": "x"}, "plan has 1 unknown field"),
        ({"review_on": "2026-02-30"}, "plan.review_on is not a date"),
        ({"review_on": "20260301"}, "plan.review_on is not a date"),
        ({"summary": 5}, "plan.summary is not a text"),
        ({"summary": "secret\0"}, "plan.summary has a character"),
        ({"summary": "secret" * 1000}, "plan.summary is not a text of at most"),
        ({"goals": {"a": 1}}, "plan.goals is not a list"),
        ({"goals": [{"key": "g"}]}, "plan.goals[0] lacks"),
        ({"goals": [{"key": "", "words": "secret"}]}, "plan.goals[0].key is empty"),
        ({"goals": [{"key": "a", "words": "secret", "problem_keys": ["gone"]}]}, "refers to"),
        ({"problems": [{"key": "a", "label": "secret"}] * 2}, "plan.problems[1].key"),
        ({"problems": [{"key": "a", "label": "x", "prognosis": "secret"}]}, "prognosis is none of"),
        ([], "plan is not an object"),
    ],
)
def test_reading_is_strict_and_names_the_place_only(change: Any, place: str) -> None:
    with pytest.raises(PlanContentError) as refused:
        read_content(change)
    assert place in str(refused.value)
    assert "secret" not in str(refused.value)


def test_the_digest_is_of_everything_that_is_said() -> None:
    assert digest(COMPLETE) != digest(replace(COMPLETE, summary="Weigh yourself each evening."))


def test_what_is_complete_can_be_signed() -> None:
    assert missing_to_sign(COMPLETE, cast.TODAY) == []


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"problems": (), "goals": (), "symptoms": (), "interventions": ()}, "problems"),
        ({"goals": (replace(COMPLETE.goals[0], target=""),)}, "goals"),
        ({"interventions": (replace(COMPLETE.interventions[0], who=""),)}, "interventions"),
        ({"interventions": (replace(COMPLETE.interventions[0], when=""),)}, "interventions"),
        ({"medications_reviewed_on": None}, "medications"),
        ({"medications_reviewed_on": cast.TODAY + timedelta(days=1)}, "medications"),
        ({"review_on": None}, "closing"),
        ({"review_on": cast.TODAY - timedelta(days=1)}, "closing"),
        ({"agreed_on": cast.TODAY + timedelta(days=1)}, "closing"),
    ],
)
def test_what_is_missing_is_named_with_its_part(change: dict[str, Any], part: str) -> None:
    missing = missing_to_sign(replace(COMPLETE, **change), cast.TODAY)
    assert part in {one.part for one in missing}


def test_a_review_today_and_no_medicines_at_all_will_do() -> None:
    plan = replace(COMPLETE, review_on=cast.TODAY, medications=(), agreed_on=cast.TODAY)
    assert missing_to_sign(plan, cast.TODAY) == []
