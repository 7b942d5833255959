"""What a care plan says: typed, the same as JSON, and one canonical text for the digest.

Reading is strict: an unknown field, a wrong type, a key used twice or a reference to a problem
that is not there is an error that names the place, and never the value.
"""

import hashlib
import json
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Final, TypeVar, cast, get_args, get_origin, get_type_hints
from uuid import uuid4

LONGEST_TEXT: Final = 4000
MOST_ROWS: Final = 100
PROGNOSES: Final = {
    "": "Not stated",
    "good": "Good",
    "fair": "Fair",
    "guarded": "Guarded",
    "poor": "Poor",
}
SOURCES: Final = {"new": "New", "chart": "Chart", "outside": "Told by the patient"}
TAKING: Final = {
    "": "Not asked yet",
    "takes": "Takes it",
    "sometimes": "Forgets some",
    "not": "Does not take it",
    "confirm": "To confirm",
}
CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    "prognosis": PROGNOSES,
    "source": SOURCES,
    "taking": TAKING,
}


class PlanContentError(ValueError):
    """The content cannot be read. The text names the place only: it may reach a log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a plan. Its key stays the same from version to version."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem(Row):
    """One disease, whatever the number of its codes in the chart."""

    label: str
    codes: tuple[str, ...] = ()
    condition_ids: tuple[str, ...] = ()
    expected: str = ""
    prognosis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Row):
    """In the patient's words, with what is measured."""

    words: str
    measure: str = ""
    target: str = ""
    by: date | None = None
    problem_keys: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The words without quotes around them, for pages that put their own."""
        return self.words.strip(' \n"“”')


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom(Row):
    """What to watch for, and what to do then."""

    sign: str
    action: str = ""
    problem_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention(Row):
    what: str
    who: str = ""
    when: str = ""
    problem_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Medication(Row):
    label: str
    dosage: str = ""
    purpose: str = ""
    source: str = "new"
    taking: str = ""
    medication_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Allergy(Row):
    label: str
    reaction: str = ""
    allergy_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Row):
    """Another clinician, an agency or a community service, and what they do."""

    name: str
    what: str = ""
    contact: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preventive(Row):
    what: str
    due: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContent:
    """A whole plan."""

    problems: tuple[Problem, ...] = ()
    goals: tuple[Goal, ...] = ()
    symptoms: tuple[Symptom, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    medications: tuple[Medication, ...] = ()
    medications_reviewed_on: date | None = None
    medications_reviewed_by: str = ""
    allergies: tuple[Allergy, ...] = ()
    function: str = ""
    cognition: str = ""
    caregiver: str = ""
    environment: str = ""
    social_needs: str = ""
    services: tuple[Service, ...] = ()
    preventive: tuple[Preventive, ...] = ()
    summary: str = ""
    agreed_on: date | None = None
    agreed_words: str = ""
    review_on: date | None = None

    def problem_label(self, key: str) -> str:
        return next((one.label for one in self.problems if one.key == key), "")


T = TypeVar("T")


def new_key(prefix: str) -> str:
    """Never used before, so that minutes cannot come to serve another goal."""
    return f"{prefix}-{uuid4().hex[:10]}"


def as_mapping(content: PlanContent) -> dict[str, Any]:
    """Every field, as JSON knows it."""
    mapped: dict[str, Any] = _plain(content)
    return mapped


def canonical(content: PlanContent) -> str:
    """The one text of this content: what the digest is made of."""
    return json.dumps(
        as_mapping(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


def digest(content: PlanContent) -> str:
    """SHA-256 of the canonical text in UTF-8."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def read_content(raw: object) -> PlanContent:
    """The plan in a mapping; fields that are missing have their default.

    Raises:
        PlanContentError: with the place that is wrong.
    """
    content = _read_row(PlanContent, raw, "plan")
    _check_keys(content)
    return content


def without_loose_ends(content: PlanContent) -> PlanContent:
    """The content with references to problems that are gone taken out."""
    known = {problem.key for problem in content.problems}

    def kept(key: str) -> str:
        return key if key in known else ""

    return replace(
        content,
        goals=tuple(
            replace(one, problem_keys=tuple(key for key in one.problem_keys if key in known))
            for one in content.goals
        ),
        symptoms=tuple(replace(one, problem_key=kept(one.problem_key)) for one in content.symptoms),
        interventions=tuple(
            replace(one, problem_key=kept(one.problem_key)) for one in content.interventions
        ),
    )


def rows_of(content: PlanContent) -> Iterator[tuple[str, Row]]:
    """Each line of the plan with the place it stands at."""
    for field in fields(content):
        value = getattr(content, field.name)
        if isinstance(value, tuple):
            for index, row in enumerate(value):
                yield f"plan.{field.name}[{index}]", row


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Row | PlanContent):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


@cache
def _types(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _read_row(kind: type[T], raw: object, place: str) -> T:
    if not isinstance(raw, Mapping):
        raise PlanContentError(f"{place} is not an object.")
    types = _types(cast("Hashable", kind))
    if unknown := sorted(map(str, raw.keys() - types.keys())):
        raise PlanContentError(f"{place} has {len(unknown)} unknown field(s).")
    read = {name: _read(types[name], name, raw[name], f"{place}.{name}") for name in raw}
    try:
        return kind(**read)
    except TypeError:
        raise PlanContentError(f"{place} lacks its key or its first field.") from None


def _read(kind: Any, name: str, raw: object, place: str) -> Any:
    if kind is str:
        return _read_text(name, raw, place)
    if isinstance(kind, UnionType):
        return None if raw is None else _read_date(raw, place)
    if get_origin(kind) is not tuple:
        raise TypeError(f"{place} has a type that plans do not use.")
    if not isinstance(raw, list | tuple) or len(raw) > MOST_ROWS:
        raise PlanContentError(f"{place} is not a list of at most {MOST_ROWS}.")
    inner = get_args(kind)[0]
    return tuple(
        _read_text("", one, f"{place}[{index}]")
        if inner is str
        else _read_row(inner, one, f"{place}[{index}]")
        for index, one in enumerate(raw)
    )


def _read_text(name: str, raw: object, place: str) -> str:
    if not isinstance(raw, str) or len(raw) > LONGEST_TEXT:
        raise PlanContentError(f"{place} is not a text of at most {LONGEST_TEXT} characters.")
    if "\0" in raw or any("\ud800" <= one <= "\udfff" for one in raw):
        raise PlanContentError(f"{place} has a character that cannot be kept.")
    if name in CHOICES and raw not in CHOICES[name]:
        raise PlanContentError(f"{place} is none of {', '.join(filter(None, CHOICES[name]))}.")
    return raw


def _read_date(raw: object, place: str) -> date:
    if isinstance(raw, str) and len(raw) == len("2026-01-31"):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            pass
    raise PlanContentError(f"{place} is not a date such as 2026-01-31.")


def _check_keys(content: PlanContent) -> None:
    seen: set[str] = set()
    for place, row in rows_of(content):
        if not row.key or row.key in seen:
            raise PlanContentError(f"{place}.key is empty or used twice.")
        seen.add(row.key)
    if without_loose_ends(content) != content:
        raise PlanContentError("A line refers to a problem that is not in the plan.")
