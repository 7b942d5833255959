"""The draft of a note: what was answered, and nothing that was not."""

from collections.abc import Iterable

from steadwell.outreach.questions.answers import Answers, words_of
from steadwell.outreach.questions.data import Question, QuestionSet

REASON, DONE = "why", "did"


def draft_words(sets: Iterable[QuestionSet], answers: Answers) -> dict[str, str]:
    """Reason, what changed and what was done, in sentences."""
    reason, done, changed, same = "", "", [], []
    for question in (one for each in sets for one in each.questions):
        value = answers.get(question.key)
        if value is None:
            continue
        words = words_of(question, value)
        if question.key == REASON:
            reason = words[0] if words else ""
        elif question.key == DONE:
            done = " ".join(words)
        elif _is_change(question, value):
            changed += words
        else:
            same += words
    return {"reason": reason, "changed": _sentences(changed, same), "done": done}


def _is_change(question: Question, value: str | list[str]) -> bool:
    if question.kind in {"number", "text"}:
        return True
    option = question.option(value) if isinstance(value, str) else None
    return option is not None and option.changed


def _sentences(changed: list[str], same: list[str]) -> str:
    parts = [f"{one.rstrip('.')}." for one in changed]
    if same:
        parts.append(f"Asked, and nothing new: {', '.join(same)}.")
    return " ".join(parts)
