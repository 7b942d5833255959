"""Asking for work, and doing it: a chunk and its done mark are written in one transaction."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from steadwell.audit.services import audit_trail
from steadwell.common.clock import now
from steadwell.common.tenancy import practice_scope
from steadwell.jobs.models import Chunk

TRIES: Final = 3

# What does a chunk of a kind: inside the practice's scope and trail; what it returns is kept.
Handler = Callable[[Chunk], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One chunk to be worked: `key` names it within its practice and kind."""

    key: str
    arguments: dict[str, Any]


@transaction.atomic
def ask_for(
    *, practice_id: int, kind: str, chunks: Iterable[Asked], acting_user_id: int | None
) -> int:
    """Put chunks into the ledger; one that stands there under its key stays as it is.

    Returns: how many are open of this kind.
    """
    asked_at = now()
    rows = [
        Chunk(
            practice_id=practice_id, kind=kind, key=one.key, arguments=one.arguments,
            person_id=acting_user_id, asked_at=asked_at,
        )
        for one in chunks
    ]  # fmt: skip
    Chunk.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return Chunk.objects.filter(practice_id=practice_id, kind=kind, done_at=None).count()


def work_one(*, practice_id: int, handlers: Mapping[str, Handler]) -> Chunk | None:
    """Claim one open chunk of the practice that nobody else works on, do it, mark it: all of it or
    nothing. A worker that dies leaves the chunk open, for whoever comes next.

    Outside any transaction. Returns: the chunk, or None where none can be claimed.

    Raises:
        Exception: what the handler raised, after it was counted: a chunk that failed three times
            waits for a person.
    """
    claimed: Chunk | None = None
    try:
        with practice_scope(practice_id=practice_id):
            claimed = _claim(practice_id, handlers)
            if claimed is None:
                return None
            with audit_trail(practice_id=practice_id, person_id=claimed.person_id, origin="worker"):
                claimed.result = handlers[claimed.kind](claimed)
                claimed.done_at = now()
                claimed.save(update_fields=["result", "done_at"])
    except Exception as error:
        if claimed is not None:
            _count_failure(claimed, error)
        raise
    return claimed


def work_all(*, practice_id: int, handlers: Mapping[str, Handler]) -> int:
    """Chunks of the practice until none is left to claim; how many were done here."""
    done = 0
    while work_one(practice_id=practice_id, handlers=handlers):
        done += 1
    return done


def _claim(practice_id: int, handlers: Mapping[str, Handler]) -> Chunk | None:
    chunks = Chunk.objects.select_for_update(skip_locked=True, no_key=True)
    open_ones = chunks.filter(
        practice_id=practice_id, kind__in=list(handlers), done_at=None, failures__lt=TRIES
    )
    return open_ones.order_by("pk").first()


def _count_failure(chunk: Chunk, error: Exception) -> None:
    with practice_scope(practice_id=chunk.practice_id):
        Chunk.objects.filter(practice_id=chunk.practice_id, pk=chunk.pk, done_at=None).update(
            failures=F("failures") + 1, last_failure=type(error).__name__[:80]
        )
