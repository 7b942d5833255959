"""The questions as the dated file has them. A file that was in use is never edited: add the next."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from steadwell.rules.yaml12 import read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer: its word on the button, and what it says in the note."""

    key: str
    words: str
    note: str
    changed: bool = False
    flag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    key: str
    ask: str
    kind: str = "choice"  # choice, many, number, text
    options: tuple[Option, ...] = ()
    unit: str = ""
    low: int = 0
    high: int = 0
    note: str = ""
    changed: bool = False
    limit: str = ""

    def option(self, key: str) -> Option | None:
        return next((one for one in self.options if one.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSet:
    """The questions of one disease, with what they stand on."""

    key: str
    label: str
    groups: frozenset[str]
    sources: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    value: Decimal
    unit: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallQuestions:
    """One version of all questions."""

    version: str
    sets: tuple[QuestionSet, ...]
    limits: dict[str, Limit]
    sources: tuple[str, ...]

    def sets_for(self, groups: Collection[str]) -> list[QuestionSet]:
        """What everybody is asked, and what goes with the patient's diseases."""
        return [one for one in self.sets if not one.groups or one.groups & set(groups)]

    def each(self) -> Iterator[Question]:
        for one in self.sets:
            yield from one.questions


def questions_on(day: date) -> CallQuestions:
    """The version of that day: the newest that had begun, else the oldest."""
    begun = [one for one in _versions() if one.version <= day.isoformat()]
    return begun[-1] if begun else _versions()[0]


@cache
def _versions() -> tuple[CallQuestions, ...]:
    folder = files("steadwell.outreach") / "questions"
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".yaml"))
    return tuple(_version(read_yaml((folder / name).read_text(), name=name)) for name in names)


def _version(data: dict[str, Any]) -> CallQuestions:
    limits = dict(data["limits"])
    sources = tuple(limits.pop("sources"))
    return CallQuestions(
        version=data["version"],
        sets=tuple(_set(one) for one in data["sets"]),
        limits={
            key: Limit(value=Decimal(one["value"]), unit=one["unit"], words=one["words"])
            for key, one in limits.items()
        },
        sources=sources,
    )


def _set(data: dict[str, Any]) -> QuestionSet:
    return QuestionSet(
        key=data["key"],
        label=data["label"],
        groups=frozenset(data["groups"]),
        sources=tuple(data["sources"]),
        questions=tuple(_question(one) for one in data["questions"]),
    )


def _question(data: dict[str, Any]) -> Question:
    options = tuple(Option(**one) for one in data.get("options", ()))
    return Question(**{**data, "options": options})
