"""How long a clock runs without a sign of work. Plain numbers, and the functions that compare them."""

from datetime import datetime, timedelta

from steadwell.timekeeping.models import Activity, RunningClock

ASK_AFTER = timedelta(minutes=2)
ASK_AFTER_ON_A_CALL = timedelta(minutes=30)
CLOSE_AFTER_ASKING = timedelta(minutes=8)


def idle_limit(activity: str) -> timedelta:
    """A silence up to this long is work: reading, listening. A longer one needs an answer."""
    return ASK_AFTER_ON_A_CALL if activity == Activity.PHONE_CALL else ASK_AFTER


def is_silent(clock: RunningClock, moment: datetime) -> bool:
    """Whether so long has passed without a sign of work that the time since is not counted unasked."""
    return moment - clock.last_evidence_at > idle_limit(clock.activity)


def is_stale(clock: RunningClock, moment: datetime) -> bool:
    """Whether the question went unanswered too, so that the clock ends at its last evidence."""
    if clock.paused_at is not None:
        return False
    return moment - clock.last_evidence_at > idle_limit(clock.activity) + CLOSE_AFTER_ASKING


def whole_second(moment: datetime) -> datetime:
    """The ledger counts whole seconds: the second a moment lies in."""
    return moment.replace(microsecond=0)


def next_whole_second(moment: datetime) -> datetime:
    """Where a clock begins, so that no fraction of a second is ever credited before its work."""
    floor = whole_second(moment)
    return floor if floor == moment else floor + timedelta(seconds=1)
