"""What was answered: from a form to plain values, and back to words."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from steadwell.common.errors import Refusal
from steadwell.outreach.questions.data import Question, QuestionSet

Answers = dict[str, str | list[str]]
LONGEST = 1000


def clean_answers(sets: Iterable[QuestionSet], sent: Mapping[str, Sequence[str]]) -> Answers:
    """The answers that can be, by question; what was not asked or not answered is left out.

    Raises:
        Refusal: a number that no scale or meter shows: taken over, it would hide a red flag.
    """
    found: Answers = {}
    for one in sets:
        for question in one.questions:
            value = _clean(question, [text.strip() for text in sent.get(question.key, ())])
            if value:
                found[question.key] = value
    return found


def words_of(question: Question, value: str | list[str]) -> list[str]:
    """What the answer says in a note: a phrase for each thing answered."""
    if question.kind in {"number", "text"}:
        return [question.note.replace("{value}", str(value))]
    keys = value if isinstance(value, list) else [value]
    return [one.note for key in keys if (one := question.option(key)) is not None]


def _clean(question: Question, texts: list[str]) -> str | list[str]:
    if question.kind == "many":
        return [key for key in texts if question.option(key)]
    text = texts[-1] if texts else ""
    if question.kind == "number":
        return _number(question, text) if text else ""
    if question.kind == "text":
        return text[:LONGEST]
    return text if question.option(text) else ""


def _number(question: Question, text: str) -> str:
    try:
        number = Decimal(text.replace(",", ".")[:12])
    except InvalidOperation:
        raise Refusal(f"{question.ask} is no number. Write it as 171.5.") from None
    if not number.is_finite() or not question.low <= number <= question.high:
        raise Refusal(
            f"{question.ask} cannot be what was typed. Write {question.low} to {question.high} "
            f"{question.unit}, or leave it empty."
        )
    return f"{number.quantize(Decimal('0.1')).normalize():f}"
