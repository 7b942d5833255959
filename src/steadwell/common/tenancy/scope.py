"""Setting, and reading back, for whom a transaction is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

SCOPE_COLUMNS = (
    "nullif(current_setting('steadwell.person_id', true), '')::bigint,"
    " nullif(current_setting('steadwell.practice_id', true), '')::bigint"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The person at work and the practice worked in; None shows no tenant row."""

    person_id: int | None = None
    practice_id: int | None = None


def enter_scope(scope: Scope) -> None:
    """Bind the current transaction to `scope`, until it ends.

    Raises:
        RuntimeError: there is no transaction, so the settings would bind nothing.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Open a transaction before entering a scope.")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL steadwell.person_id = '{_text(scope.person_id)}'; "
            f"SET LOCAL steadwell.practice_id = '{_text(scope.practice_id)}'"
        )


def current_scope() -> Scope:
    """What the database holds for this transaction: the truth, not our memory of it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {SCOPE_COLUMNS}")
        person_id, practice_id = cursor.fetchone()
    return Scope(person_id=person_id, practice_id=practice_id)


@contextmanager
def practice_scope(*, practice_id: int | None, person_id: int | None = None) -> Iterator[None]:
    """A transaction of its own, for one practice. Commands and jobs work inside it."""
    with transaction.atomic():
        enter_scope(Scope(person_id=person_id, practice_id=practice_id))
        yield


def for_each_practice(wrapper: BaseDatabaseWrapper) -> Iterator[int]:
    """Every practice in turn, its scope entered: for data migrations, which run as owner.

    Without it an UPDATE by the owner silently touches nothing, because the tables
    FORCE their policies on the owner too.
    """
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT id FROM practices_practice ORDER BY id")
        practices = [row[0] for row in cursor.fetchall()]
        for practice_id in practices:
            cursor.execute(f"SET LOCAL steadwell.practice_id = '{int(practice_id)}'")
            yield practice_id
        cursor.execute("SET LOCAL steadwell.practice_id = ''")


def _text(value: int | None) -> str:
    return "" if value is None else str(int(value))
