"""Red flags in answers, by the patient's own limits; where there are none, by the general ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from steadwell.outreach.questions.answers import Answers
from steadwell.outreach.questions.data import CallQuestions, Limit, Question

_SINCE = {"gain_day": "the morning before", "gain_week": "a week ago"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The patient's own: key of a limit → its value; and who set them."""

    own: Mapping[str, Decimal]
    set_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A red flag, and what it was seen in."""

    kind: str
    words: str


def flags_in(questions: CallQuestions, answers: Answers, limits: Limits) -> list[Found]:
    """Each kind once, in the order asked."""
    found: dict[str, Found] = {}
    for question in questions.each():
        if (value := answers.get(question.key)) is not None:
            for one in _of_one(questions, question, value, answers, limits):
                found.setdefault(one.kind, one)
    return list(found.values())


def _of_one(
    questions: CallQuestions,
    question: Question,
    value: str | list[str],
    answers: Answers,
    limits: Limits,
) -> Iterator[Found]:
    for key in [value] if isinstance(value, str) else value:
        option = question.option(key)
        if option and option.flag:
            yield Found(kind=option.flag, words=f"{option.note}.")
    if question.limit.startswith("gain") and isinstance(today := answers.get("weight"), str):
        gained = Decimal(today) - Decimal(str(value))
        limit, whose = _limit(questions, limits, question.limit)
        if gained > limit.value:
            yield Found(
                kind="weight",
                words=f"{gained} lb more than {_SINCE[question.limit]}. {whose}",
            )
    if question.limit == "glucose":
        yield from _glucose(questions, Decimal(str(value)), limits)


def _glucose(questions: CallQuestions, value: Decimal, limits: Limits) -> Iterator[Found]:
    low, whose_low = _limit(questions, limits, "glucose_low")
    high, whose_high = _limit(questions, limits, "glucose_high")
    if value < low.value:
        yield Found(kind="glucose", words=f"Glucose {value} mg/dL, low. {whose_low}")
    elif value > high.value:
        yield Found(kind="glucose", words=f"Glucose {value} mg/dL, high. {whose_high}")


def _limit(questions: CallQuestions, limits: Limits, key: str) -> tuple[Limit, str]:
    general = questions.limits[key]
    own = limits.own.get(key)
    if own is None:
        return general, f"No limit of their own is set; the general one is {general.words}."
    whose = f"Their limit is {Decimal(own).normalize():f} {general.unit}, set by {limits.set_by}."
    return Limit(value=own, unit=general.unit, words=general.words), whose
