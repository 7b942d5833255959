"""Bringing charts in."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.common.tenancy import practice_scope
from steadwell.patients.importing.lanes import lanes
from steadwell.patients.importing.loading import Loading
from steadwell.patients.importing.reading import Reading
from steadwell.patients.importing.rejects import Rejects
from steadwell.patients.importing.staging import Staging
from steadwell.patients.models import ImportRun, SourceOrganization
from steadwell.patients.selectors.same_person import open_pairs
from steadwell.practices.models import Person, Practice
from steadwell.wire.fhir.sources import Found, find_sources

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """What became of an export. `read` is the sum of the four that follow it."""

    read: int
    new: int
    changed: int
    unchanged: int
    rejected: int
    repeated: int
    files: int
    left_aside: int
    not_used: Counter[str]
    rejects_file: Path | None
    possible_pairs: int
    """Charts two by two that may be one person's, and nobody has answered for: 500 at most."""


def import_fhir(
    path: Path,
    *,
    practice: Practice,
    acting_user: Person | None = None,
    progress: Progress | None = None,
) -> ImportSummary:
    """Take an export over into the practice's charts; run again, it changes nothing.

    Everything is read into temporary tables first, so that the order of files and of lines does
    not matter. Then it is loaded in transactions of their own: what an interrupted run has loaded
    stays, and the next one goes on.

    Args:
        path: a file or a folder of FHIR R4: NDJSON, bundles, single resources, gzipped or zipped.
        progress: called with how much is done, from 0 to 1.

    Raises:
        Refusal: nothing is there, or another import into the practice is running.
    """
    try:
        found = find_sources(path)
    except FileNotFoundError:
        raise Refusal(f"There is nothing at {path}. Give a file or a folder of FHIR R4.") from None
    if not found.sources and not found.broken:
        raise Refusal(f"{path} holds no .json, .ndjson or .zip file. Nothing was read.")
    with _alone(practice), _without_collecting():
        return _import(found, practice, acting_user, progress)


def _import(
    found: Found, practice: Practice, acting_user: Person | None, progress: Progress | None
) -> ImportSummary:
    person_id = acting_user.pk if acting_user else None
    with practice_scope(practice_id=practice.pk, person_id=person_id):
        run = ImportRun.objects.create(practice=practice, source="fhir", started_at=now())
        names = dict(
            SourceOrganization.objects.filter(practice=practice).values_list("source_key", "name")
        )
    staging = Staging(*lanes())
    where = Path(settings.VAR) / "imports" / f"rejects-{practice.slug}-{run.pk}.csv"
    with Rejects(where) as rejects:
        reading = Reading(practice.zone, staging, rejects, names)
        staging.create()
        try:
            reading.read_all(found, _part_of(progress, sum(s.size for s in found.sources), 0.0))
            staging.finish()
            loading = Loading(run, staging, rejects, [s.name for s in found.sources], person_id)
            loading.load_all(_part_of(progress, sum(staging.rows.values()), 0.5))
        finally:
            staging.second.close()
            if not connection.needs_rollback:
                staging.drop()
    counts = loading.counts
    with practice_scope(practice_id=practice.pk, person_id=person_id):
        run.read, run.rejected, run.finished_at = reading.read, rejects.count, now()
        run.new, run.changed, run.unchanged = counts.new, counts.changed, counts.unchanged
        run.save()
        possible_pairs = len(open_pairs(practice))
    return ImportSummary(
        read=reading.read,
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged,
        rejected=rejects.count,
        repeated=counts.repeated,
        files=len(found.sources),
        left_aside=found.left_aside,
        not_used=reading.not_used,
        rejects_file=where if rejects.count else None,
        possible_pairs=possible_pairs,
    )


@contextmanager
def _alone(practice: Practice) -> Iterator[None]:
    """One import into a practice at a time: two would wait for each other's rows."""
    key = [7_401, practice.pk % 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        if not cursor.fetchone()[0]:
            raise Refusal("Another import into this practice is running. Wait until it has ended.")
    try:
        yield
    finally:
        if not connection.needs_rollback and connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Millions of small objects without cycles: looking for cycles costs a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _part_of(progress: Progress | None, whole: int, start: float) -> Callable[[int], None] | None:
    """Half of the way: bytes while reading, rows while loading."""
    if progress is None:
        return None
    done = 0

    def advanced(step: int) -> None:
        nonlocal done
        done += step
        progress(min(start + 0.5 * done / max(whole, 1), start + 0.5))

    return advanced
