"""The ledger of intervals, the clocks that run, and what stands behind the minutes."""

from steadwell.timekeeping.models.clock import (
    ClockRules,
    CommittedHours,
    EndedRun,
    Run,
    RunningClock,
)
from steadwell.timekeeping.models.ledger import (
    Activity,
    Evidence,
    Interval,
    IntervalNote,
    Note,
    NoteDraft,
    PendingEntry,
)

__all__ = [
    "Activity",
    "ClockRules",
    "CommittedHours",
    "EndedRun",
    "Evidence",
    "Interval",
    "IntervalNote",
    "Note",
    "NoteDraft",
    "PendingEntry",
    "Run",
    "RunningClock",
]
