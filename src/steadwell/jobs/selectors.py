"""How far asked-for work is."""

from dataclasses import dataclass

from django.db.models import Count, Q

from steadwell.jobs.models import Chunk
from steadwell.jobs.services import TRIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Chunks done, still open, and those that failed too often and wait for a person."""

    done: int
    open: int
    stuck: int


def progress_of(*, practice_id: int, kind: str, key_starts: str = "") -> Progress:
    """Of one kind of work, and of those whose key starts so."""
    chunks = Chunk.objects.filter(practice_id=practice_id, kind=kind)
    if key_starts:
        chunks = chunks.filter(key__gte=key_starts, key__lt=key_starts + "\U0010ffff")
    counted = chunks.aggregate(
        done=Count("pk", filter=~Q(done_at=None)),
        open=Count("pk", filter=Q(done_at=None, failures__lt=TRIES)),
        stuck=Count("pk", filter=Q(done_at=None, failures__gte=TRIES)),
    )
    return Progress(**counted)
