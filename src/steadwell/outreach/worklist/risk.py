"""How far a patient's last months put them ahead of others who wait for the same thing.

Three levels, from stays, emergency visits and the number of chronic conditions in the chart. It
orders a list and says why; it is no clinical score, and nothing is billed by it.

high: in the hospital now or within the last 30 days, or two emergency visits within 90 days;
raised: a stay within 180 days, an emergency visit within 90, or five chronic conditions or more;
usual: everybody else.
"""

from dataclasses import dataclass
from datetime import date, timedelta

HIGH, RAISED, USUAL = 0, 1, 2
AFTER_A_STAY, STAY_COUNTS, EMERGENCY_COUNTS, MANY = 30, 180, 90, 5
LEVELS = {"high": "High risk", "raised": "Raised risk", "usual": "Usual risk"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFacts:
    conditions: int = 0
    in_hospital: bool = False
    stay_ended_on: date | None = None
    emergency_on: date | None = None  # the last
    emergency_before_on: date | None = None  # the one before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """The level, why, and the day on which it may be another."""

    level: int
    words: str = ""
    until: date | None = None

    @property
    def key(self) -> str:
        return list(LEVELS)[self.level]

    @property
    def label(self) -> str:
        return LEVELS[self.key]


def risk_of(facts: RiskFacts, today: date) -> Risk:
    """The highest level that anything gives."""
    return _high(facts, today) or _raised(facts, today) or Risk(level=USUAL)


def _high(facts: RiskFacts, today: date) -> Risk | None:
    if facts.in_hospital:
        return Risk(level=HIGH, words="In the hospital, as the chart has it.")
    home = facts.stay_ended_on
    if home and (until := _within(home, AFTER_A_STAY, today)):
        words = f"Home from the hospital since {home:%B} {home.day}."
        return Risk(level=HIGH, words=words, until=until)
    before = facts.emergency_before_on
    if before and (until := _within(before, EMERGENCY_COUNTS, today)):
        words = f"Two emergency visits within {EMERGENCY_COUNTS} days."
        return Risk(level=HIGH, words=words, until=until)
    return None


def _raised(facts: RiskFacts, today: date) -> Risk | None:
    home, emergency = facts.stay_ended_on, facts.emergency_on
    if emergency and (until := _within(emergency, EMERGENCY_COUNTS, today)):
        words = f"Emergency visit on {emergency:%B} {emergency.day}."
        return Risk(level=RAISED, words=words, until=until)
    if home and (until := _within(home, STAY_COUNTS, today)):
        return Risk(level=RAISED, words=f"In the hospital until {home:%B} {home.day}.", until=until)
    if facts.conditions >= MANY:
        return Risk(level=RAISED, words=f"{facts.conditions} chronic conditions.")
    return None


def _within(day: date, days: int, today: date) -> date | None:
    """The first day on which it no longer counts; None: that has come."""
    until = day + timedelta(days=days + 1)
    return until if today < until else None
