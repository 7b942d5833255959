"""A script in one language, with the names and amounts of the case put in."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from steadwell.enrollment.costs import Amounts
from steadwell.enrollment.selectors.cover import Cover

LANGUAGES: Final = {"en": "English", "es": "Español"}
POINTS: Final = {
    "availability": "The service is offered",
    "cost_sharing": "It may cost something",
    "single_practitioner": "One practitioner a month",
    "right_to_stop": "Stop at any time",
}
"""The four points that CMS asks for, in the order they are said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Whose names stand in the script."""

    person: str
    practice: str
    practitioner: str


@dataclass(frozen=True, slots=True)
class Point:
    key: str
    what: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    language: str
    version: str
    dated: date
    who: str
    service: str
    points: tuple[Point, ...]
    cost: str
    teach_back: str
    question: str

    def as_text(self) -> str:
        """As it is said, to keep with the consent."""
        said = (
            self.who,
            self.service,
            *(point.words for point in self.points),
            self.cost,
            self.teach_back,
            self.question,
        )
        return "\n".join(said)


def scripts(speaker: Speaker, cover: Cover, amounts: Amounts) -> list[Script]:
    return [script_in(language, speaker, cover, amounts) for language in LANGUAGES]


def script_in(language: str, speaker: Speaker, cover: Cover, amounts: Amounts) -> Script:
    """The newest wording of the language.

    Raises:
        KeyError: there is no wording in that language.
    """
    data = _wording(language)
    names = {
        "person": speaker.person,
        "practice": speaker.practice,
        "practitioner": speaker.practitioner,
    }
    return Script(
        language=language,
        version=f"{data['program']}-{language}-{data['version']}",
        dated=data["dated"],
        who=data["who"].format(**names),
        service=data["service"].format(**names),
        points=tuple(
            Point(key, what, data["points"][key].format(**names)) for key, what in POINTS.items()
        ),
        cost=_cost(data["costs"], cover, amounts),
        teach_back=data["teach_back"],
        question=data["question"],
    )


def _cost(costs: dict[str, str], cover: Cover, amounts: Amounts) -> str:
    situation = cover.situation
    if situation == "none" and (amounts.once is None or amounts.twice is None):
        situation = "none_without_amount"
    return costs[situation].format(once=f"${amounts.once}", twice=f"${amounts.twice}")


@cache
def _wording(language: str) -> dict[str, Any]:
    if language not in LANGUAGES:
        raise KeyError(language)
    path = files("steadwell.enrollment") / "wording" / f"ccm-{language}.yaml"
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data
