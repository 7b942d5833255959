"""Keeping the derived rows of the worklist good: only what changed is read again.

Triggers leave a mark for every change, in the change's own transaction; a mark is taken away only
by whoever read the facts after seeing it. One renews at a time, so that an older reading never
replaces a newer one.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet

from steadwell.common.clock import now
from steadwell.enrollment.models import DesignatedContact, ProgramEnrollment
from steadwell.outreach.models import StaleMark, Standing
from steadwell.outreach.selectors.day import midnight
from steadwell.outreach.selectors.facts import PROGRAM, facts_of
from steadwell.outreach.worklist import Facts, holds_until, order_of, reasons_of, risk_of, to_json
from steadwell.outreach.worklist.order import to_next_step
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice

LOCK = 4_170_211  # of advisory locks: this one, with the practice's id
AT_ONCE = 1000


def renew_standings(practice: Practice) -> int:
    """Read again what is stale; how many patients that were. Whoever reads the list calls it first."""
    if not (_marks(practice).exists() or _outlived(practice).exists()):
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, practice.pk])
    marks = list(_marks(practice).values_list("pk", "patient_id"))
    stale = {patient for _, patient in marks}
    stale |= set(_outlived(practice).values_list("patient_id", flat=True))
    for some in _parts(sorted(stale)):
        _renew(practice, some)
    for some in _parts([pk for pk, _ in marks]):
        _marks(practice).filter(pk__in=some).delete()
    return len(stale)


def rebuild_standings(practice: Practice) -> int:
    """Everybody enrolled, from nothing: the rows are derived, and this must change none of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, practice.pk])
    Standing.objects.filter(practice=practice).delete()
    enrolled = ProgramEnrollment.objects.filter(practice=practice, program=PROGRAM)
    ids = sorted(set(enrolled.values_list("patient_id", flat=True)))
    for some in _parts(ids):
        _renew(practice, some)
    return Standing.objects.filter(practice=practice).count()


def _renew(practice: Practice, ids: Collection[int]) -> None:
    moment = now()
    facts = facts_of(practice, ids)
    names = dict(
        Patient.objects.filter(practice=practice, pk__in=ids).values_list("pk", "name_key")
    )
    contacts = _contacts(practice, ids, moment.astimezone(practice.zone).date())
    rows = [
        _row(practice, pk, one, moment, names[pk], contacts.get(pk)) for pk, one in facts.items()
    ]
    Standing.objects.filter(practice=practice, patient_id__in=set(ids) - set(facts)).delete()
    _look_again(practice, ids, moment.astimezone(practice.zone).date())
    Standing.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["practice", "patient"],
        update_fields=[
            one.name
            for one in Standing._meta.local_fields
            if one.name not in {"id", "public_id", "practice", "patient"}
        ],
    )


def _row(
    practice: Practice, patient_id: int, facts: Facts, moment: datetime, name_key: str,
    contact_id: int | None,
) -> Standing:  # fmt: skip
    zone = practice.zone
    return Standing(
        practice=practice, patient_id=patient_id, contact_id=contact_id,
        place=list(order_of(facts, moment, zone)), reasons=reasons_of(facts, moment, zone),
        risk=risk_of(facts.risk, moment.astimezone(zone).date()).level, seconds=facts.seconds,
        to_next=to_next_step(facts.seconds), usual=facts.usual, planned_on=facts.promise_on,
        silent_since=facts.silent_since, name_key=name_key, facts=to_json(facts),
        holds_until=holds_until(facts, moment, zone),
    )  # fmt: skip


def _contacts(practice: Practice, ids: Collection[int], today: date) -> dict[int, int]:
    """By patient: the person who is their own contact today."""
    rows = DesignatedContact.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), practice=practice, patient_id__in=ids,
        starts_on__lte=today,
    )  # fmt: skip
    return dict(rows.order_by("starts_on", "pk").values_list("patient_id", "person_id"))


def _look_again(practice: Practice, ids: Collection[int], today: date) -> None:
    """A mark for every day known already on which somebody joins, leaves, or gets another contact."""
    found: list[tuple[int, date]] = []
    for model in (ProgramEnrollment, DesignatedContact):
        rows = model._default_manager.filter(
            Q(starts_on__gt=today) | Q(ends_on__gte=today), practice=practice, patient_id__in=ids
        )
        for pk, starts_on, ends_on in rows.values_list("patient_id", "starts_on", "ends_on"):
            days = (starts_on, ends_on + timedelta(days=1) if ends_on else None)
            found += [(pk, day) for day in days if day is not None and day > today]
    StaleMark.objects.filter(practice=practice, patient_id__in=ids, due_at__isnull=False).delete()
    StaleMark.objects.bulk_create(
        StaleMark(practice=practice, patient_id=pk, due_at=midnight(day, practice))
        for pk, day in found
    )


def _marks(practice: Practice) -> QuerySet[StaleMark]:
    """Those whose time has come."""
    return StaleMark.objects.filter(Q(due_at=None) | Q(due_at__lte=now()), practice=practice)


def _outlived(practice: Practice) -> QuerySet[Standing]:
    return Standing.objects.filter(practice=practice, holds_until__lte=now())


def _parts(ids: list[int]) -> Iterator[list[int]]:
    for begin in range(0, len(ids), AT_ONCE):
        yield ids[begin : begin + AT_ONCE]
