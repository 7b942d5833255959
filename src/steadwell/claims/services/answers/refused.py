"""When a file that came back is not taken."""

from collections.abc import Sequence

from steadwell.common.errors import Refusal
from steadwell.wire.x12.answers import AnswerFault


class AnswerRefused(Refusal):
    """Nothing of the file was taken; `faults` says what is wrong in it, if it was readable at all."""

    def __init__(self, sentence: str, faults: Sequence[AnswerFault] = ()) -> None:
        self.faults = tuple(faults)
        super().__init__(sentence)
