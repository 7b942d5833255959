"""Taking in what comes back: files read whole or refused, payments posted once, the rest asked."""

from steadwell.claims.services.answers.place import NotPlaced, place_line, set_aside, undo_posting
from steadwell.claims.services.answers.read import ReadAnswer, read_answer
from steadwell.claims.services.answers.refused import AnswerRefused

__all__ = [
    "AnswerRefused",
    "NotPlaced",
    "ReadAnswer",
    "place_line",
    "read_answer",
    "set_aside",
    "undo_posting",
]
