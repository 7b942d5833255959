"""Who comes first. The written order, which `docs/explanation/worklist.md` tells users:

1. urgent need: a red flag that is still open; a question to a practitioner that is urgent, for the
   same day or late; an answer that came back and nobody has read; a call back whose time has come;
2. patients at high risk who have something due;
3. everybody else who has something due: promised and due, or a task that is late; a referral, test
   or refill whose next step is late; no contact for 21 days; the plan's review; no signed plan; no
   consent in force, or one that ends with the month;
4. in the last ten days of a month, those short of 20 minutes;
5. everybody else.

Within the same place risk comes first, then who has waited longest; in 4 and 5 the fewest minutes
to the next step. Minutes therefore never lift anybody above a need, and nobody is put up for being
short of minutes before the month's last ten days. Money is no part of it.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from steadwell.outreach.worklist.facts import Facts
from steadwell.outreach.worklist.risk import HIGH, risk_of
from steadwell.rules.months import Month

LONG = 21
STEPS = (20 * 60, 40 * 60, 60 * 60)
FIRST_STEP = 20
NEAR_THE_END = 10
BEYOND = 10**6  # every step is reached


class Reason(IntEnum):
    """Why a patient is where they are, the most pressing first."""

    FLAG = 1
    ESCALATED = 2
    ANSWERED = 3
    CALL_BACK = 4
    PROMISED = 5
    LOOP = 6
    CONTACT = 7
    REVIEW = 8
    PLAN = 9
    CONSENT = 10
    ENDING = 11
    NOTHING = 12

    @property
    def is_urgent(self) -> bool:
        return self <= Reason.CALL_BACK

    @property
    def is_due(self) -> bool:
        return Reason.PROMISED <= self <= Reason.CONSENT


def order_of(facts: Facts, moment: datetime, zone: ZoneInfo) -> tuple[int, int, int, int]:
    """The place in the list: the smallest comes first."""
    today = moment.astimezone(zone).date()
    reason, risk = first_reason(facts, moment, zone), risk_of(facts.risk, today).level
    if reason.is_urgent:
        return 1, reason, risk, _waits_since(facts, reason)
    if reason.is_due:
        return 2 if risk == HIGH else 3, reason, risk, _waits_since(facts, reason)
    return 4 if reason == Reason.ENDING else 5, reason, risk, to_next_step(facts.seconds)


def first_reason(facts: Facts, moment: datetime, zone: ZoneInfo) -> Reason:
    return next(reasons(facts, moment, zone), Reason.NOTHING)


def reasons(facts: Facts, moment: datetime, zone: ZoneInfo) -> Iterator[Reason]:
    """All there are, the most pressing first."""
    today = moment.astimezone(zone).date()
    found = {
        Reason.FLAG: bool(facts.flag),
        Reason.ESCALATED: _presses(facts),
        Reason.ANSWERED: facts.answered_at is not None,
        Reason.CALL_BACK: facts.call_back_at is not None and facts.call_back_at <= moment,
        Reason.PROMISED: _has_come(facts.promise_on, today) or is_late(facts, today),
        Reason.LOOP: facts.loop_on is not None and facts.loop_on < today,
        Reason.CONTACT: (today - facts.silent_since).days >= LONG,
        Reason.REVIEW: _has_come(facts.review_on, today),
        Reason.PLAN: not facts.has_plan,
        Reason.CONSENT: not facts.has_consent or facts.consent_ends is not None,
        Reason.ENDING: is_near_the_end(today) and facts.minutes < FIRST_STEP,
    }
    return (reason for reason, holds in found.items() if holds)


def holds_until(facts: Facts, moment: datetime, zone: ZoneInfo) -> datetime:
    """The next moment at which the same facts may have another place; a new month at the latest."""
    today = moment.astimezone(zone).date()
    month = Month.of(today)
    days = [
        month.after.first,
        month.last - timedelta(days=NEAR_THE_END),
        facts.promise_on,
        facts.task_on + timedelta(days=1) if facts.task_on else None,
        facts.loop_on + timedelta(days=1) if facts.loop_on else None,
        facts.silent_since + timedelta(days=LONG),
        facts.review_on,
        risk_of(facts.risk, today).until,
    ]
    moments = [_midnight(day, zone) for day in days if day is not None and day > today]
    moments += [one for one in (facts.call_back_at, _until(facts)) if one and one > moment]
    return min(moments)


def to_next_step(seconds: int) -> int:
    """Seconds to 20, 40 or 60 minutes; those beyond come last."""
    return next((step - seconds for step in STEPS if step > seconds), BEYOND)


def is_late(facts: Facts, today: date) -> bool:
    """Whether a task is: on its own day it is not."""
    return facts.task_on is not None and facts.task_on < today


def is_near_the_end(today: date) -> bool:
    return (Month.of(today).last - today).days <= NEAR_THE_END


def weekdays_left(today: date) -> int:
    """Mondays to Fridays after today, to the end of the month."""
    days = (Month.of(today).last - today).days
    return sum((today + timedelta(days=one)).weekday() < 5 for one in range(1, days + 1))


def _presses(facts: Facts) -> bool:
    """A routine question waits its time with the practitioner and is nobody's need till it is late."""
    asked = facts.escalated
    return asked is not None and (asked.is_late or asked.urgency != "routine")


def _waits_since(facts: Facts, reason: Reason) -> int:
    """Minutes or days since some fixed moment: the longest wait first."""
    if reason == Reason.ESCALATED and facts.escalated is not None:
        return (not facts.escalated.is_late) * 2**30 + _minute(facts.escalated.asked_at)
    at = {Reason.FLAG: facts.flag_at, Reason.ANSWERED: facts.answered_at,
          Reason.CALL_BACK: facts.call_back_at}.get(reason)  # fmt: skip
    if at is not None:
        return _minute(at)
    day = {
        Reason.PROMISED: min(
            (one for one in (facts.promise_on, facts.task_on) if one), default=None
        ),
        Reason.LOOP: facts.loop_on,
        Reason.CONTACT: facts.silent_since,
        Reason.REVIEW: facts.review_on,
    }.get(reason)
    return (day or facts.since).toordinal()


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _has_come(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def _until(facts: Facts) -> datetime | None:
    return facts.escalated.until if facts.escalated else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(0), tzinfo=zone)
