"""What the ledger, the notes, the plan and the calls say of one patient, as the worklist needs it."""

from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, get_args, get_type_hints

from steadwell.outreach.worklist.risk import RiskFacts

NO_RISK = RiskFacts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated:
    """The most pressing question to a practitioner without an answer."""

    urgency: str  # urgent, same_day, routine
    asked_at: datetime
    until: datetime  # when it goes to the next in line
    is_late: bool
    with_whom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A patient of the worklist."""

    since: date  # enrolled
    has_consent: bool
    has_plan: bool
    plan_waits: bool = False  # for the practitioner's signature
    consent_ends: date | None = None  # revoked: the last day on which it holds
    review_on: date | None = None
    contact_on: date | None = None
    promise: str = ""
    promise_on: date | None = None
    task: str = ""  # the open one that is due first
    task_on: date | None = None
    loop: str = ""  # the open one whose next step is due first, as a sentence says it
    loop_on: date | None = None
    seconds: int = 0  # this month, of those whose time counts
    usual: int = 0  # seconds a contact of the last three months took
    flag: str = ""  # a red flag that nobody has closed
    flag_at: datetime | None = None
    escalated: Escalated | None = None
    answered_at: datetime | None = None  # an answer came back that nobody has read
    call_back_at: datetime | None = None
    risk: RiskFacts = NO_RISK

    @property
    def minutes(self) -> int:
        return self.seconds // 60

    @property
    def silent_since(self) -> date:
        """The last contact; for those nobody has spoken with yet, the day they joined."""
        return self.contact_on or self.since


def to_json(facts: Facts) -> dict[str, Any]:
    """As JSON holds it: days and moments as text."""
    return _written(asdict(facts))


def from_json(kept: dict[str, Any]) -> Facts:
    """The same back."""
    facts: Facts = _read(Facts, kept)
    return facts


def _written(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _written(one) if isinstance(one, dict)
        else one.astimezone(UTC).isoformat() if isinstance(one, datetime)
        else one.isoformat() if isinstance(one, date) else one
        for name, one in values.items()
    }  # fmt: skip


def _read(kind: Any, kept: dict[str, Any]) -> Any:
    hints = _kinds(kind)
    return kind(**{one.name: _value(hints[one.name], kept[one.name]) for one in fields(kind)})


def _value(kind: Any, value: Any) -> Any:
    if value is None or not (isinstance(value, dict) or kind in (date, datetime)):
        return value
    return _read(kind, value) if isinstance(value, dict) else kind.fromisoformat(value)


@cache
def _kinds(kind: type) -> dict[str, Any]:
    """By field: its type, without "or None"."""
    return {
        name: next((one for one in get_args(hint) if one is not type(None)), hint)
        for name, hint in get_type_hints(kind).items()
    }
