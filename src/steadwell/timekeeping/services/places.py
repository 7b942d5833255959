"""One worker over all practices: their acts one after another, each written where it belongs."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from steadwell.audit.services import audit_trail
from steadwell.common.tenancy import Scope, current_scope, enter_scope
from steadwell.practices.models import Person
from steadwell.timekeeping.models import RunningClock


@contextmanager
def one_at_a_time(person: Person) -> Iterator[None]:
    """A transaction in which no other act of this worker's clock happens, and in which their own
    clock is seen wherever it runs."""
    with transaction.atomic():
        before = current_scope()
        enter_scope(Scope(person_id=person.pk, practice_id=before.practice_id))
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        yield
        enter_scope(before)


@contextmanager
def in_practice_of(clock: RunningClock, person: Person) -> Iterator[None]:
    """Write for the practice of the clock, and in its audit trail, whichever one is at work."""
    before = current_scope()
    if before.practice_id == clock.practice_id:
        yield
        return
    with transaction.atomic():
        enter_scope(Scope(person_id=person.pk, practice_id=clock.practice_id))
        with audit_trail(practice_id=clock.practice_id, person_id=person.pk, origin="clock"):
            yield
        enter_scope(before)
