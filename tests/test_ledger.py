"""Asked for twice is asked for once; done and marked together; a failure is counted and kept apart."""

from typing import Any

import pytest

from steadwell.common.tenancy import Scope, enter_scope
from steadwell.jobs.models import Chunk
from steadwell.jobs.selectors import Progress, progress_of
from steadwell.jobs.services import TRIES, Asked, ask_for, work_all, work_one
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice

CHUNKS = [Asked(key=f"2026-02/{number}", arguments={"first": number}) for number in range(3)]


def _nothing(chunk: Chunk) -> dict[str, Any]:
    return {"key": chunk.key}


def _ask(practice: Practice, chunks: list[Asked] = CHUNKS) -> int:
    return ask_for(practice_id=practice.pk, kind="made-up", chunks=chunks, acting_user_id=None)


def test_what_is_asked_for_twice_stands_there_once(elm: Practice) -> None:
    assert (_ask(elm), _ask(elm)) == (3, 3)
    assert Chunk.objects.count() == 3


def test_each_chunk_is_done_once_in_order(elm: Practice) -> None:
    _ask(elm)
    seen: list[int] = []

    def note(chunk: Chunk) -> dict[str, Any]:
        seen.append(chunk.arguments["first"])
        return {"at": len(seen)}

    assert work_all(practice_id=elm.pk, handlers={"made-up": note}) == 3
    assert work_all(practice_id=elm.pk, handlers={"made-up": note}) == 0
    assert seen == [0, 1, 2]
    enter_scope(Scope(practice_id=elm.pk))
    assert list(Chunk.objects.order_by("pk").values_list("result__at", flat=True)) == [1, 2, 3]
    progress = progress_of(practice_id=elm.pk, kind="made-up", key_starts="2026-02/")
    assert progress == Progress(done=3, open=0, stuck=0)


def test_a_kind_nobody_handles_here_stays(elm: Practice) -> None:
    _ask(elm)
    assert work_one(practice_id=elm.pk, handlers={"other": _nothing}) is None


def test_work_that_fails_is_undone_counted_and_left_after_three_times(
    elm: Practice, patient: Patient
) -> None:
    _ask(elm, CHUNKS[:1])

    def half(chunk: Chunk) -> dict[str, Any]:
        Patient.objects.update(phone="7405550000")
        raise ValueError("a text that names somebody")

    for _ in range(TRIES):
        with pytest.raises(ValueError, match="somebody"):
            work_one(practice_id=elm.pk, handlers={"made-up": half})
    assert work_one(practice_id=elm.pk, handlers={"made-up": half}) is None
    enter_scope(Scope(practice_id=elm.pk))
    chunk = Chunk.objects.get()
    assert (chunk.failures, chunk.last_failure, chunk.done_at) == (TRIES, "ValueError", None)
    assert not Patient.objects.filter(phone="7405550000").exists()
    assert progress_of(practice_id=elm.pk, kind="made-up").stuck == 1


def test_another_practices_chunks_are_not_there(elm: Practice, oak: Practice) -> None:
    _ask(elm)
    assert work_one(practice_id=oak.pk, handlers={"made-up": _nothing}) is None
