"""The order of the day: who needs something, why, and what to do next.

Written order. Need ranks before minutes; nobody is put up for being short of a threshold alone:
1. no consent in force: work counts only after the yes;
2. something promised that is due;
3. no signed care plan;
4. no contact for 21 days;
5. the plan's review is due;
6. short of 20 minutes in the last ten days of the month;
then everyone else. Within a place, the longest without contact first, then by name.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from steadwell.rules.months import Month

LONG = 21
FIRST_STEP = 20
NEAR_THE_END = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A patient of the worklist, as the ledger, the notes and the plan have it."""

    patient_id: int
    public_id: UUID
    name: str  # as lists are ordered: family name first
    birth_date: date
    since: date  # enrolled
    has_consent: bool
    has_plan: bool
    plan_waits: bool  # for the practitioner's signature
    review_on: date | None
    contact_on: date | None
    promise: str
    promise_on: date | None
    seconds: int
    called: str = ""  # as people say it

    @property
    def minutes(self) -> int:
        return self.seconds // 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Why now, in words; and what to press."""

    rank: int
    filters: frozenset[str]
    words: str
    more: str
    tone: str
    icon: str
    step: str
    step_icon: str
    url_name: str = "chart"
    anchor: str = ""

    @property
    def group(self) -> str:
        return "Now" if self.rank <= 2 else "This week" if self.rank <= 6 else "Going well"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    line: Line
    need: Need


FILTERS = {
    "needs": "Needs something",
    "consent": "No consent",
    "promised": "Promised and due",
    "contact": f"No contact in {LONG} days",
    "plan": "Plan to make or review",
    "short": f"Short of {FIRST_STEP} minutes",
    "reached": f"{FIRST_STEP} minutes or more",
    "all": "Everyone",
}
SORTS = {
    "order": "What matters first",
    "minutes": "Minutes to the next step",
    "contact": "Longest without contact",
    "name": "Name",
}


def rows_of(lines: Iterable[Line], today: date) -> list[Row]:
    """Every line with its need, in the written order."""
    rows = [Row(line=one, need=need_of(one, today)) for one in lines]
    return sorted(rows, key=lambda row: (row.need.rank, silent_since(row.line), row.line.name))


def chosen(rows: list[Row], show: str, sort: str) -> list[Row]:
    """Those of one filter, in the order asked for."""
    kept = [row for row in rows if show in row.need.filters]
    if sort == "name":
        return sorted(kept, key=lambda row: row.line.name.lower())
    if sort == "contact":
        return sorted(kept, key=lambda row: silent_since(row.line))
    if sort == "minutes":
        return sorted(kept, key=lambda row: to_next_step(row.line.seconds))
    return kept


def silent_since(line: Line) -> date:
    """The last contact; for those nobody has spoken with yet, the day they joined."""
    return line.contact_on or line.since


def to_next_step(seconds: int) -> int:
    """Seconds to 20, 40 or 60 minutes; those beyond come last."""
    return next((step - seconds for step in (1200, 2400, 3600) if step > seconds), 10**6)


def need_of(line: Line, today: date) -> Need:
    """The first of the needs, by the written order; with every filter the line belongs to."""
    found = [one for one in _needs(line, today) if one is not None]
    names = {name for name, _ in found} | {"all"}
    names.add("reached" if line.minutes >= FIRST_STEP else "short")
    if found:
        names.add("needs")
        return _with(found[0][1], frozenset(names))
    words = "On track." if line.minutes >= FIRST_STEP else "Nothing is due."
    return _with(
        Need(
            rank=7, filters=frozenset(), words=words, more=_last_words(line, today), tone="good",
            icon="circle-check", step="Open", step_icon="",
        ),
        frozenset(names),
    )  # fmt: skip


def _needs(line: Line, today: date) -> list[tuple[str, Need] | None]:
    return [
        _consent(line),
        _promise(line, today),
        _plan(line),
        _contact(line, today),
        _review(line, today),
        _end_of_month(line, today),
    ]


