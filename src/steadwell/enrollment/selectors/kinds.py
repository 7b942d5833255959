"""The kinds of candidates: what the sweep says of them, and what persons decided since.

Whole sets are joined here, by hash: statistics lag behind a practice that has just been filled, and
for the one row that the planner expects there are ten thousand.
"""

# ruff: noqa: S608  (names of our own; every value is a parameter)

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection

from steadwell.common.clock import now, today_in
from steadwell.enrollment.models import Candidate, ConsentAnswer
from steadwell.practices.models import Practice

NOT_ASKED_AGAIN: Final = timedelta(days=365)
_STEP = Candidate.NextStep
_NOT_YET = ConsentAnswer.Answer.NOT_YET


@dataclass(slots=True, kw_only=True)
class Entry:
    """A kind of candidates with how many they are, or one of them; and what persons decided since
    the sweep."""

    next_step: str
    is_enrolled: bool
    has_statement: bool
    has_consent: bool
    has_contact: bool
    last_answer: str = ""
    last_reason: str = ""
    said_no: bool = False
    last_ending: str = ""
    count: int = 1
    pk: int = 0
    patient_id: int = 0
    call_back_on: date | None = None

    @property
    def is_eligible(self) -> bool:
        return self.next_step != _STEP.NONE

    @property
    def is_open(self) -> bool:
        """Nobody is enrolled, and no answer stands in the way."""
        return not (self.is_enrolled or self.said_no or self.last_answer == _NOT_YET)

    @property
    def is_to_call_back(self) -> bool:
        return self.is_eligible and not self.is_enrolled and self.last_answer == _NOT_YET

    @property
    def lacks_contact(self) -> bool:
        return self.is_enrolled and not self.has_contact


_OURS: Final = "practice_id = %(practice)s"
_MINE: Final = f"{_OURS} AND program = %(program)s"
_TODAY: Final = "starts_on <= %(today)s AND (ends_on IS NULL OR ends_on >= %(today)s)"
# What tells one kind from another: each column with the joined table it is told from.
_COLUMNS: Final = {
    "next_step": ("c.next_step", ""),
    "is_enrolled": ("e.patient_id IS NOT NULL", "e"),
    "has_statement": ("r.patient_id IS NOT NULL", "r"),
    "has_consent": ("k.patient_id IS NOT NULL", "k"),
    "has_contact": ("d.patient_id IS NOT NULL", "d"),
    "last_answer": ("coalesce(a.answer, '')", "a"),
    "last_reason": ("coalesce(a.reason, '')", "a"),
    "said_no": ("coalesce(a.answer = 'no' AND a.answered_at >= %(since)s, false)", "a"),
    "last_ending": ("coalesce(z.end_reason, '')", "z"),
}
_TABLES: Final = {
    "e": f"SELECT DISTINCT patient_id FROM enrollment_programenrollment WHERE {_MINE} AND {_TODAY}",
    "r": f"SELECT DISTINCT patient_id FROM enrollment_riskstatement WHERE {_MINE}",
    "k": f"SELECT DISTINCT patient_id FROM enrollment_consent WHERE {_MINE}",
    "d": f"SELECT DISTINCT patient_id FROM enrollment_designatedcontact WHERE {_OURS} AND {_TODAY}",
    "a": "SELECT DISTINCT ON (patient_id) patient_id, answer, reason, call_back_on, answered_at"
    f" FROM enrollment_consentanswer WHERE {_MINE} ORDER BY patient_id, answered_at DESC, id DESC",
    "z": "SELECT DISTINCT ON (patient_id) patient_id, end_reason FROM enrollment_programenrollment"
    f" WHERE {_MINE} AND ends_on < %(today)s ORDER BY patient_id, ends_on DESC, id DESC",
}


def entries(practice: Practice, program: str = "ccm") -> list[Entry]:
    """The kinds of candidates there are in the practice, each with how many."""
    places = ", ".join(str(place) for place in range(1, len(_COLUMNS) + 1))
    rows = _read_whole(
        f"SELECT {_kind(_COLUMNS)}, count(*) {_from(_TABLES)} GROUP BY {places}",
        _values(practice, program),
    )
    return [Entry(**_named(row), count=row[-1]) for row in rows]


