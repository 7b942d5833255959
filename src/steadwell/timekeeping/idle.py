"""How long a clock runs without a sign of work. Plain numbers, and the functions that compare them.

The practice sets the numbers (`ClockRules`); a run keeps those it began with, so that a change holds
from the next run on, and so that the worker's clock is understood from another practice too.
"""

from datetime import datetime, timedelta

from steadwell.timekeeping.models import Activity, ClockRules, Run

READING, DESK_PHONE = "reading", "desk_phone"
QUIET = (READING, DESK_PHONE)


def limits_of(rules: ClockRules) -> dict[str, int]:
    """Seconds of silence by what the person does."""
    return {
        "": 60 * rules.ask_after,
        "call": 60 * rules.ask_on_a_call,
        READING: 60 * rules.ask_reading,
        DESK_PHONE: 60 * rules.ask_desk_phone,
        "close": 60 * rules.close_after,
    }


def _limits(run: Run) -> dict[str, int]:
    return {**limits_of(ClockRules()), **run.limits}


def idle_limit(run: Run) -> timedelta:
    """A silence up to this long is work: reading, listening. A longer one needs an answer."""
    on_a_call = "call" if run.activity == Activity.PHONE_CALL else ""
    return timedelta(seconds=_limits(run)[run.quiet or on_a_call])


def end_after(run: Run) -> timedelta:
    """A silence longer than this ends the clock, whoever looks next."""
    return idle_limit(run) + timedelta(seconds=_limits(run)["close"])


def is_silent(run: Run, moment: datetime) -> bool:
    """Whether so long has passed without a sign of work that the time since is not counted unasked."""
    return moment - run.last_evidence_at > idle_limit(run)


def is_over(run: Run, moment: datetime) -> bool:
    """Whether the question went unanswered too, so that the clock ends at its last evidence."""
    return moment - run.last_evidence_at > end_after(run)


def whole_second(moment: datetime) -> datetime:
    """The ledger counts whole seconds: the second a moment lies in."""
    return moment.replace(microsecond=0)


def next_whole_second(moment: datetime) -> datetime:
    """Where a clock begins, so that no fraction of a second is ever credited before its work."""
    floor = whole_second(moment)
    return floor if floor == moment else floor + timedelta(seconds=1)
