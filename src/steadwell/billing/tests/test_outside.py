"""A month's list holds everybody of whom something is recorded in it, enrolled or not."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.audit.services import Trail
from steadwell.billing.models import MonthApproval, MonthClose
from steadwell.billing.selectors import month_run
from steadwell.billing.services import LeftOpen, close_month
from steadwell.billing.tests.acts import PAGE, approve
from steadwell.billing.tests.golden import FEBRUARY, MARCH, Golden, make_golden
from steadwell.enrollment.models import ProgramEnrollment
from steadwell.practices.models import Person, Practice

SignIn = Callable[[str], Client]
People = Callable[[str], Person]


def move_enrollment(golden: Golden, starts_on: date, ends_on: date | None) -> None:
    ProgramEnrollment.objects.filter(patient=golden.patient).update(
        starts_on=starts_on, ends_on=ends_on
    )


BEFORE, AFTER = (date(2025, 11, 10), date(2026, 1, 31)), (date(2026, 3, 1), None)
TOUCHING = ((date(2025, 11, 10), date(2026, 2, 1)), (date(2026, 2, 28), None))


@pytest.mark.parametrize("days", [BEFORE, AFTER])
def test_an_approved_month_stays_in_the_list_whatever_the_enrollment_became(
    elm: Practice,
    person: People,
    sign_in: SignIn,
    trail: Trail,
    days: tuple[date, date | None],
) -> None:
    golden = make_golden(elm)
    approval = approve(golden, person("ana"))
    move_enrollment(golden, *days)

    (row,) = month_run(elm, FEBRUARY).rows

    assert (row.state, row.codes, row.changed) == ("approved", "99490", True)
    assert row.biller.pk == golden.practitioner.pk
    assert golden.patient.name in sign_in("max").get(PAGE).content.decode()
    close = close_month(practice=elm, month=FEBRUARY, acting_user=person("max"))
    assert close.approvals == 1
    chart = reverse("chart_billing", args=[golden.patient.public_id])
    page = sign_in("ana").get(f"{chart}?month=2026-02").content.decode()
    assert approval.digest[:12] in page
    assert "Changed since approval" in page


def test_such_an_approval_can_be_withdrawn_on_the_page(
    elm: Practice, person: People, sign_in: SignIn, trail: Trail
) -> None:
    golden = make_golden(elm)
    approve(golden, person("ana"))
    move_enrollment(golden, *BEFORE)
    address = reverse("billing_withdraw", args=[golden.patient.public_id, FEBRUARY])
    assert sign_in("ana").post(address, {"withdraw-reason": "She left"}).status_code == 302
    assert MonthApproval.objects.get().withdrawn_by_id


@pytest.mark.parametrize("days", [BEFORE, AFTER])
def test_work_without_an_enrollment_is_in_the_list_and_claims_nothing(
    elm: Practice, person: People, trail: Trail, days: tuple[date, date | None]
) -> None:
    golden = make_golden(elm)
    move_enrollment(golden, *days)

    (row,) = month_run(elm, FEBRUARY).rows

    assert (row.state, row.codes) == ("cannot_be_billed", "")
    assert row.why
    assert row.why.identifier == "not_enrolled"
    close_month(practice=elm, month=FEBRUARY, confirmed=LeftOpen(), acting_user=person("max"))
    assert MonthClose.objects.get().approvals == 0


@pytest.mark.parametrize("days", TOUCHING)
def test_one_day_of_the_month_is_an_enrollment_in_it(
    elm: Practice, days: tuple[date, date | None]
) -> None:
    golden = make_golden(elm)
    move_enrollment(golden, *days)
    (row,) = month_run(elm, FEBRUARY).rows
    assert not row.why or row.why.identifier != "not_enrolled"


def test_work_of_somebody_never_enrolled_has_no_practitioner(
    elm: Practice, sign_in: SignIn
) -> None:
    make_golden(elm, without=["enrollment", "consent"])
    (row,) = month_run(elm, FEBRUARY).rows
    assert (row.biller.pk, row.biller.name) == (0, "No practitioner")
    assert "Not enrolled in February 2026" in sign_in("max").get(PAGE).content.decode()


def test_nobody_of_whom_nothing_is_recorded_is_in_the_list(elm: Practice) -> None:
    golden = make_golden(elm, minutes=())
    move_enrollment(golden, *AFTER)
    assert month_run(elm, FEBRUARY).rows == ()
    assert len(month_run(elm, MARCH).rows) == 1
