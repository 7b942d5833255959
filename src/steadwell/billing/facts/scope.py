"""Whose rows of which month are read, and how rows are kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

import orjson
import psycopg
from django.db import connection
from django.db.models import Func, QuerySet, Value
from psycopg.types.json import set_json_loads

from steadwell.practices.models import Practice
from steadwell.rules.months import Month

Row = tuple[Any, ...]
Rows = dict[int, list[Row]]
One = dict[int, Row]
Read = QuerySet[Any, Row]
Hashes = defaultdict[int, int]

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


# The planner keeps the order of a subquery that it only passes on.
HASHED: Final = "SELECT q.*, hash_record_extended(q, {seed}) FROM ({read}) AS q(patient)"


def rows_of(read: Read, seed: int, hashes: Hashes) -> Iterator[Row]:
    """The rows of a read, with the hash of each added up in `hashes` by patient.

    Read in PostgreSQL's binary form, past the ORM: ten times quicker to take in than its text.
    """
    sql, parameters = read.query.sql_with_params()
    query = HASHED.format(seed=seed, read=sql)
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        set_json_loads(orjson.loads, cursor)
        found = cursor.execute(query.encode(), parameters, prepare=False, binary=True).fetchall()
    for row in found:
        hashes[row[0]] += row[-1]
        yield row[:-1]


def one_each(rows: Iterable[Row]) -> One:
    """The last row of each patient."""
    return {row[0]: row for row in rows}


def many_each(rows: Iterable[Row]) -> Rows:
    found: Rows = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def batched(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    left = iter(ids)
    while some := list(islice(left, size)):
        yield some
