"""Approving what is ready, closing a month and reopening it, through the page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from steadwell.audit.models import AuditEvent
from steadwell.audit.services import Trail
from steadwell.billing.models import MonthApproval, MonthClose
from steadwell.billing.selectors import month_run
from steadwell.billing.services import mark_claims_written
from steadwell.billing.tests.acts import PAGE, post_approve_all, post_close, states
from steadwell.billing.tests.golden import (
    FEBRUARY,
    MARCH,
    make_golden,
    record_work,
    slot,
)
from steadwell.practices.models import Practice
from tests import cast

SignIn = Callable[[str], Client]


def test_a_practitioner_approves_what_is_ready_and_it_is_frozen(
    elm: Practice, sign_in: SignIn
) -> None:
    ready = make_golden(elm, 1)
    make_golden(elm, 2, without=["consent"])
    client = sign_in("ana")
    seen = client.get(PAGE).context["seen"]

    response = client.post(f"{PAGE}approve/", {"seen": seen})

    assert (response.status_code, response["Location"]) == (302, PAGE)
    approval = MonthApproval.objects.get()
    assert (approval.patient, approval.practitioner) == (ready.patient, ready.practitioner)
    assert [line["code"] for line in approval.lines] == ["99490"]
    assert states(elm) == {ready.patient.name: "approved", "Paula2 Testa": "needs_a_person"}
    event = AuditEvent.objects.get(action="billing.month_approved")
    assert event.patient_ids == [ready.patient.pk]
    assert ready.patient.family_name not in event.subject + event.reason


def test_approving_twice_approves_once(elm: Practice, sign_in: SignIn) -> None:
    make_golden(elm)
    client = sign_in("ana")
    post_approve_all(client)
    post_approve_all(client)
    assert MonthApproval.objects.count() == 1


def test_a_list_that_changed_meanwhile_is_not_approved(elm: Practice, sign_in: SignIn) -> None:
    make_golden(elm, 1)
    client = sign_in("ana")
    seen = client.get(PAGE).context["seen"]
    make_golden(elm, 2)

    response = client.post(f"{PAGE}approve/", {"seen": seen})

    assert response.status_code == 422
    assert "not the one you were shown" in response.content.decode()
    assert not MonthApproval.objects.exists()


def test_nobody_approves_anothers_months(elm: Practice, sign_in: SignIn, person: Any) -> None:
    golden = make_golden(elm)
    type(golden.practitioner).objects.update(person=None)
    other = cast.make_practitioner(elm, person("ana"), npi="1003000134", family_name="Other")

    assert post_approve_all(sign_in("ana")).status_code == 302
    assert not MonthApproval.objects.filter(practitioner=other).exists()
    assert not MonthApproval.objects.exists()


def test_a_running_month_is_not_approved(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm, minutes=())
    record_work(golden, slot(1) + timedelta(days=30), slot(1) + timedelta(days=30, minutes=25))
    client = sign_in("ana")
    assert states(elm, MARCH) == {golden.patient.name: "ready"}
    assert b"Approval opens after March 31" in client.get("/months/2026-03/").content

    response = post_approve_all(client, "/months/2026-03/")

    assert response.status_code == 422
    assert b"runs until March 31" in response.content
    assert not MonthApproval.objects.exists()


def test_the_practice_manager_closes_over_what_was_approved(elm: Practice, sign_in: SignIn) -> None:
    make_golden(elm)
    post_approve_all(sign_in("ana"))
    client = sign_in("max")

    assert post_close(client).status_code == 302
    assert post_close(client).status_code == 302

    sealed = MonthClose.objects.get()
    assert (sealed.approvals, sealed.left_open) == (1, {"ready": 0, "needs_a_person": 0})
    assert "Closed March 17, 2026" in client.get(PAGE).content.decode()


def test_a_close_that_leaves_some_open_has_to_be_confirmed_by_their_numbers(
    elm: Practice, sign_in: SignIn
) -> None:
    make_golden(elm, 1)
    make_golden(elm, 2, without=["consent"])
    make_golden(elm, 3, minutes=(5,))
    client = sign_in("max")

    asked = post_close(client)
    assert asked.status_code == 422
    assert "1 ready and 1 waiting for a person" in asked.content.decode()
    assert post_close(client, ready=2, needs_a_person=1).status_code == 422
    assert not MonthClose.objects.exists()

    assert post_close(client, ready=1, needs_a_person=1).status_code == 302
    assert MonthClose.objects.get().left_open == {"ready": 1, "needs_a_person": 1}


def test_a_closed_month_takes_no_approval_until_it_is_reopened(
    elm: Practice, sign_in: SignIn
) -> None:
    make_golden(elm)
    manager = sign_in("max")
    post_close(manager, ready=1, needs_a_person=0)

    assert post_approve_all(sign_in("ana")).status_code == 422
    assert not MonthApproval.objects.exists()

    manager = sign_in("max")
    assert manager.post(f"{PAGE}reopen/", {"reason": ""}).status_code == 422
    assert manager.post(f"{PAGE}reopen/", {"reason": "A note came late"}).status_code == 302
    assert post_approve_all(sign_in("ana")).status_code == 302
    assert MonthApproval.objects.exists()


def test_a_running_month_is_not_closed(elm: Practice, sign_in: SignIn) -> None:
    make_golden(elm)
    assert sign_in("max").post("/months/2026-03/close/").status_code == 422
    assert not MonthClose.objects.exists()


def test_after_a_claim_is_written_nothing_reopens_the_month(
    elm: Practice, sign_in: SignIn, trail: Trail
) -> None:
    make_golden(elm)
    post_approve_all(sign_in("ana"))
    manager = sign_in("max")
    post_close(manager)
    mark_claims_written(practice=elm, month=FEBRUARY)
    first = MonthClose.objects.get().claims_written_at
    mark_claims_written(practice=elm, month=FEBRUARY)
    assert MonthClose.objects.get().claims_written_at == first

    response = manager.post(f"{PAGE}reopen/", {"reason": "Too late"})

    assert response.status_code == 422
    assert "adjusted with the payer" in response.content.decode()
    assert MonthClose.objects.get().reopened_by_id is None


def test_later_changes_leave_the_frozen_bytes_and_are_shown(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm)
    client = sign_in("ana")
    post_approve_all(client)
    before = MonthApproval.objects.get().snapshot
    assert not month_run(elm, FEBRUARY).rows[0].changed

    record_work(golden, slot(9), slot(9) + timedelta(minutes=30))
    golden.patient.family_name = "Changed"
    golden.patient.save()

    row = month_run(elm, FEBRUARY).rows[0]
    assert (row.changed, row.codes, row.minutes) == (True, "99490", 20)
    assert MonthApproval.objects.get().snapshot == before
    assert "Changed" not in before
    assert "Changed since approval" in client.get(PAGE).content.decode()


def test_approving_many_takes_as_many_queries_as_one(
    elm: Practice, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A session writes its moment once a minute of real time, which a busy machine takes here.
    monkeypatch.setattr("steadwell.site.middleware.EVIDENCE_KEPT_EVERY", 86_400)
    client = sign_in("ana")

    def queries(first: int, last: int) -> int:
        for number in range(first, last):
            make_golden(elm, number)
        with CaptureQueriesContext(connection) as captured:
            assert post_approve_all(client).status_code == 302
        return len(captured)

    assert queries(0, 1)
    assert queries(1, 2) == queries(2, 22)
    assert MonthApproval.objects.count() == 22
