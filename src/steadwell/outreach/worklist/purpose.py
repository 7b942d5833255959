"""What the next contact is for: work the patient needs anyway, named from their notes and plan.

In this order: what was promised; the plan's review; medicines that nobody has gone through for
three months; a goal whose day has come, or that comes next; what the plan says somebody does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from steadwell.careplans.content import Goal, PlanContent
from steadwell.outreach.worklist.facts import Facts

MEDICINES_EVERY = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What to do, in words, and where it comes from."""

    words: str
    source: str


def purpose_of(facts: Facts, plan: PlanContent | None, today: date) -> Purpose:
    """The most useful thing that a contact now would do."""
    fallback = Purpose(
        words="Make the care plan with them: problems, medicines, goals.",
        source="there is no signed plan",
    )
    if plan is not None:
        fallback = Purpose(
            words="Ask about symptoms, medicines, falls and visits elsewhere.",
            source="the monthly questions",
        )
    return next(_found(facts, plan or PlanContent(), today), fallback)


def _found(facts: Facts, plan: PlanContent, today: date) -> Iterator[Purpose]:
    if facts.promise and facts.promise_on:
        yield Purpose(
            words=f"{_sentence(facts.promise)}.", source=f"promised for {_day(facts.promise_on)}"
        )
    if facts.review_on and facts.review_on <= today:
        yield Purpose(
            words="Review the care plan with them.", source=f"due since {_day(facts.review_on)}"
        )
    yield from _medicines(plan, today)
    yield from _goals(plan, today)
    for one in plan.interventions:
        yield Purpose(words=f"{_sentence(one.what)}.", source="from the plan")


def _medicines(plan: PlanContent, today: date) -> Iterator[Purpose]:
    unsure = [
        one.label for one in plan.medications if one.taking in {"confirm", "sometimes", "not"}
    ]
    if unsure:
        yield Purpose(words=f"Ask how they take {unsure[0]}.", source="the plan’s medicines")
    on = plan.medications_reviewed_on
    if plan.medications and (on is None or on + MEDICINES_EVERY <= today):
        source = f"last done {_day(on)}" if on else "not done yet"
        yield Purpose(words="Go through the medicines with them.", source=source)


def _goals(plan: PlanContent, today: date) -> Iterator[Purpose]:
    for goal in sorted(plan.goals, key=lambda one: one.by or date.max):
        come = goal.by is not None and goal.by <= today
        when = f"its day was {_day(goal.by)}" if come and goal.by else "a goal of the plan"
        yield Purpose(words=f"Ask about the goal {_quoted(goal)}.", source=when)


def _quoted(goal: Goal) -> str:
    measured = f" ({goal.measure}, {goal.target})" if goal.measure and goal.target else ""
    return f"“{goal.said.rstrip('.')}”{measured}"


def _sentence(text: str) -> str:
    text = text.strip().rstrip(".")
    return text[:1].upper() + text[1:]


def _day(day: date) -> str:
    return f"{day:%B} {day.day}"
