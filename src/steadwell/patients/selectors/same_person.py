"""Charts that came by different keys of their sources and may be one person's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Q

from steadwell.patients.models import Patient, SamePersonAnswer
from steadwell.practices.models import Practice

MOST: Final = 500  # a number typed for everybody would make a pair of each with each


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two charts, why they may be one person's, and what somebody said of it."""

    first: Patient
    second: Patient
    by_medicare_number: bool
    by_name_and_birth: bool
    answer: SamePersonAnswer | None = None

    @property
    def why(self) -> str:
        if self.by_medicare_number and self.by_name_and_birth:
            return "The same Medicare number, name, birth date and sex"
        if self.by_medicare_number:
            return "The same Medicare number, but another name, birth date or sex"
        return "The same name, birth date and sex"


_PAIRS: Final = """
    WITH ours AS MATERIALIZED (
        SELECT id, medicare_number, name_key, birth_date, sex FROM patients_patient
        WHERE practice_id = %(practice)s
    ), pairs AS (
        SELECT a.id AS first, b.id AS second FROM ours a
        JOIN ours b ON b.medicare_number = a.medicare_number AND a.id < b.id
        WHERE a.medicare_number <> ''
        UNION
        SELECT a.id, b.id FROM ours a
        JOIN ours b ON b.name_key = a.name_key AND b.birth_date = a.birth_date AND b.sex = a.sex
            AND a.id < b.id
        WHERE a.sex <> 'unknown'
    ), said AS (
        SELECT DISTINCT ON (first_id, second_id) first_id, second_id, is_same
        FROM patients_samepersonanswer WHERE practice_id = %(practice)s
        ORDER BY first_id, second_id, answered_at DESC, id DESC
    )
    SELECT first, second FROM pairs
    LEFT JOIN said ON first_id = first AND second_id = second
    WHERE is_same IS NULL ORDER BY first, second LIMIT %(most)s
"""


def open_pairs(practice: Practice) -> list[tuple[int, int]]:
    """Ids of the pairs nobody has answered for yet, 500 at most."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")  # statistics lag behind an import
        cursor.execute(_PAIRS, {"practice": practice.pk, "most": MOST})
        found: list[tuple[int, int]] = cursor.fetchall()
        cursor.execute("SET LOCAL enable_nestloop = on")
    return found


def pairs_at(practice: Practice, ids: Sequence[tuple[int, int]]) -> list[Pair]:
    """These pairs with their charts."""
    people = Patient.objects.filter(practice=practice).in_bulk(
        {one for pair in ids for one in pair}
    )
    return [pair_of(people[first], people[second]) for first, second in ids]


def pair_of(first: Patient, second: Patient, answer: SamePersonAnswer | None = None) -> Pair:
    same_number = bool(first.medicare_number) and first.medicare_number == second.medicare_number
    return Pair(
        first=first,
        second=second,
        by_medicare_number=same_number,
        by_name_and_birth=_identity(first) == _identity(second),
        answer=answer,
    )


def answered_pairs(practice: Practice) -> list[Pair]:
    """What was said last of each pair, the newest first; 500 at most."""
    newest = (
        SamePersonAnswer.objects.filter(practice=practice)
        .order_by("first_id", "second_id", "-answered_at", "-pk")
        .distinct("first_id", "second_id")
    )
    rows = (
        SamePersonAnswer.objects.filter(practice=practice, pk__in=newest.values("pk"))
        .select_related("first", "second", "answered_by")
        .order_by("-answered_at", "-pk")[:MOST]
    )
    return [pair_of(row.first, row.second, row) for row in rows]


def said_the_same_as(patient: Patient) -> list[Patient]:
    """The other charts that somebody says are this person's too."""
    rows = (
        SamePersonAnswer.objects.filter(
            Q(first=patient) | Q(second=patient), practice=patient.practice
        )
        .select_related("first", "second")
        .order_by("first_id", "second_id", "-answered_at", "-pk")
        .distinct("first_id", "second_id")
    )
    return [row.second if row.first_id == patient.pk else row.first for row in rows if row.is_same]


def _identity(one: Patient) -> tuple[object, ...]:
    return one.name_key, one.birth_date, one.sex
