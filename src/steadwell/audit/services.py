"""Writing the audit trail: events are gathered while work goes on and chained last before commit."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime

from django.db import connection, transaction

from steadwell.audit.models import NO_PRACTICE, AuditEvent, AuditHead

FIRST_DIGEST = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened. `subject` is an identifier (`billing.approval/12`), never a name or a fact."""

    action: str
    subject: str = ""
    patient_ids: tuple[int, ...] = ()
    reason: str = ""
    outcome: str = "done"
    is_change: bool = True


@dataclass(slots=True, eq=False)
class Standing:
    """Whether what an event speaks of still stands: a savepoint that is rolled back takes its
    hooks with it, and this mark is one of them."""

    is_committed: bool = False

    def __call__(self) -> None:
        self.is_committed = True


@dataclass(slots=True, kw_only=True)
class Trail:
    """The events of one unit of work, with who does it, for which practice, from where."""

    practice_id: int | None
    person_id: int | None
    origin: str = ""
    events: list[Event] = field(default_factory=list)
    marks: dict[int, Standing] = field(default_factory=dict)  # by place in `events`


class NoAuditTrail(RuntimeError):
    """Work on records outside a unit that would record it: a mistake of ours."""


_trail: ContextVar[Trail | None] = ContextVar("audit_trail", default=None)


@contextmanager
def audit_trail(
    *, practice_id: int | None, person_id: int | None = None, origin: str = ""
) -> Iterator[Trail]:
    """Gather the events of a unit of work and write them at its end, in its transaction."""
    trail = Trail(practice_id=practice_id, person_id=person_id, origin=origin)
    token = _trail.set(trail)
    try:
        yield trail
        write_trail(trail)
    finally:
        _trail.reset(token)


def record(
    action: str,
    *,
    subject: str = "",
    patient_ids: Sequence[int] = (),
    reason: str = "",
) -> None:
    """Note a change. It is written with the work's own transaction, or not at all; where only a
    part of the work is undone, as a refusal does, it is written as failed.

    Raises:
        NoAuditTrail: nothing gathers events here; open `audit_trail` first.
    """
    _gather(Event(action=action, subject=subject, patient_ids=tuple(patient_ids), reason=reason))


def record_view(action: str, *, subject: str = "", patient_ids: Sequence[int] = ()) -> None:
    """Note that somebody read records: a list page is one event with all its ids."""
    _gather(Event(action=action, subject=subject, patient_ids=tuple(patient_ids), is_change=False))


def record_refusal(action: str, *, subject: str = "", reason: str = "") -> None:
    """Note that somebody was turned away."""
    _gather(
        Event(action=action, subject=subject, reason=reason, outcome="refused", is_change=False)
    )


def write_trail(trail: Trail) -> None:
    """Chain the gathered events. The chain's head is locked here: keep this last."""
    if not trail.events:
        return
    practice_id = trail.practice_id or NO_PRACTICE
    with transaction.atomic(savepoint=False):
        head = _locked_head(practice_id)
        rows = []
        for event in _as_it_stands(trail):
            row = _row(event, trail, practice_id, head)
            head.sequence, head.digest = row.sequence, row.digest
            rows.append(row)
        AuditEvent.objects.bulk_create(rows)
        AuditHead.objects.filter(practice_id=practice_id).update(
            sequence=head.sequence, digest=head.digest
        )
    trail.events, trail.marks = [], {}


def _as_it_stands(trail: Trail) -> Iterator[Event]:
    """What was noted, and where its savepoint was rolled back since, as failed."""
    kept = {id(hook[1]) for hook in connection.run_on_commit}
    for place, event in enumerate(trail.events):
        mark = trail.marks.get(place)
        is_undone = mark is not None and not mark.is_committed and id(mark) not in kept
        yield replace(event, outcome="failed") if is_undone else event


def event_digest(row: AuditEvent) -> str:
    """SHA-256 over every column of the event, the previous digest among them."""
    content = {
        "practice_id": row.practice_id,
        "sequence": row.sequence,
        "occurred_at": row.occurred_at.astimezone(UTC).isoformat(),
        "person_id": row.person_id,
        "action": row.action,
        "subject": row.subject,
        "patient_ids": row.patient_ids,
        "outcome": row.outcome,
        "reason": row.reason,
        "origin": row.origin,
        "previous_digest": row.previous_digest,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _gather(event: Event) -> None:
    trail = _trail.get()
    if trail is None:
        raise NoAuditTrail(f"{event.action} happened outside an audit trail.")
    if event.is_change:
        mark = Standing()
        transaction.on_commit(mark)
        trail.marks[len(trail.events)] = mark
    trail.events.append(event)


def _locked_head(practice_id: int) -> AuditHead:
    """Made where there is none, locked where there is one: one statement for both."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_audithead AS head (practice_id, sequence, digest) VALUES (%s, 0, %s)"
            " ON CONFLICT (practice_id) DO UPDATE SET sequence = head.sequence"
            " RETURNING sequence, digest",
            [practice_id, FIRST_DIGEST],
        )
        sequence, digest = cursor.fetchone()
    return AuditHead(practice_id=practice_id, sequence=sequence, digest=digest)


def _row(event: Event, trail: Trail, practice_id: int, head: AuditHead) -> AuditEvent:
    content = asdict(event)
    del content["is_change"]
    row = AuditEvent(
        **{**content, "patient_ids": list(event.patient_ids)},
        practice_id=practice_id,
        sequence=head.sequence + 1,
        occurred_at=datetime.now(UTC),
        person_id=trail.person_id,
        origin=trail.origin,
        previous_digest=head.digest,
    )
    row.digest = event_digest(row)
    return row
