"""Approving in parts: one press, frozen by whoever comes, as it was seen, once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from steadwell.audit.services import audit_trail
from steadwell.billing.models import MonthApproval
from steadwell.billing.selectors import month_run, ready, ready_token_of_rows
from steadwell.billing.services import (
    APPROVE,
    NotClosed,
    RunHasChanged,
    approve_clean_months,
    approve_part,
    ask_to_approve,
    close_month,
    parts,
)
from steadwell.billing.tests.golden import FEBRUARY, Golden, make_golden, record_work, slot
from steadwell.common.tenancy import Scope, enter_scope
from steadwell.jobs.models import Chunk
from steadwell.jobs.services import work_all
from steadwell.practices.models import Person, Practice

HANDLERS = {APPROVE: approve_part}


@pytest.fixture
def six(elm: Practice, monkeypatch: pytest.MonkeyPatch) -> list[Golden]:
    """Six ready patients, to be frozen two at a time."""
    monkeypatch.setattr(parts, "PART", 2)
    return [make_golden(elm, number) for number in range(1, 7)]


def _press(practice: Practice, person: Person, what: Any = ask_to_approve) -> Any:
    seen = ready_token_of_rows([row for row in month_run(practice, FEBRUARY).rows if row.lines])
    with audit_trail(practice_id=practice.pk, person_id=person.pk, origin="test"):
        return what(practice=practice, month=FEBRUARY, seen=seen, acting_user=person)


def _work(practice: Practice) -> int:
    done = work_all(practice_id=practice.pk, handlers=HANDLERS)
    enter_scope(Scope(practice_id=practice.pk))
    return done


def _approved(practice: Practice) -> dict[int, str]:
    return dict(MonthApproval.objects.values_list("patient_id", "digest"))


def test_parts_freeze_what_one_press_at_once_would(elm: Practice, six: list[Golden]) -> None:
    ana = six[0].doctor
    assert _press(elm, ana) == 3
    assert _work(elm) == 3
    in_parts = _approved(elm)
    assert set(in_parts) == {golden.patient.pk for golden in six}
    assert _work(elm) == 0

    for approval in MonthApproval.objects.all():
        assert approval.approved_by == ana
    assert len(set(MonthApproval.objects.values_list("approved_at", flat=True))) == 1


def test_pressing_twice_is_pressing_once(elm: Practice, six: list[Golden]) -> None:
    assert _press(elm, six[0].doctor) == 3
    assert _press(elm, six[0].doctor) == 3
    assert Chunk.objects.count() == 3


def test_a_list_that_is_another_now_is_refused(elm: Practice, six: list[Golden]) -> None:
    with pytest.raises(RunHasChanged):
        ask_to_approve(practice=elm, month=FEBRUARY, seen="old", acting_user=six[0].doctor)
    assert not Chunk.objects.exists()


def test_who_changed_since_the_press_waits_for_another_look(
    elm: Practice, six: list[Golden]
) -> None:
    _press(elm, six[0].doctor)
    record_work(six[3], slot(9), slot(9) + timedelta(minutes=9))
    _work(elm)
    assert set(_approved(elm)) == {one.patient.pk for one in six if one is not six[3]}
    results = Chunk.objects.order_by("pk").values_list("result__asked", "result__approved")
    assert list(results) == [(2, 2), (2, 1), (2, 2)]


def test_what_was_approved_meanwhile_is_not_approved_again(
    elm: Practice, six: list[Golden]
) -> None:
    _press(elm, six[0].doctor)
    at_once = {one.patient_id for one in _press(elm, six[0].doctor, approve_clean_months)}
    assert len(at_once) == 6
    _work(elm)
    assert MonthApproval.objects.count() == 6


def test_the_months_page_says_what_still_waits(
    elm: Practice,
    six: list[Golden],
    sign_in: Callable[[str], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ready, "LARGE", 5)
    _press(elm, six[0].doctor)
    page = sign_in("max").get(reverse("month", args=[FEBRUARY])).content.decode()
    assert "3 parts of what was approved wait to be frozen." in page
    enter_scope(Scope(practice_id=elm.pk))
    _work(elm)
    page = sign_in("max").get(reverse("month", args=[FEBRUARY])).content.decode()
    assert "to be frozen" not in page


def test_a_month_is_not_closed_over_open_parts(elm: Practice, six: list[Golden]) -> None:
    max_ = Person.objects.get(email="max@elm.example")
    _press(elm, six[0].doctor)
    with audit_trail(practice_id=elm.pk, origin="test"):
        with pytest.raises(NotClosed, match="3 parts are to be done"):
            close_month(practice=elm, month=FEBRUARY, acting_user=max_)
        _work(elm)
        assert close_month(practice=elm, month=FEBRUARY, acting_user=max_).approvals == 6


def test_snapshots_are_bound_one_by_one(elm: Practice, six: list[Golden]) -> None:
    """An array of them would be quoted sign by sign, and a close would take three times as long."""
    _press(elm, six[0].doctor)
    with CaptureQueriesContext(connection) as asked:
        _work(elm)
    inserts = [
        each["sql"] for each in asked if each["sql"].startswith('INSERT INTO "billing_monthapp')
    ]
    assert len(inserts) == 3
    assert not [sql for sql in inserts if "UNNEST" in sql]
