"""What is asked in a call, by disease: dated data, the draft of a note, and red flags in answers."""

from steadwell.outreach.questions.answers import clean_answers, words_of
from steadwell.outreach.questions.data import (
    CallQuestions,
    Limit,
    Option,
    Question,
    QuestionSet,
    questions_on,
)
from steadwell.outreach.questions.drafting import draft_words
from steadwell.outreach.questions.flags import Found, Limits, flags_in

__all__ = [
    "CallQuestions",
    "Found",
    "Limit",
    "Limits",
    "Option",
    "Question",
    "QuestionSet",
    "clean_answers",
    "draft_words",
    "flags_in",
    "questions_on",
    "words_of",
]
