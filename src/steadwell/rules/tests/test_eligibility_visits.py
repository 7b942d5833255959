from dataclasses import replace
from datetime import date, timedelta

import pytest

from steadwell.rules.eligibility import (
    VisitFact,
    VisitSetting,
    assess,
)
from steadwell.rules.tests.charts import OTHER, READY, TODAY, VISIT, finding, missing, seen


@pytest.mark.parametrize(("day", "needed"), [(date(2025, 3, 17), False), (date(2025, 3, 16), True)])
def test_a_visit_a_year_ago_spares_the_initiating_visit(day: date, needed: bool) -> None:
    candidacy = seen(visits=(replace(VISIT, on=day),))
    assert candidacy.needs_initiating_visit is needed
    assert missing(candidacy) == (["initiating_visit"] if needed else [])
    assert candidacy.last_visit_on == day


def test_the_year_before_29_february_begins_on_28_february() -> None:
    facts = replace(READY, visits=(replace(VISIT, on=date(2023, 2, 28)),), risk=None)
    assert assess(facts, date(2024, 2, 29)).needs_initiating_visit is False


@pytest.mark.parametrize(
    ("visit", "needed"),
    [
        (replace(VISIT, codes=("99211",)), True),
        (replace(VISIT, codes=("99212",)), False),
        (replace(VISIT, codes=("G0439",)), False),
        (replace(VISIT, codes=("99490",)), True),
        (replace(VISIT, codes=("99211", "93793")), True),
        (replace(VISIT, codes=("99211", "99495")), False),
        (replace(VISIT, codes=()), None),
        (replace(VISIT, codes=("99349",)), None),  # a home visit: not on the list, not against it
        (replace(VISIT, npi=""), None),
        (replace(VISIT, npi=OTHER), True),
        (replace(VISIT, npi=OTHER, codes=()), True),
        (replace(VISIT, npi="", codes=()), None),
        (replace(VISIT, npi="9999756322", codes=()), None),  # nobody's number
        (replace(VISIT, npi="1234567890"), None),  # its check digit is wrong
        (replace(VISIT, codes=(), setting=VisitSetting.VIRTUAL), True),
        (replace(VISIT, codes=(), setting=VisitSetting.EMERGENCY), True),
        (replace(VISIT, codes=(), setting=VisitSetting.INPATIENT), True),
        (replace(VISIT, codes=(), setting=VisitSetting.UNKNOWN), None),
        (replace(VISIT, on=TODAY), False),
        (replace(VISIT, on=TODAY + timedelta(days=1)), True),
    ],
)
def test_whose_visit_and_which_code_decide(visit: VisitFact, needed: bool | None) -> None:
    candidacy = seen(visits=(visit,))
    assert candidacy.needs_initiating_visit is needed
    expected = {False: [], None: ["visit_to_confirm"], True: ["initiating_visit"]}
    assert missing(candidacy) == expected[needed]


def test_possible_visits_are_listed_newest_first() -> None:
    visits = tuple(
        replace(VISIT, row=f"v{month}", on=date(2025, month, 1), npi="") for month in (5, 9, 7)
    )
    candidacy = seen(visits=visits)
    assert candidacy.missing[0].rows == ("v9", "v7", "v5")
    assert finding(candidacy, "visit").found == "3 possible, the last on 2025-09-01"


def test_the_newest_qualifying_visit_is_the_one_shown() -> None:
    older = replace(VISIT, row="v0", on=date(2025, 6, 1))
    for visits in ((older, VISIT), (VISIT, older)):
        assert finding(seen(visits=visits), "visit").rows == ("v1",)


@pytest.mark.parametrize(
    ("day", "lacking"),
    [(date(2025, 3, 17), ["visit_to_confirm"]), (date(2025, 3, 16), ["initiating_visit"])],
)
def test_a_possible_visit_must_lie_in_the_year_too(day: date, lacking: list[str]) -> None:
    assert missing(seen(visits=(replace(VISIT, on=day, codes=()),))) == lacking
