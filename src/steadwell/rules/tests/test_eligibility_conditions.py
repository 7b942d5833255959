from datetime import timedelta

import pytest

from steadwell.rules.eligibility import (
    ConditionFact,
    Standing,
)
from steadwell.rules.tests.charts import DIABETES, TODAY, condition, finding, seen


def test_two_codes_of_one_disease_are_too_few() -> None:
    candidacy = seen(conditions=(DIABETES, condition("c3", "E11.9")))
    assert candidacy.standing is Standing.DOES_NOT
    assert finding(candidacy, "conditions").found == "1: Diabetes"
    assert finding(candidacy, "conditions").rows == ("c1", "c3")
    assert candidacy.missing == ()


@pytest.mark.parametrize(
    "second",
    [
        condition("c3", "I10", "resolved"),
        condition("c3", "I10", "inactive"),
        condition("c3", "I10", "remission"),
        condition("c3", "I10", verification_status="refuted"),
        condition("c3", "I10", verification_status="entered-in-error"),
        condition("c3", "I10", abated_on=TODAY),
        condition("c3", "I10", onset_on=TODAY + timedelta(days=1)),
        condition("c3", "J20.9"),
        condition("c3", "Z99.2"),
        condition("c3", "", snomed="73595000"),
    ],
)
def test_what_is_over_wrong_or_not_chronic_does_not_count(second: ConditionFact) -> None:
    assert seen(conditions=(DIABETES, second)).standing is Standing.DOES_NOT


@pytest.mark.parametrize(
    "second",
    [
        condition("c3", "I10", "recurrence"),
        condition("c3", "I10", "relapse"),
        condition("c3", "I10", verification_status=""),
        condition("c3", "I10", abated_on=TODAY + timedelta(days=1)),
        condition("c3", "I10", onset_on=TODAY),
        condition("c3", "", snomed="59621000"),
        condition("c3", "HTN", snomed="59621000"),
    ],
)
def test_what_is_active_and_not_doubted_counts(second: ConditionFact) -> None:
    assert seen(conditions=(DIABETES, second)).standing is Standing.QUALIFIES


@pytest.mark.parametrize(
    "second",
    [
        condition("c3", "I10", ""),
        condition("c3", "I10", verification_status="provisional"),
        condition("c3", "I10", verification_status="differential"),
        condition("c3", "I10", verification_status="unconfirmed"),
        condition("c3", "X99.99"),
        condition("c3", ""),
        condition("c3", "", snomed="13746004"),
    ],
)
def test_a_doubt_is_shown_and_never_counted(second: ConditionFact) -> None:
    candidacy = seen(conditions=(DIABETES, second))
    assert candidacy.standing is Standing.INCOMPLETE
    assert [(each.key, each.rows) for each in candidacy.missing] == [
        ("conditions_to_confirm", ("c3",))
    ]
    assert [each.group.key for each in candidacy.conditions] == ["diabetes"]


def test_a_doubt_about_the_same_disease_adds_nothing() -> None:
    candidacy = seen(conditions=(DIABETES, condition("c3", "E11.9", "")))
    assert candidacy.standing is Standing.DOES_NOT


def test_only_rows_that_could_change_the_count_are_asked_about() -> None:
    doubted = condition("c3", "E11.9", "")
    candidacy = seen(conditions=(DIABETES, doubted, condition("c4", "J44.9", "")))
    assert candidacy.missing[0].rows == ("c4",)