def _consent(line: Line) -> tuple[str, Need] | None:
    if line.has_consent:
        return None
    return "consent", _need(
        1, "No consent is in force.", "Time counts only after the yes.", "bad", "writing-sign",
        ("Get consent", "writing-sign", "chart_enrollment", "consent"),
    )  # fmt: skip


def _promise(line: Line, today: date) -> tuple[str, Need] | None:
    if line.promise_on is None or line.promise_on > today:
        return None
    late = (today - line.promise_on).days
    more = "Due today." if late == 0 else f"Due {line.promise_on:%B} {line.promise_on.day}."
    return "promised", _need(
        2, f"Promised: {line.promise.rstrip('.')}.", more, "bad" if late else "warn", "clock-exclamation",
        ("Call", "phone", "chart_call", ""),
    )  # fmt: skip


def _plan(line: Line) -> tuple[str, Need] | None:
    if line.has_plan:
        return None
    words, more = "There is no signed care plan.", "Nothing can be billed before there is one."
    if line.plan_waits:
        words, more = "The care plan waits for its signature.", "It is with the practitioner."
    step = "Open the plan" if line.plan_waits else "Make the plan"
    return "plan", _need(
        3, words, more, "info" if line.plan_waits else "warn", "clipboard-list",
        (step, "clipboard-list", "care_plan", ""),
    )  # fmt: skip


def _contact(line: Line, today: date) -> tuple[str, Need] | None:
    days = (today - silent_since(line)).days
    if days < LONG:
        return None
    words = f"No contact for {days} days."
    if line.contact_on is None:
        words = f"Nobody has spoken with them in the {days} days since they joined."
    more = f"Last spoken with on {line.contact_on:%m/%d/%Y}." if line.contact_on else ""
    return "contact", _need(
        4, words, more, "warn", "calendar-off", ("Call", "phone", "chart_call", "")
    )


def _review(line: Line, today: date) -> tuple[str, Need] | None:
    if line.review_on is None or line.review_on > today:
        return None
    words = f"The plan’s review was due {line.review_on:%B} {line.review_on.day}."
    return "plan", _need(
        5, words, _last_words(line, today), "info", "clipboard-list",
        ("Review plan", "clipboard-list", "care_plan", ""),
    )  # fmt: skip


def _end_of_month(line: Line, today: date) -> tuple[str, Need] | None:
    left = (Month.of(today).last - today).days
    if line.minutes >= FIRST_STEP or left > NEAR_THE_END:
        return None
    short = FIRST_STEP - line.minutes
    words = f"{short} minute{'s' if short > 1 else ''} short of {FIRST_STEP}."
    return "ending", _need(
        6,
        words,
        "Minutes never carry over.",
        "warn",
        "hourglass",
        ("Call", "phone", "chart_call", ""),
    )


def _need(
    rank: int, words: str, more: str, tone: str, icon: str, step: tuple[str, str, str, str]
) -> Need:
    return Need(
        rank=rank, filters=frozenset(), words=words, more=more, tone=tone, icon=icon,
        step=step[0], step_icon=step[1], url_name=step[2], anchor=step[3],
    )  # fmt: skip


def _with(need: Need, filters: frozenset[str]) -> Need:
    return replace(need, filters=filters)


def _last_words(line: Line, today: date) -> str:
    if line.contact_on is None:
        return "Nobody has spoken with them yet."
    days = (today - line.contact_on).days
    return (
        "Spoken with today."
        if days == 0
        else f"Spoken with {days} day{'s' if days > 1 else ''} ago."
    )


def weekdays_left(today: date) -> int:
    """Mondays to Fridays after today, to the end of the month."""
    days = (Month.of(today).last - today).days
    return sum((today + timedelta(days=one)).weekday() < 5 for one in range(1, days + 1))
