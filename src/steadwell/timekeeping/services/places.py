"""One worker over all practices: their acts one after another, each written where it belongs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from steadwell.audit.services import audit_trail
from steadwell.common.tenancy import SCOPE_COLUMNS, Scope, current_scope, enter_scope
from steadwell.practices.models import Membership, Person
from steadwell.timekeeping.models import Interval

A_DAY = timedelta(days=1)  # no interval is longer
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@contextmanager
def one_at_a_time(person: Person, *, may_refuse: bool = True) -> Iterator[Scope]:
    """A transaction in which no other act of this worker's clock happens, and in which their own
    clock is seen wherever it runs; gives for whom it is.

    Args:
        may_refuse: the act may raise a Refusal that its caller answers, so it needs a savepoint of
            its own; an act that never does spares the database two statements.
    """
    with transaction.atomic(savepoint=may_refuse):
        before = _lock(person)
        mine = Scope(person_id=person.pk, practice_id=before.practice_id)
        if mine != before:
            enter_scope(mine)
        yield mine
        if mine != before:
            enter_scope(before)


def _lock(person: Person) -> Scope:
    """Wait for the worker's other acts, and read in the same statement for whom the transaction is."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {SCOPE_COLUMNS} FROM practices_person"  # noqa: S608
            " WHERE id = %s FOR NO KEY UPDATE",
            [person.pk],
        )
        person_id, practice_id = cursor.fetchone()
    return Scope(person_id=person_id, practice_id=practice_id)


@contextmanager
def in_practice(practice_id: int, person: Person, *, here: Scope | None = None) -> Iterator[None]:
    """Write for that practice, and in its audit trail, whichever one is at work.

    Args:
        here: for whom the transaction is, where the caller has just read it.
    """
    before = here or current_scope()
    if before.practice_id == practice_id:
        yield
        return
    with transaction.atomic():
        enter_scope(Scope(person_id=person.pk, practice_id=practice_id))
        with audit_trail(practice_id=practice_id, person_id=person.pk, origin="clock"):
            yield
        enter_scope(before)


def recorded_after(person: Person, moment: datetime) -> list[tuple[datetime, datetime]]:
    """Begin and end of the worker's recorded time, in all their practices, that ends after a moment."""
    before, found = current_scope(), []
    with transaction.atomic():
        practices = Membership.objects.filter(person=person).values_list("practice_id", flat=True)
        for practice_id in sorted(set(practices)):
            enter_scope(Scope(person_id=person.pk, practice_id=practice_id))
            rows = Interval.objects.filter(
                practice_id=practice_id, person=person, superseded_by=None,
                started_at__gt=moment - A_DAY, ended_at__gt=moment,
            )  # fmt: skip
            found += [one for one in rows.values_list("started_at", "ended_at") if one[0] < one[1]]
        enter_scope(before)
    return sorted(found)


def last_end(membership: Membership) -> datetime:
    """Where the worker's last interval here ends: a server's clock that was set back begins there."""
    last = (
        Interval.objects.filter(
            practice_id=membership.practice_id, person_id=membership.person_id, superseded_by=None
        )
        .order_by("-started_at")
        .values_list("ended_at", flat=True)
        .first()
    )
    return last or LONG_AGO
