"""What is decided of a patient-month: values that hold identifiers, needed and found, and who says so.

Sentences are made on demand (`sentences.sentence`), so that a decision kept for years can be read
in the words of the day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from steadwell.rules.facts.kinds import Program
from steadwell.rules.judging.words import Words, in_words
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The next code in reach, and the whole minutes still missing."""

    program: Program
    code: str
    minutes: int

    def as_mapping(self) -> dict[str, Any]:
        return {"program": self.program.value, "code": self.code, "minutes": self.minutes}


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
