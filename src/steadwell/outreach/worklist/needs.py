"""Why now, in words; and what to press."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from steadwell.outreach.worklist.facts import Facts
from steadwell.outreach.worklist.order import FIRST_STEP, Reason, first_reason, is_late, reasons
from steadwell.outreach.worklist.risk import Risk, risk_of

FILTERS = {
    "needs": "Needs something",
    "urgent": "Urgent",
    "promised": "Promised and due",
    "loops": "Referral, test or refill late",
    "contact": "No contact in 21 days",
    "plan": "Plan to make or review",
    "consent": "Consent missing or ending",
    "short": f"Short of {FIRST_STEP} minutes",
    "reached": f"{FIRST_STEP} minutes or more",
    "all": "Everyone",
}
REASONS_OF = {  # a filter takes rows that have one of these
    "urgent": (Reason.FLAG, Reason.ESCALATED, Reason.ANSWERED, Reason.CALL_BACK),
    "promised": (Reason.PROMISED, Reason.CALL_BACK),
    "loops": (Reason.LOOP,),
    "contact": (Reason.CONTACT,),
    "plan": (Reason.REVIEW, Reason.PLAN),
    "consent": (Reason.CONSENT,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a row says."""

    reason: Reason
    words: str
    more: str
    tone: str
    icon: str
    step: str
    step_icon: str
    url_name: str = "chart"
    anchor: str = ""
    risk: Risk

    @property
    def group(self) -> str:
        if self.reason.is_urgent:
            return "Now"
        return "Going well" if self.reason == Reason.NOTHING else "This week"


@dataclass(frozen=True, slots=True, kw_only=True)
class _At:
    """The day, the moment and the practice's wall."""

    today: date
    moment: datetime
    zone: ZoneInfo

    def clock(self, at: datetime) -> str:
        wall = at.astimezone(self.zone)
        day = "today" if wall.date() == self.today else f"{wall:%B} {wall.day}"
        return f"{day} at {wall:%-I:%M %p}".replace("AM", "am").replace("PM", "pm")


_Said = tuple[str, str, str, str, tuple[str, str, str, str]]
CALL = ("Call", "phone", "chart_call", "")
OPEN = ("Open", "alert-triangle", "chart_call", "")
PLAN = "clipboard-list"


def need_of(facts: Facts, moment: datetime, zone: ZoneInfo) -> Need:
    """The most pressing of the reasons, said."""
    at = _At(today=moment.astimezone(zone).date(), moment=moment, zone=zone)
    reason = first_reason(facts, moment, zone)
    words, more, tone, icon, step = _SAY[reason](facts, at)
    return Need(
        reason=reason, words=words, more=more, tone=tone, icon=icon, step=step[0],
        step_icon=step[1], url_name=step[2], anchor=step[3], risk=risk_of(facts.risk, at.today),
    )  # fmt: skip


def reasons_of(facts: Facts, moment: datetime, zone: ZoneInfo) -> int:
    """All reasons as bits, for filters and counts."""
    return sum(1 << reason for reason in reasons(facts, moment, zone))


def _flag(facts: Facts, at: _At) -> _Said:
    since = f"Open since {at.clock(facts.flag_at)}. " if facts.flag_at else ""
    words = f"Red flag: {facts.flag[:1].lower()}{facts.flag[1:]}."
    return words, f"{since}Nobody has recorded the step taken.", "bad", "alert-triangle", OPEN


def _escalated(facts: Facts, at: _At) -> _Said:
    asked = facts.escalated
    assert asked is not None
    name = {"urgent": "An urgent question", "same_day": "A question for the same day"}
    words = f"{name.get(asked.urgency, 'A question')} to {asked.with_whom} has no answer."
    late = " The time to answer has passed." if asked.is_late else ""
    return (
        words,
        f"Asked {at.clock(asked.asked_at)}.{late}",
        "bad",
        "message",
        ("Open", "message", "chart_work", ""),
    )


def _answered(facts: Facts, at: _At) -> _Said:
    when = at.clock(facts.answered_at) if facts.answered_at else ""
    return (
        "The practitioner has answered.", f"Answered {when}; nobody has read it.", "warn",
        "message", ("Read", "message", "chart_work", ""),
    )  # fmt: skip


def _call_back(facts: Facts, at: _At) -> _Said:
    assert facts.call_back_at is not None
    words = f"Asked to be called back {at.clock(facts.call_back_at)}."
    return words, _last_words(facts, at.today), "bad", "phone", CALL


