"""What is decided of a patient-month: values that hold identifiers, needed and found, and who says so.

Sentences are made on demand (`sentences.sentence`), so that a decision kept for years can be read
in the words of the day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from steadwell.rules.facts.kinds import Program, Word
from steadwell.rules.judging.words import Words, count_of, in_words, on_day
from steadwell.rules.months import Month
from steadwell.rules.rulebook import Rule


class Line(NamedTuple):
    """One line of a claim. `amount` is what is allowed for all units, `None` where none is known;
    `basis` says of what kind it is (`rulebook.fees.Basis`)."""

    code: str
    units: int
    on: date
    amount: Decimal | None
    program: Program
    lane: str
    basis: str = "national"

    def as_mapping(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "units": self.units,
            "on": self.on.isoformat(),
            "amount": None if self.amount is None else str(self.amount),
            "basis": self.basis,
            "program": self.program.value,
            "lane": self.lane,
        }


class Finding(NamedTuple):
    """One rule held against one chart.

    `identifier` is the reason it gives where it is not met. `said` is what was found, put into
    words as `found` when somebody reads it; `wanted` is what was needed, where the rule's own words
    are too general. `refs` name the time entries it is about.
    """

    identifier: str
    program: Program
    asked: Rule
    met: bool
    said: Words
    wanted: str = ""
    code: str | None = None
    refs: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        return self.asked.id

    @property
    def needed(self) -> str:
        return self.wanted or self.asked.needed

    @property
    def found(self) -> str:
        return in_words(self.said)

    @property
    def source(self) -> str:
        return self.asked.source

    @property
    def in_force_from(self) -> date:
        return self.asked.in_force_from

    @property
    def in_force_to(self) -> date | None:
        return self.asked.in_force_to

    def as_mapping(self) -> dict[str, Any]:
        return {
            "identifier": self.identifier,
            "program": self.program.value,
            "code": self.code,
            "rule": self.rule,
            "met": self.met,
            "needed": self.needed,
            "found": self.found,
            "source": self.source,
            "in_force_from": self.in_force_from.isoformat(),
            "in_force_to": self.in_force_to.isoformat() if self.in_force_to else None,
            "refs": list(self.refs),
        }


Reason = Finding
"""A finding that is not met: why something is not claimed, or what a person has to look at."""


class Missing(Word):
    """What the next code still needs."""

    MINUTES = "minutes"
    LIVE_CONTACT = "live_contact"
    DEVICE_DAYS = "device_days"
    READINGS = "readings"
    CONTACT = "contact"
    VISIT = "visit"
    MEDICATIONS = "medications_reconciled"
    ACTIVITY = "activity"


_COUNTED: Final = {
    Missing.MINUTES: ("minute", ""),
    Missing.DEVICE_DAYS: ("day", "device data"),
    Missing.READINGS: ("reading", "blood pressure"),
}
_DONE: Final = {
    Missing.LIVE_CONTACT: "a live contact",
    Missing.CONTACT: "a contact",
    Missing.VISIT: "a visit",
    Missing.MEDICATIONS: "the medications reconciled",
    Missing.ACTIVITY: "something done and recorded",
}


class Next(NamedTuple):
    """The next code in reach, how much is still missing of what, and the last day for it."""

    program: Program
    code: str
    missing: Missing
    more: int
    by: date

    @property
    def minutes(self) -> int:
        """Whole minutes still missing; 0 where it is not minutes that are missing."""
        return self.more if self.missing is Missing.MINUTES else 0

    @property
    def words(self) -> str:
        """As in 99439 needs 7 more minutes of CCM by 03/31/2026."""
        return f"{self.code} needs {self._needs} by {on_day(self.by)}"

    @property
    def _needs(self) -> str:
        counted = _COUNTED.get(self.missing)
        if counted is None:
            return _DONE[self.missing]
        things, of = counted
        more = count_of(self.more, f"more {things}")
        return f"{more} of {of or self.program.upper()}"

    def as_mapping(self) -> dict[str, Any]:
        return {
            "program": self.program.value,
            "code": self.code,
            "minutes": self.minutes,
            "missing": self.missing.value,
            "more": self.more,
            "by": self.by.isoformat(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`reasons` say why something is not claimed, `review` what holds the month for a person's
    decision, `findings` every check made, `counted` the seconds of each entry that count."""

    month: Month
    rulebook: str
    lines: tuple[Line, ...] = ()
    reasons: tuple[Reason, ...] = ()
    review: tuple[Reason, ...] = ()
    findings: tuple[Finding, ...] = ()
    minutes: Mapping[Program, int] = field(default_factory=dict)
    next: tuple[Next, ...] = ()
    counted: Mapping[str, int] = field(default_factory=dict)

    @property
    def because(self) -> tuple[str, ...]:
        """The identifiers of the reasons, each once."""
        return tuple(dict.fromkeys(each.identifier for each in self.reasons))

    @property
    def flags(self) -> tuple[str, ...]:
        """The identifiers of what is held for review, each once."""
        return tuple(dict.fromkeys(each.identifier for each in self.review))

    @property
    def amount(self) -> Decimal | None:
        """What all lines are allowed together; `None` where one has no amount."""
        amounts = [line.amount for line in self.lines]
        return None if None in amounts else sum((each for each in amounts if each), Decimal())

    def as_mapping(self) -> dict[str, Any]:
        """Ready for JSON, and the same for the same facts."""
        return {
            "month": str(self.month),
            "rulebook": self.rulebook,
            "lines": [line.as_mapping() for line in self.lines],
            "because": list(self.because),
            "review": list(self.flags),
            "minutes": {program.value: count for program, count in self.minutes.items()},
            "next": [each.as_mapping() for each in self.next],
            "reasons": [each.as_mapping() for each in self.reasons],
            "held_for_review": [each.as_mapping() for each in self.review],
            "findings": [each.as_mapping() for each in self.findings],
            "counted": dict(self.counted),
        }
