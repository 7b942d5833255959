"""Which steps a referral, a test and a refill have, and how soon each is due. Pure."""

from datetime import date, timedelta

from steadwell.outreach.models import Loop, LoopStep

WAYS: dict[str, tuple[str, ...]] = {
    Loop.Kind.REFERRAL: tuple(LoopStep.values),
    Loop.Kind.TEST: tuple(LoopStep.values),
    Loop.Kind.REFILL: (LoopStep.ASKED, LoopStep.SENT, LoopStep.DONE, LoopStep.TOLD),
}
# Days a step usually has, after the one before it. The practice's people set another day at will.
DAYS: dict[str, dict[str, int]] = {
    Loop.Kind.REFERRAL: {"sent": 2, "booked": 7, "done": 30, "read": 7, "told": 2},
    Loop.Kind.TEST: {"sent": 1, "booked": 5, "done": 14, "read": 3, "told": 2},
    Loop.Kind.REFILL: {"sent": 1, "done": 2, "told": 1},
}
MAY_BE_SKIPPED = {LoopStep.SENT, LoopStep.BOOKED}  # who walks in was neither
SAYS: dict[str, str] = {  # what has not happened yet
    LoopStep.SENT: "The {kind} “{title}” has not been sent.",
    LoopStep.BOOKED: "The {kind} “{title}” has not been booked.",
    LoopStep.DONE: "The {kind} “{title}” has not been done.",
    LoopStep.READ: "Nobody has read the result of the {kind} “{title}”.",
    LoopStep.TOLD: "The patient does not know yet about the {kind} “{title}”.",
}


def steps_after(kind: str, step: str) -> tuple[str, ...]:
    """Those that may be recorded next: the following one, and beyond what may be skipped."""
    rest = WAYS[kind][WAYS[kind].index(step) + 1 :]
    found: list[str] = []
    for one in rest:
        found.append(one)
        if one not in MAY_BE_SKIPPED:
            break
    return tuple(found)


def step_before(kind: str, step: str) -> str:
    return WAYS[kind][WAYS[kind].index(step) - 1]


def next_after(kind: str, step: str) -> str:
    """The step that is due then; "" after the last."""
    return next(iter(steps_after(kind, step)), "")


def due_after(kind: str, step: str, happened_on: date) -> date | None:
    """The day by which the next step is usually done; None after the last."""
    following = next_after(kind, step)
    return happened_on + timedelta(days=DAYS[kind][following]) if following else None