def ids_of(
    practice: Practice,
    kinds: Sequence[Entry],
    others: Sequence[Entry],
    *,
    part: tuple[int, int],
    by_day: bool,
) -> list[int]:
    """Candidates of these kinds, from one place to another: by the day to call back, or the most
    chronic conditions first, then by name. Only the tables that tell them from the others are read.
    """
    names = _telling(kinds, others)
    tables = {_COLUMNS[name][1] for name in names} - {""} | ({"a"} if by_day else set())
    chosen = f" AND concat_ws('|', {_kind(names)}) = ANY(%(kinds)s)" if names else ""
    order = f"{'a.call_back_on, ' if by_day else ''}c.chronic_conditions DESC, p.name_key, c.id"
    by_name = (
        f"JOIN (SELECT id, name_key FROM patients_patient WHERE {_OURS}) p ON p.id = c.patient_id"
    )
    rows = _read_whole(
        f"SELECT c.id {_from(tables, by_name)}{chosen} ORDER BY {order}"
        " LIMIT %(many)s OFFSET %(low)s",
        {
            **_values(practice, "ccm"),
            "kinds": sorted({_written(each, names) for each in kinds}),
            "many": part[1] - part[0],
            "low": part[0],
        },
    )
    return [row[0] for row in rows]


def entries_at(practice: Practice, ids: Sequence[int]) -> list[Entry]:
    """These candidates, in this order, with all that is known of each."""
    rows = _read(
        f"SELECT {_kind(_COLUMNS)}, a.call_back_on, c.id, c.patient_id"
        f" {_from(_TABLES, narrow=True)} AND c.id = ANY(%(ids)s)",
        {**_values(practice, "ccm"), "ids": list(ids)},
    )
    found = {
        row[-2]: Entry(**_named(row), call_back_on=row[-3], pk=row[-2], patient_id=row[-1])
        for row in rows
    }
    return [found[pk] for pk in ids]


def _telling(kinds: Sequence[Entry], others: Sequence[Entry]) -> list[str]:
    """The fewest columns, taken away one after another, that keep these kinds from the others."""
    names = list(_COLUMNS)
    for name in reversed(_COLUMNS):
        fewer = [each for each in names if each != name]
        mine = {_written(each, fewer) for each in kinds}
        if mine.isdisjoint(_written(each, fewer) for each in others):
            names = fewer
    return names


def _kind(names: Collection[str]) -> str:
    return ", ".join(_COLUMNS[name][0] for name in names)


def _from(tables: Collection[str], more: str = "", *, narrow: bool = False) -> str:
    """Names of our own only; every value is a parameter. `narrow` reads each table for the
    candidates asked for alone."""
    mine = "JOIN LATERAL" if narrow else "JOIN"
    joins = (
        f"LEFT {mine} ({_narrowed(_TABLES[key]) if narrow else _TABLES[key]}) {key}"
        f" ON {key}.patient_id = c.patient_id"
        for key in sorted(tables)
    )
    return (
        f"FROM enrollment_candidate c {more} {' '.join(joins)}"
        " WHERE c.practice_id = %(practice)s AND c.program = %(program)s"
    )


def _narrowed(table: str) -> str:
    return table.replace(" WHERE ", " WHERE patient_id = c.patient_id AND ", 1)


def _values(practice: Practice, program: str) -> dict[str, Any]:
    return {
        "practice": practice.pk,
        "program": program,
        "today": today_in(practice.zone),
        "since": now() - NOT_ASKED_AGAIN,
    }


def _read(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _read_whole(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        found = _read(statement, values)
        cursor.execute("SET LOCAL enable_nestloop = on")
    return found


def _named(row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(_COLUMNS, row, strict=False))


def _written(entry: Entry, names: Collection[str]) -> str:
    """As the database writes the kind."""
    values = (getattr(entry, name) for name in names)
    return "|".join(str(each)[0].lower() if isinstance(each, bool) else each for each in values)
