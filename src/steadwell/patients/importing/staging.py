"""The temporary tables of a run, and COPY into them."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from typing import Any, Final

from django.db import connection

from steadwell.patients.importing.lanes import Lane
from steadwell.patients.importing.targets import (
    ALIASES,
    CONDITIONS,
    OBSERVATIONS,
    PATIENTS,
    STAGED,
    Target,
)
from steadwell.patients.names import name_key
from steadwell.rules.conditions import icd10_for_snomed
from steadwell.wire.fhir.rows import ConditionRow, PatientRow, Row

_BATCH: Final = 5_000
CHUNK: Final = 50_000
"""Rows loaded in one transaction."""


class Staging:
    """Rows on their way. Each gets a number that grows, so the later of two can be told.

    Results are as many as all other rows together: they have the second lane for themselves.
    """

    def __init__(self, first: Lane, second: Lane) -> None:
        self.first, self.second = first, second
        self.rows: dict[str, int] = defaultdict(int)
        self._bounds: dict[str, list[int]] = defaultdict(list)
        self._waiting: dict[type[Any], list[tuple[Any, ...]]] = {t.staged: [] for t in STAGED}
        self._targets = {target.staged: target for target in STAGED}
        self._n = 0

    def lanes(self) -> tuple[Lane, ...]:
        return (self.first,) if self.first is self.second else (self.first, self.second)

    def lane_of(self, target: Target) -> Lane:
        return self.second if target is OBSERVATIONS else self.first

    def create(self) -> None:
        for lane in self.lanes():
            lane.do(_create)

    def drop(self) -> None:
        """The second lane's go with its connection."""
        _drop()

    def add(self, rows: list[Row], file_number: int, number: int) -> None:
        """The rows of one resource; its own first."""
        self._n += 1
        kind: type[Any] | None = None
        part = 0
        for row in rows:
            part = part + 1 if type(row) is kind else 0
            kind = type(row)
            finished = _FINISH.get(kind, tuple)(row)
            digest = _digest(finished, len(rows))
            waiting = self._waiting[kind]
            waiting.append((self._n, part, file_number, number, digest, *finished))
            if len(waiting) >= _BATCH:
                self._copy(self._targets[kind])

    def finish(self) -> None:
        """Copy the last rows; let PostgreSQL look at what it has."""
        for target in STAGED:
            self._copy(target)
        for target in STAGED:
            is_long = len(self._bounds[target.name]) > 1
            for lane in self._lanes_with(target):
                lane.do(partial(_look, target, is_long=is_long))

    def ranges(self, target: Target) -> list[tuple[int, int]]:
        """Ranges of `n` that hold about `CHUNK` rows each."""
        starts = self._bounds[target.name]
        return list(zip(starts, [*(n - 1 for n in starts[1:]), self._n], strict=True))

    def _lanes_with(self, target: Target) -> tuple[Lane, ...]:
        """Other keys are looked up in both lanes."""
        return self.lanes() if target is ALIASES else (self.lane_of(target),)

    def _copy(self, target: Target) -> None:
        waiting = self._waiting[target.staged]
        if not waiting:
            return
        self._waiting[target.staged] = []
        if self.rows[target.name] % CHUNK == 0:
            self._bounds[target.name].append(waiting[0][0])
        self.rows[target.name] += len(waiting)
        for lane in self._lanes_with(target):
            lane.do(partial(_copy, target, waiting))


def _create() -> None:
    _drop()
    with connection.cursor() as cursor:
        for target in STAGED:
            cursor.execute(target.create_sql())


def _drop() -> None:
    with connection.cursor() as cursor:
        for target in STAGED:
            cursor.execute(f"DROP TABLE IF EXISTS {target.name}")


def _copy(target: Target, rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(target.copy_sql()) as copy:
        for row in rows:
            copy.write_row(row)


def _look(target: Target, *, is_long: bool) -> None:
    with connection.cursor() as cursor:
        if is_long:
            cursor.execute(f"CREATE INDEX ON {target.name} USING brin (n)")
        cursor.execute(f"ANALYZE {target.name}")


def _digest(row: tuple[Any, ...], rows: int) -> str:
    """Over what is kept, so that a new date on an export changes nothing."""
    content = "\x1f".join(map(str, row)) + f"\x1f{rows}"
    return blake2b(content.encode(), digest_size=20).hexdigest()


def _patient(row: PatientRow) -> tuple[Any, ...]:
    return (*row, name_key(row.family_name, row.given_name))


def _condition(row: ConditionRow) -> tuple[Any, ...]:
    """A SNOMED code alone gets a code of the same disease, for counting only."""
    if row.icd10 or not row.snomed:
        return row
    known = icd10_for_snomed(row.snomed)
    if known is None or known.icd10 is None:
        return row
    return row._replace(icd10=known.icd10, icd10_is_mapped=True)


_FINISH: Final[dict[type[Any], Callable[[Any], tuple[Any, ...]]]] = {
    PATIENTS.staged: _patient,
    CONDITIONS.staged: _condition,
}
