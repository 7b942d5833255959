"""Reading the trail, and proving that it is whole."""

from dataclasses import dataclass

from steadwell.audit.models import NO_PRACTICE, AuditEvent, AuditHead
from steadwell.audit.services import FIRST_DIGEST, event_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainReport:
    """Result of walking one chain; `fault` is a sentence that names the first broken link."""

    practice_id: int
    events: int
    fault: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.fault


def verify_chain(practice_id: int | None) -> ChainReport:
    """Walk the chain of a practice (None: the chain of events without one), in its scope.

    Finds a changed, removed, inserted, reordered or cut-off event. One pass, constant memory.
    """
    number = practice_id or NO_PRACTICE
    expected, digest, count = 1, FIRST_DIGEST, 0
    for row in AuditEvent.objects.filter(practice_id=number).order_by("sequence").iterator(5000):
        if fault := _fault(row, expected, digest):
            return ChainReport(practice_id=number, events=count, fault=fault)
        expected, digest, count = row.sequence + 1, row.digest, count + 1
    return ChainReport(practice_id=number, events=count, fault=_head_fault(number, count, digest))


def _fault(row: AuditEvent, expected: int, previous: str) -> str:
    if row.sequence != expected:
        return f"event {expected} is missing: the next one there is {row.sequence}"
    if row.previous_digest != previous:
        return f"event {row.sequence} does not follow event {expected - 1}"
    if event_digest(row) != row.digest:
        return f"event {row.sequence} was changed after it was written"
    return ""


def _head_fault(practice_id: int, count: int, digest: str) -> str:
    head = AuditHead.objects.filter(practice_id=practice_id).first()
    sequence, head_digest = (head.sequence, head.digest) if head else (0, FIRST_DIGEST)
    if sequence == count and head_digest == digest:
        return ""
    return f"event {count + 1} is missing: the chain's head says it ends at {sequence}"
