"""Control numbers are given once, also to two who ask in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from steadwell.claims.models import Claim, ClaimFile, ControlNumber
from steadwell.claims.numbers import (
    CLAIM,
    INTERCHANGE,
    NumbersExhausted,
    lock_numbers,
    next_numbers,
)
from steadwell.claims.tests.approved import committed_practice, written
from steadwell.common.tenancy import practice_scope
from steadwell.practices.models import Practice


def test_numbers_follow_one_another(elm: Practice) -> None:
    lock_numbers(elm)
    assert list(next_numbers(elm, CLAIM, 3)) == [1, 2, 3]
    assert list(next_numbers(elm, CLAIM, 2)) == [4, 5]
    assert list(next_numbers(elm, INTERCHANGE, 1)) == [1]


def test_numbers_end_where_x12_has_no_room(elm: Practice) -> None:
    lock_numbers(elm)
    ControlNumber.objects.filter(kind=INTERCHANGE).update(last=999_999_998)
    assert list(next_numbers(elm, INTERCHANGE, 1)) == [999_999_999]
    with pytest.raises(NumbersExhausted):
        next_numbers(elm, INTERCHANGE, 1)


def test_each_practice_counts_for_itself(elm: Practice, oak: Practice) -> None:
    lock_numbers(elm)
    next_numbers(elm, CLAIM, 5)
    with practice_scope(practice_id=oak.pk):
        lock_numbers(oak)
        assert list(next_numbers(oak, CLAIM, 1)) == [1]


def test_two_runs_at_once_claim_each_month_once(committed_db: str) -> None:
    practice = committed_practice(6)
    start = Barrier(4)

    def run(_number: int) -> int:
        try:
            start.wait(timeout=20)
            with practice_scope(practice_id=practice.pk):
                return len(written(practice).new_files)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counts = sorted(pool.map(run, range(4)))
    assert counts == [0, 0, 0, 1]
    with practice_scope(practice_id=practice.pk):
        assert ClaimFile.objects.count() == 1
        assert Claim.objects.values("approval").distinct().count() == 6
        assert ControlNumber.objects.get(kind=CLAIM).last == 6
