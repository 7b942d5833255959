"""What is asked, the draft made of answers only, and red flags at their limits."""

from datetime import date
from decimal import Decimal

import pytest

from steadwell.common.errors import Refusal
from steadwell.outreach.models import RedFlagKind
from steadwell.outreach.protocols import default_steps
from steadwell.outreach.questions import (
    Limits,
    clean_answers,
    draft_words,
    flags_in,
    questions_on,
)
from steadwell.outreach.questions.answers import Answers
from steadwell.rules.conditions import condition_group

QUESTIONS = questions_on(date(2026, 3, 17))
ALL = list(QUESTIONS.sets)
NONE = Limits(own={})


def answers(**given: str) -> Answers:
    return clean_answers(ALL, {key: [value] for key, value in given.items()})


def test_every_disease_has_its_questions_with_sources() -> None:
    keys = [one.key for one in QUESTIONS.each()]
    assert len(keys) == len(set(keys))
    known = {condition_group(code).key for code in ("I50.22", "E11.9", "J44.9", "I10", "N18.31", "F33.1")}  # type: ignore[union-attr]  # fmt: skip
    assert {group for one in ALL for group in one.groups} == known
    assert all(one.sources and one.questions for one in ALL)
    assert [one.key for one in QUESTIONS.sets_for([])] == ["general"]


def test_every_flag_named_has_a_protocol() -> None:
    named = {option.flag for one in QUESTIONS.each() for option in one.options if option.flag}
    assert named <= set(RedFlagKind.values)
    assert set(default_steps()) == set(RedFlagKind.values)
    assert all(steps for steps in default_steps().values())


def test_the_draft_says_what_was_answered_and_nothing_else() -> None:
    said = draft_words(ALL, answers(why="monthly", falls="fell", chest="no", said="I get dizzy"))
    assert said == {
        "reason": "Monthly call",
        "changed": "Fell since the last call. Said: “I get dizzy”. Asked, and nothing new: chest pain.",
        "done": "",
    }
    assert draft_words(ALL, {}) == {"reason": "", "changed": "", "done": ""}


@pytest.mark.parametrize(
    ("weight", "before", "kinds"),
    [("174", "171", []), ("174.1", "171", ["weight"]), ("170", "174", [])],
)
def test_weight_is_compared_with_the_general_limit(
    weight: str, before: str, kinds: list[str]
) -> None:
    found = flags_in(QUESTIONS, answers(weight=weight, weight_day=before), NONE)
    assert [one.kind for one in found] == kinds


@pytest.mark.parametrize(("weight", "kinds"), [("173", []), ("173.1", ["weight"])])
def test_the_patients_own_limit_comes_first(weight: str, kinds: list[str]) -> None:
    own = Limits(own={"gain_day": Decimal("2.0")}, set_by="Dr. Abbott on 03/02/2026")
    found = flags_in(QUESTIONS, answers(weight=weight, weight_day="171"), own)
    assert [one.kind for one in found] == kinds
    if found:
        assert found[0].words.endswith("Their limit is 2 lb, set by Dr. Abbott on 03/02/2026.")


@pytest.mark.parametrize(
    ("glucose", "kinds"),
    [("69.9", ["glucose"]), ("70", []), ("300", []), ("300.1", ["glucose"])],
)
def test_glucose_at_both_ends(glucose: str, kinds: list[str]) -> None:
    assert [one.kind for one in flags_in(QUESTIONS, answers(glucose=glucose), NONE)] == kinds


@pytest.mark.parametrize(
    ("key", "value", "kind"),
    [
        ("chest", "now", "chest_pain"),
        ("stroke", "yes", "stroke"),
        ("breath", "rest", "breathless"),
        ("life", "yes", "suicide"),
        ("lows", "helped", "glucose"),
    ],
)
def test_answers_that_raise_a_flag(key: str, value: str, kind: str) -> None:
    assert [one.kind for one in flags_in(QUESTIONS, answers(**{key: value}), NONE)] == [kind]


@pytest.mark.parametrize("typed", ["1740", "seventy", "-3", "NaN", "9" * 400])
def test_a_number_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="Weight this morning"):
        answers(weight=typed)


def test_what_was_not_asked_is_left_out() -> None:
    assert answers(chest="perhaps", nonsense="1") == {}
