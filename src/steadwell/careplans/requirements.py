"""What a plan needs before it can be signed."""

from dataclasses import dataclass
from datetime import date

from steadwell.careplans.content import PlanContent


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that is not there yet, and the part where it belongs."""

    part: str
    sentence: str


def missing_to_sign(content: PlanContent, today: date) -> list[Missing]:
    """Empty when the plan can be signed."""
    found = [
        Missing(part="problems", sentence="Name at least one problem."),
        Missing(
            part="goals",
            sentence="Give at least one goal a target, so that all can see when it is reached.",
        ),
        Missing(
            part="interventions",
            sentence="Say of at least one thing to do who does it and when.",
        ),
    ]
    met = [
        bool(content.problems),
        any(goal.words and goal.target for goal in content.goals),
        any(one.what and one.who and one.when for one in content.interventions),
    ]
    return [
        *(one for one, is_met in zip(found, met, strict=True) if not is_met),
        *_dates(content, today),
    ]


def _dates(content: PlanContent, today: date) -> list[Missing]:
    missing = []
    if content.medications_reviewed_on is None:
        sentence = "Go through the medicines with the patient and enter the day."
        missing.append(Missing(part="medications", sentence=sentence))
    if content.review_on is None:
        missing.append(Missing(part="closing", sentence="Choose the day of the next review."))
    elif content.review_on < today:
        sentence = f"The next review, {content.review_on:%m/%d/%Y}, is past. Choose a later day."
        missing.append(Missing(part="closing", sentence=sentence))
    return [*missing, *dates_in_the_future(content, today)]


def dates_in_the_future(content: PlanContent, today: date) -> list[Missing]:
    """What is said to have happened has happened."""
    found = []
    if content.medications_reviewed_on and content.medications_reviewed_on > today:
        found.append(
            Missing(part="medications", sentence="The medicines cannot be reviewed after today.")
        )
    if content.agreed_on and content.agreed_on > today:
        found.append(Missing(part="closing", sentence="The agreement cannot be after today."))
    return found
