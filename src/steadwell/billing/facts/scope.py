"""Whose rows of which month are read, and how rows are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Func, QuerySet, Value

from steadwell.practices.models import Practice
from steadwell.rules.months import Month

Row = tuple[Any, ...]
Rows = dict[int, list[Row]]
One = dict[int, Row]
Read = QuerySet[Any, Row]

VOID = ("cancelled", "planned", "entered-in-error", "draft")
LONGEST_INTERVAL = timedelta(days=7)  # so that the month is found by its index


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Some patients of a practice in one month."""

    practice: Practice
    month: Month
    ids: Func  # of the patients, written once for all reads
    npis: list[str]
    starts_at: datetime
    ends_at: datetime
    first_consent_at: datetime

    @property
    def of(self) -> dict[str, Any]:
        return {"practice": self.practice, "patient_id__in": self.ids}


def among(ids: Iterable[int]) -> Func:
    """Ids as one array: thousands of single parameters would cost more than the read itself."""
    array = Value("{" + ",".join(map(str, map(int, ids))) + "}")
    return Func(
        array, function="unnest", template="(SELECT %(function)s(%(expressions)s::bigint[]))"
    )


def one_each(rows: Iterable[Row]) -> One:
    """The last row of each patient."""
    return {row[0]: row for row in rows}


def many_each(rows: Iterable[Row]) -> Rows:
    found: Rows = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found
