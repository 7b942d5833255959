"""Dated values: what a rule says from a day on, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


class RuleDataError(ValueError):
    """A rule file is not as it must be. The text names the file and says the cure."""


class NotVerifiedError(ValueError):
    """Asked about a day for which no rule file has been verified."""


@dataclass(frozen=True, slots=True)
class Dated:
    """An entry of a rule file. Once released it is never edited: the next one is added."""

    start: date
    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it stands in one month. `id` is what people cite, `needed` says it in words."""

    key: str
    id: str
    needed: str
    value: Any
    source: str
    in_force_from: date
    in_force_to: date | None


@dataclass(frozen=True, slots=True)
class DatedRule:
    """A rule through the years."""

    key: str
    id: str
    needed: str
    entries: tuple[Dated, ...]

    def on(self, day: date) -> Rule | None:
        """The rule of that day; `None` before its first entry."""
        found: Dated | None = None
        ends: date | None = None
        for entry in self.entries:
            if entry.start > day:
                ends = entry.start - timedelta(days=1)
                break
            found = entry
        if found is None:
            return None
        return Rule(self.key, self.id, self.needed, found.value, found.source, found.start, ends)


@dataclass(frozen=True, slots=True)
class CodeRules:
    """One billing code through the years."""

    code: str
    label: str
    program: str
    lane: str
    adds_to: tuple[str, ...]
    rules: Mapping[str, DatedRule]


@dataclass(frozen=True, slots=True)
class ProgramRules:
    """What a program asks for, through the years."""

    program: str
    label: str
    rules: Mapping[str, DatedRule]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two codes (or groups of codes) of one patient-month, by one practitioner or by two.

    `outcome`: `never`, `together` or `review`. `keeps` names the side that displaces the other.
    `settings`: it holds for claims of such practices only; empty where it holds for all.
    """

    pair: tuple[str, str]
    who: str
    start: date
    end: date | None
    outcome: str
    reason: str
    keeps: str | None
    settings: tuple[str, ...]
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    """`grade`: P primary, N near-primary, S secondary, V vendor, U our own caution, unsourced."""

    key: str
    title: str
    cite: str
    grade: str
    read_by: str | None
