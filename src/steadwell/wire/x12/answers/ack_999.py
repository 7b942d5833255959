"""999 (005010X231A1): whether a file of claims was taken as X12."""

from collections.abc import Callable
from dataclasses import dataclass, field

from steadwell.wire.x12.answers.envelope import Segment, Transaction

ACCEPTED, WITH_ERRORS = frozenset("A"), frozenset("E")
_VERDICTS = frozenset("AEMPRWX")


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentError:
    """Where a transaction is at fault (IK3, IK4). `position` counts from its ST, which is 1.

    What stood there is left out: it may be a name.
    """

    segment: str
    position: str
    loop: str
    code: str
    element: str = ""
    element_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAcknowledgment:
    """One transaction of ours, or with an empty `number` its whole group (AK9 without an AK2)."""

    group_number: str
    number: str
    verdict: str  # A, E, M, P, R, W, X
    codes: tuple[str, ...] = ()
    errors: tuple[SegmentError, ...] = ()

    @property
    def is_accepted(self) -> bool:
        return self.verdict in ACCEPTED | WITH_ERRORS


@dataclass(slots=True)
class _State:
    """A 999 while it is read."""

    group: str
    opened: Segment | None = None
    errors: list[SegmentError] = field(default_factory=list)
    found: list[SetAcknowledgment] = field(default_factory=list)
    is_ended: bool = False


def read_999(transaction: Transaction) -> tuple[SetAcknowledgment, ...]:
    """What the transaction says of each of ours.

    Raises:
        AnswerNotReadable: it lacks what a 999 has to say.
    """
    if not transaction.segments or transaction.segments[0].id != "AK1":
        raise transaction.opening.refuse("A 999 has to begin with AK1.")
    state = _State(group=transaction.segments[0].text(2, "group control number", 9))
    for segment in transaction.segments[1:]:
        if segment.id not in _TAKERS or state.is_ended:
            raise segment.refuse("A 999 has no such segment here.")
        _TAKERS[segment.id](state, segment)
    if not state.is_ended:
        raise transaction.opening.refuse("A 999 has to end with AK9.")
    return tuple(state.found)


def _open(state: _State, segment: Segment) -> None:
    _require_answered(state)
    state.opened, state.errors = segment, []


def _note(state: _State, segment: Segment) -> None:
    state.errors.append(_segment_error(segment))


def _note_element(state: _State, segment: Segment) -> None:
    if not state.errors:
        raise segment.refuse("It stands before the segment it speaks of (IK3).")
    state.errors[-1] = _with_element(state.errors[-1], segment)


def _end_of_set(state: _State, segment: Segment) -> None:
    if state.opened is None:
        raise segment.refuse("It is not said which transaction this ends (AK2).")
    number = state.opened.text(2, "transaction control number", 9)
    state.found.append(_ended(segment, state.group, number, tuple(state.errors)))
    state.opened = None


def _end(state: _State, segment: Segment) -> None:
    _require_answered(state)
    if not state.found:
        state.found.append(_ended(segment, state.group, "", ()))
    state.is_ended = True


def _pass(_state: _State, _segment: Segment) -> None:
    """A context says nothing we keep."""


def _require_answered(state: _State) -> None:
    if state.opened:
        raise state.opened.refuse("It is not said whether this transaction was accepted (IK5).")


def _ended(
    segment: Segment, group: str, number: str, errors: tuple[SegmentError, ...]
) -> SetAcknowledgment:
    verdict = segment.text(1, "acknowledgment code", 1)
    if verdict not in _VERDICTS:
        raise segment.refuse("No acknowledgment code is so.", verdict)
    first = 5 if segment.id == "AK9" else 2
    codes = tuple(one[:5] for one in segment.elements[first : first + 5] if one)
    return SetAcknowledgment(
        group_number=group, number=number, verdict=verdict, codes=codes, errors=errors
    )


def _segment_error(segment: Segment) -> SegmentError:
    return SegmentError(
        segment=segment.text(1, "segment at fault", 3),
        position=segment.text(2, "position of the segment", 10),
        loop=segment.text(3, "loop", 6, may_lack=True),
        code=segment.text(4, "reason", 3, may_lack=True),
    )


def _with_element(error: SegmentError, segment: Segment) -> SegmentError:
    """The first element at fault of a segment is kept: it is where somebody looks first."""
    if error.element:
        return error
    return SegmentError(
        segment=error.segment, position=error.position, loop=error.loop, code=error.code,
        element=(segment.parts(1) or ("",))[0][:2],
        element_code=segment.text(3, "reason", 3, may_lack=True),
    )  # fmt: skip


_TAKERS: dict[str, Callable[[_State, Segment], None]] = {
    "AK2": _open,
    "IK3": _note,
    "IK4": _note_element,
    "IK5": _end_of_set,
    "AK9": _end,
    "CTX": _pass,
}