def _promised(facts: Facts, at: _At) -> _Said:
    if facts.promise_on is None or facts.promise_on > at.today:
        return _task(facts, at)
    if is_late(facts, at.today) and facts.task_on and facts.task_on < facts.promise_on:
        return _task(facts, at)
    late = facts.promise_on < at.today
    more = f"Due {_day(facts.promise_on)}." if late else "Due today."
    words = f"Promised: {facts.promise.rstrip('.')}."
    return words, more, "bad" if late else "warn", "clock-exclamation", CALL


def _task(facts: Facts, at: _At) -> _Said:
    assert facts.task_on is not None
    return (
        f"Task: {facts.task.rstrip('.')}.",
        f"Due {_day(facts.task_on)}, {_days_late(facts.task_on, at)}.", "bad",
        "list-check", ("Open", "list-check", "chart_work", ""),
    )  # fmt: skip


def _loop(facts: Facts, at: _At) -> _Said:
    assert facts.loop_on is not None
    return (
        facts.loop, f"Due {_day(facts.loop_on)}, {_days_late(facts.loop_on, at)}.", "bad",
        "refresh", ("Open", "refresh", "chart_loops", ""),
    )  # fmt: skip


def _contact(facts: Facts, at: _At) -> _Said:
    days = (at.today - facts.silent_since).days
    words = f"No contact for {days} days."
    if facts.contact_on is None:
        words = f"Nobody has spoken with them in the {days} days since they joined."
    more = f"Last spoken with on {facts.contact_on:%m/%d/%Y}." if facts.contact_on else ""
    return words, more, "warn", "calendar-off", CALL


def _review(facts: Facts, at: _At) -> _Said:
    assert facts.review_on is not None
    words = f"The plan’s review was due {_day(facts.review_on)}."
    if facts.review_on == at.today:
        words = "The plan’s review is due today."
    return words, _last_words(facts, at.today), "info", PLAN, ("Review plan", PLAN, "care_plan", "")


def _plan(facts: Facts, _: _At) -> _Said:
    if facts.plan_waits:
        return (
            "The care plan waits for its signature.", "It is with the practitioner.", "info", PLAN,
            ("Open the plan", PLAN, "care_plan", ""),
        )  # fmt: skip
    return (
        "There is no signed care plan.", "Nothing can be billed before there is one.", "warn", PLAN,
        ("Make the plan", PLAN, "care_plan", ""),
    )  # fmt: skip


def _consent(facts: Facts, _: _At) -> _Said:
    step = ("Get consent", "writing-sign", "chart_enrollment", "consent")
    if facts.has_consent and facts.consent_ends:
        words = f"The consent ends on {_day(facts.consent_ends)}."
        return (
            words,
            "They have said that they want to stop.",
            "warn",
            "writing-sign",
            ("Open", "", "chart_enrollment", ""),
        )
    return "No consent is in force.", "Time counts only after the yes.", "bad", "writing-sign", step


def _ending(facts: Facts, _: _At) -> _Said:
    short = FIRST_STEP - facts.minutes
    words = f"{short} minute{'s' if short > 1 else ''} short of {FIRST_STEP}."
    return words, "Minutes never carry over.", "warn", "hourglass", CALL


def _nothing(facts: Facts, at: _At) -> _Said:
    words = "On track." if facts.minutes >= FIRST_STEP else "Nothing is due."
    return words, _last_words(facts, at.today), "good", "circle-check", ("Open", "", "chart", "")


_SAY: dict[Reason, Callable[[Facts, _At], _Said]] = {
    Reason.FLAG: _flag,
    Reason.ESCALATED: _escalated,
    Reason.ANSWERED: _answered,
    Reason.CALL_BACK: _call_back,
    Reason.PROMISED: _promised,
    Reason.LOOP: _loop,
    Reason.CONTACT: _contact,
    Reason.REVIEW: _review,
    Reason.PLAN: _plan,
    Reason.CONSENT: _consent,
    Reason.ENDING: _ending,
    Reason.NOTHING: _nothing,
}


def _last_words(facts: Facts, today: date) -> str:
    if facts.contact_on is None:
        return "Nobody has spoken with them yet."
    days = (today - facts.contact_on).days
    if days == 0:
        return "Spoken with today."
    return f"Spoken with {days} day{'s' if days > 1 else ''} ago."


def _days_late(due_on: date, at: _At) -> str:
    days = (at.today - due_on).days
    return f"{days} day{'s' if days > 1 else ''} late"


def _day(day: date) -> str:
    return f"{day:%B} {day.day}"
