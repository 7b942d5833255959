"""The forecast and the purpose of a contact, at their boundaries."""

from dataclasses import replace
from datetime import date

import pytest

from steadwell.careplans.content import Goal, Medication, PlanContent
from steadwell.outreach.worklist import Facts
from steadwell.outreach.worklist.forecast import (
    Judged,
    Outlook,
    Pace,
    contacts_needed,
    is_said_on,
    judge,
    outlook_of,
    together,
)
from steadwell.outreach.worklist.purpose import purpose_of
from steadwell.rules.months import Month

TENTH = date(2026, 4, 10)  # a month of thirty days
FACTS = Facts(since=date(2026, 1, 1), has_consent=True, has_plan=True)


@pytest.mark.parametrize(
    ("seconds", "usual", "is_planned", "outlook"),
    [
        (1200, 0, False, Outlook.THERE),
        (400, 0, False, Outlook.ON_TRACK),  # three times as much by the 30th
        (399, 0, False, Outlook.MISSES),
        (399, 801, True, Outlook.AT_RISK),
        (399, 800, True, Outlook.MISSES),
        (399, 801, False, Outlook.MISSES),
        (0, 0, True, Outlook.MISSES),  # eight minutes, where nobody knows better
    ],
)
def test_how_it_ends(seconds: int, usual: int, is_planned: bool, outlook: Outlook) -> None:
    assert outlook_of(Pace(seconds=seconds, usual=usual, is_planned=is_planned), TENTH) == outlook


def test_it_speaks_from_the_tenth_on() -> None:
    assert not is_said_on(date(2026, 4, 9))
    assert is_said_on(TENTH)


@pytest.mark.parametrize(("seconds", "needed"), [(0, 3), (240, 2), (720, 1), (1199, 1), (1200, 0)])
def test_contacts_to_the_step(seconds: int, needed: int) -> None:
    assert contacts_needed(Pace(seconds=seconds, usual=480, is_planned=False)) == needed


def test_judging_a_month() -> None:
    def pace(seconds: int, *, planned: bool = False) -> Pace:
        return Pace(seconds=seconds, usual=900, is_planned=planned)

    found = judge(
        [(pace(0), 100), (pace(0), 1300), (pace(380, planned=True), 380),
         (pace(600), 700), (pace(600), 1300)],
        Month.of(TENTH),
    )  # fmt: skip
    assert found == Judged(
        months=1, patients=5, said=2, said_and_missed=1, at_risk=1, at_risk_and_missed=1, missed=3
    )
    assert found.unforeseen == 1
    assert together([found, found]).said == 4
    assert "of 2 out of 5 patient-months" in found.words


def test_what_a_contact_is_for() -> None:
    def words(plan: PlanContent | None, **change: object) -> str:
        return purpose_of(replace(FACTS, **change), plan, TENTH).words  # type: ignore[arg-type]

    goal = Goal(key="g", words="walk to the mailbox.", by=TENTH)
    pills = Medication(key="m", label="metformin")
    assert words(None) == "Make the care plan with them: problems, medicines, goals."
    assert words(PlanContent()) == "Ask about symptoms, medicines, falls and visits elsewhere."
    assert words(PlanContent(goals=(goal,))) == "Ask about the goal “walk to the mailbox”."
    plan = PlanContent(goals=(goal,), medications=(pills,))
    assert words(plan) == "Go through the medicines with them."
    reviewed = replace(plan, medications_reviewed_on=date(2026, 1, 11))
    assert words(reviewed).startswith("Ask about the goal")
    assert words(replace(reviewed, medications_reviewed_on=date(2026, 1, 10))).startswith(
        "Go through"
    )
    assert words(plan, review_on=TENTH) == "Review the care plan with them."
    assert words(plan, promise="ask about the walker", promise_on=TENTH) == "Ask about the walker."
