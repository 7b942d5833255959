"""The written order, by examples at the boundaries and by any two patients there could be."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadwell.outreach.worklist import (
    Escalated,
    Facts,
    Reason,
    RiskFacts,
    first_reason,
    from_json,
    holds_until,
    need_of,
    order_of,
    risk_of,
    to_json,
)
from steadwell.outreach.worklist.order import weekdays_left
from tests import cast

ZONE = ZoneInfo("America/New_York")
TODAY, NOW = cast.TODAY, cast.NOW
DAY = timedelta(days=1)
WELL = Facts(
    since=date(2025, 11, 1),
    has_consent=True,
    has_plan=True,
    contact_on=TODAY - 5 * DAY,
    seconds=600,
)
ASKED = Escalated(
    urgency="urgent", asked_at=NOW, until=NOW + timedelta(minutes=15), is_late=False,
    with_whom="Dr. Ana Abbott",
)  # fmt: skip
HOME = RiskFacts(stay_ended_on=TODAY - 30 * DAY)


@pytest.mark.parametrize(
    ("change", "words", "reason"),
    [
        ({}, "Nothing is due.", Reason.NOTHING),
        ({"seconds": 1200}, "On track.", Reason.NOTHING),
        ({"flag": "Chest pain"}, "Red flag: chest pain.", Reason.FLAG),
        (
            {"escalated": ASKED},
            "An urgent question to Dr. Ana Abbott has no answer.",
            Reason.ESCALATED,
        ),
        ({"escalated": replace(ASKED, urgency="routine")}, "Nothing is due.", Reason.NOTHING),
        (
            {"escalated": replace(ASKED, urgency="routine", is_late=True)},
            "A question to Dr. Ana Abbott has no answer.",
            Reason.ESCALATED,
        ),
        ({"answered_at": NOW}, "The practitioner has answered.", Reason.ANSWERED),
        (
            {"call_back_at": NOW},
            "Asked to be called back today at 10:00 am.",
            Reason.CALL_BACK,
        ),
        ({"call_back_at": NOW + timedelta(minutes=1)}, "Nothing is due.", Reason.NOTHING),
        ({"promise": "the pill", "promise_on": TODAY}, "Promised: the pill.", Reason.PROMISED),
        ({"promise": "call", "promise_on": TODAY + DAY}, "Nothing is due.", Reason.NOTHING),
        ({"task": "Fax it", "task_on": TODAY - DAY}, "Task: Fax it.", Reason.PROMISED),
        ({"task": "Fax it", "task_on": TODAY}, "Nothing is due.", Reason.NOTHING),
        ({"loop": "Not sent.", "loop_on": TODAY - DAY}, "Not sent.", Reason.LOOP),
        ({"loop": "Not sent.", "loop_on": TODAY}, "Nothing is due.", Reason.NOTHING),
        ({"contact_on": TODAY - 21 * DAY}, "No contact for 21 days.", Reason.CONTACT),
        ({"contact_on": TODAY - 20 * DAY}, "Nothing is due.", Reason.NOTHING),
        ({"review_on": TODAY}, "The plan’s review is due today.", Reason.REVIEW),
        ({"review_on": TODAY + DAY}, "Nothing is due.", Reason.NOTHING),
        ({"has_plan": False}, "There is no signed care plan.", Reason.PLAN),
        (
            {"has_plan": False, "plan_waits": True},
            "The care plan waits for its signature.",
            Reason.PLAN,
        ),
        ({"has_consent": False}, "No consent is in force.", Reason.CONSENT),
        ({"consent_ends": date(2026, 3, 31)}, "The consent ends on March 31.", Reason.CONSENT),
    ],
)
def test_why_now(change: dict[str, object], words: str, reason: Reason) -> None:
    need = need_of(replace(WELL, **change), NOW, ZONE)  # type: ignore[arg-type]
    assert (need.words, need.reason) == (words, reason)


@pytest.mark.parametrize(("day", "reason"), [(20, Reason.NOTHING), (21, Reason.ENDING)])
def test_minutes_matter_only_near_the_end(day: int, reason: Reason) -> None:
    moment = NOW.replace(day=day)
    facts = replace(WELL, contact_on=moment.date(), seconds=1199)
    assert first_reason(facts, moment, ZONE) == reason
    if reason == Reason.ENDING:
        assert need_of(facts, moment, ZONE).words == "1 minute short of 20."
        assert first_reason(replace(facts, seconds=1200), moment, ZONE) == Reason.NOTHING


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        (RiskFacts(), "usual"),
        (RiskFacts(in_hospital=True), "high"),
        (HOME, "high"),
        (RiskFacts(stay_ended_on=TODAY - 31 * DAY), "raised"),
        (RiskFacts(stay_ended_on=TODAY - 181 * DAY), "usual"),
        (RiskFacts(emergency_on=TODAY, emergency_before_on=TODAY - 90 * DAY), "high"),
        (RiskFacts(emergency_on=TODAY, emergency_before_on=TODAY - 91 * DAY), "raised"),
        (RiskFacts(emergency_on=TODAY - 91 * DAY), "usual"),
        (RiskFacts(conditions=5), "raised"),
        (RiskFacts(conditions=4), "usual"),
    ],
)
def test_risk(facts: RiskFacts, level: str) -> None:
    assert risk_of(facts, TODAY).key == level


def place(facts: Facts, moment: datetime = NOW) -> tuple[int, int, int, int]:
    return order_of(facts, moment, ZONE)


def test_risk_comes_before_the_kind_of_need_but_not_before_urgency() -> None:
    review, promised = {"review_on": TODAY}, {"promise": "x", "promise_on": TODAY}
    risky_review = replace(WELL, **review, risk=HOME)  # type: ignore[arg-type]
    assert place(risky_review) < place(replace(WELL, **promised))  # type: ignore[arg-type]
    assert place(replace(WELL, call_back_at=NOW)) < place(risky_review)
    assert place(replace(WELL, **review)) < place(replace(WELL, risk=HOME))  # type: ignore[arg-type]


def test_the_longest_wait_first_and_late_questions_before_others() -> None:
    older = replace(WELL, promise="x", promise_on=TODAY - 2 * DAY)
    assert place(older) < place(replace(older, promise_on=TODAY - DAY))
    late = replace(ASKED, urgency="routine", is_late=True, asked_at=NOW + timedelta(hours=1))
    assert place(replace(WELL, escalated=late)) < place(replace(WELL, escalated=ASKED))


days = st.integers(-40, 40).map(lambda number: TODAY + number * DAY)
moments = st.integers(-5000, 5000).map(lambda number: NOW + timedelta(minutes=number))
some_facts = st.builds(
    Facts,
    since=st.just(date(2025, 11, 1)), has_consent=st.booleans(), has_plan=st.booleans(),
    plan_waits=st.booleans(), consent_ends=st.none() | st.just(date(2026, 3, 31)),
    review_on=st.none() | days, contact_on=st.none() | days, promise=st.just("x"),
    promise_on=st.none() | days, task=st.just("y"), task_on=st.none() | days,
    loop=st.just("z"), loop_on=st.none() | days,
    seconds=st.integers(0, 5000), usual=st.integers(0, 1200),
    flag=st.sampled_from(["", "Chest pain"]), flag_at=st.just(NOW),
    escalated=st.none() | st.builds(
        Escalated, urgency=st.sampled_from(["urgent", "same_day", "routine"]), asked_at=moments,
        until=moments, is_late=st.booleans(), with_whom=st.just("Ana")
    ),
    answered_at=st.none() | moments, call_back_at=st.none() | moments,
    risk=st.builds(RiskFacts, conditions=st.integers(0, 9), in_hospital=st.booleans()),
)  # fmt: skip
minutes = st.integers(0, 10_000)


@given(some_facts, some_facts, minutes, minutes)
def test_more_urgent_need_never_ranks_below_less_whatever_the_minutes(
    one: Facts, other: Facts, here: int, there: int
) -> None:
    first, second = first_reason(one, NOW, ZONE), first_reason(other, NOW, ZONE)
    before, after = place(replace(one, seconds=here)), place(replace(other, seconds=there))
    if first.is_urgent and first < second:
        assert before < after
    if first.is_due and second > Reason.CONSENT:
        assert before < after
    same_risk = risk_of(one.risk, TODAY).level == risk_of(other.risk, TODAY).level
    if same_risk and first < second:
        assert before < after


@given(some_facts)
def test_facts_come_back_from_json_as_they_were(facts: Facts) -> None:
    assert from_json(to_json(facts)) == facts


@given(some_facts, st.integers(0, 20_000))
def test_the_place_stays_until_it_is_said_to_change(facts: Facts, after: int) -> None:
    until = holds_until(facts, NOW, ZONE)
    assert until > NOW
    moment = min(NOW + timedelta(minutes=after), until - timedelta(seconds=1))
    assert place(facts, moment) == place(facts)


def test_weekdays_after_today() -> None:
    assert weekdays_left(TODAY) == 10
    assert weekdays_left(date(2026, 3, 31)) == 0
