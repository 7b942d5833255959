"""What is said of a code: values that a page and a terminal word alike."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from steadwell.rules.rulebook import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a rule says from a day on, until the next one replaces it."""

    value: str
    start: date
    end: date | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleThen:
    """A rule on a day; `now` is `None` before its first entry. Without a day all versions are later."""

    id: str
    key: str
    needed: str
    now: Version | None
    earlier: tuple[Version, ...] = ()
    later: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    title: str
    rules: tuple[RuleThen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What comes of the code beside others in one month."""

    codes: tuple[str, ...]
    by: str
    outcome: str
    words: str
    keeps: str | None
    note: str
    start: date
    end: date | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One unit; where `amount` is none, `why` says so in a sentence."""

    place: str
    amount: Decimal | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that the rule files say of a code; `sections[0]` is the code's own rules."""

    code: str
    label: str
    program: str
    lane: str
    adds_to: tuple[str, ...]
    on: date | None
    in_effect: bool
    standing: str
    sections: tuple[Section, ...]
    beside: tuple[Beside, ...]
    amounts: tuple[Amount, ...]
    gaps: tuple[str, ...]
    rulebook: str
    verified_through: date
    sources: tuple[Source, ...]

    @property
    def unread(self) -> int:
        """How many of its sources have been read by nobody at the place itself."""
        return sum(each.read_by is None for each in self.sources)
