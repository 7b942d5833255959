"""Nobody approves what they have not seen: one month, or all that are ready."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from steadwell.audit.services import Trail
from steadwell.billing.models import MonthApproval
from steadwell.billing.services import RunHasChanged, approve_clean_months
from steadwell.billing.tests.acts import PAGE, approve, seen_of
from steadwell.billing.tests.golden import FEBRUARY, make_golden, make_row, record_work, slot
from steadwell.practices.models import Person, Practice

SignIn = Callable[[str], Client]
People = Callable[[str], Person]


@pytest.mark.parametrize("given", [{}, {"seen": ""}, {"seen": "0" * 32}])
def test_approving_all_without_having_seen_the_list_is_refused(
    elm: Practice, sign_in: SignIn, given: dict[str, str]
) -> None:
    make_golden(elm)
    response = sign_in("ana").post(f"{PAGE}approve/", given)
    assert response.status_code == 422
    assert "not the one you were shown" in response.content.decode()
    assert f'name="seen" value="{response.context["seen"]}"' in response.content.decode()
    assert not MonthApproval.objects.exists()


@pytest.mark.parametrize("given", [{}, {"seen": ""}, {"seen": "0" * 32}])
def test_approving_one_without_having_seen_it_is_refused(
    elm: Practice, sign_in: SignIn, given: dict[str, str]
) -> None:
    golden = make_golden(elm)
    client = sign_in("ana")
    address = f"/patients/{golden.patient.public_id}/billing/2026-02/approve/"
    response = client.post(address, given)
    assert response.status_code == 422
    assert "not what you were shown" in response.content.decode()
    assert not MonthApproval.objects.exists()

    fresh = {"seen": response.context["detail"].row.seen}
    assert client.post(address, fresh).status_code == 302
    assert MonthApproval.objects.exists()


def test_a_fact_that_changed_behind_the_same_lines_is_seen_first(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm)
    seen = seen_of(golden.patient)
    make_row(golden, "visit")
    with pytest.raises(RunHasChanged):
        approve(golden, person("ana"), seen=seen)
    assert approve(golden, person("ana"))


def test_a_minute_that_changes_no_line_is_seen_first(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm)
    seen = seen_of(golden.patient)
    record_work(golden, slot(3), slot(3) + timedelta(minutes=1))
    with pytest.raises(RunHasChanged):
        approve(golden, person("ana"), seen=seen)


def test_what_one_is_shown_alone_is_what_a_list_shows(elm: Practice, sign_in: SignIn) -> None:
    first = make_golden(elm, 1)
    make_golden(elm, 2)
    rows = sign_in("ana").get(PAGE).context["run"].rows
    assert {row.patient_id: row.seen for row in rows}[first.patient.pk] == seen_of(first.patient)


def test_the_token_of_one_list_opens_no_other(
    elm: Practice, person: Any, sign_in: SignIn, trail: Trail
) -> None:
    golden = make_golden(elm)
    seen = sign_in("ana").get(PAGE).context["seen"]
    record_work(golden, slot(3), slot(3) + timedelta(minutes=1))
    with pytest.raises(RunHasChanged):
        approve_clean_months(practice=elm, month=FEBRUARY, seen=seen, acting_user=person("ana"))
