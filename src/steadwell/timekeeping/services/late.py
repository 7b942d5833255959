"""Signs of work that come after silence ended the clock, because a line was down.

They say the server's own time (`marks`), so they can say neither more than the wall clock nor
anything twice. They fill only time in which the worker has nothing else: up to their next recorded
work, in whatever practice, up to the clock that runs now, and up to the moment they pressed something
elsewhere. The gaps between them are judged as those of a running clock.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from steadwell.common.clock import now
from steadwell.practices.models import Person
from steadwell.timekeeping.access import counting_of
from steadwell.timekeeping.idle import is_over, is_silent
from steadwell.timekeeping.marks import LATE, Mark
from steadwell.timekeeping.models import EndedRun, Evidence, Interval, RunningClock
from steadwell.timekeeping.services.places import in_practice, recorded_after
from steadwell.timekeeping.services.running import keep


@dataclass(slots=True)
class Piece:
    """Work between signs that follow one another closely."""

    begins: datetime
    ends: datetime
    kinds: set[str]


def take_late(
    *, run: uuid.UUID, marks: Sequence[Mark], acting_user: Person, clock: RunningClock | None
) -> None:
    """Record what an ended run still has to say; a stranger's run says nothing."""
    ended = EndedRun.objects.filter(person=acting_user, run=run).first()
    if ended is None or not marks or now() - ended.last_evidence_at > LATE:
        return
    edge = _edge(ended, acting_user, clock)
    with in_practice(ended.practice_id, acting_user):
        for piece in _pieces(ended, [one for one in marks if one.at <= edge]):
            if piece.begins < piece.ends:
                keep(_interval(ended, piece))
        ended.save(update_fields=["last_evidence_at"])


def forget_old_runs(person: Person, practice_id: int) -> None:
    """Runs too old to hear from go, where the person is at work."""
    EndedRun.objects.filter(
        practice_id=practice_id, person=person, last_evidence_at__lt=now() - LATE
    ).delete()


def _edge(ended: EndedRun, person: Person, clock: RunningClock | None) -> datetime:
    edges = [now(), *([ended.free_until] if ended.free_until else [])]
    if clock is not None:
        edges.append(clock.started_at)
    taken = recorded_after(person, ended.last_evidence_at)
    edges += [max(begin, ended.last_evidence_at) for begin, _ in taken[:1]]
    return min(edges)


def _pieces(ended: EndedRun, marks: Sequence[Mark]) -> list[Piece]:
    """Moves the run's last evidence along; ends where silence would have ended the clock."""
    begin = ended.last_evidence_at
    pieces = [Piece(begin, begin, set())]
    for mark in marks:
        if mark.at <= ended.last_evidence_at:
            continue
        if is_over(ended, mark.at):
            break
        if is_silent(ended, mark.at):
            pieces.append(Piece(mark.at, mark.at, set()))
        pieces[-1].ends = ended.last_evidence_at = mark.at
        pieces[-1].kinds.add(mark.kind)
    return pieces


def _interval(ended: EndedRun, piece: Piece) -> Interval:
    return Interval(
        practice_id=ended.practice_id, patient_id=ended.patient_id, person_id=ended.person_id,
        membership_id=ended.membership_id, credential=counting_of(ended.membership),
        program=ended.program, activity=ended.activity, started_at=piece.begins,
        ended_at=piece.ends, evidence=sorted({*piece.kinds, Evidence.LATE.value}),
        source=Interval.Source.TIMER, recorded_by_id=ended.person_id,
        reason="The signs of this work came in late, after a lost connection.",
    )  # fmt: skip
