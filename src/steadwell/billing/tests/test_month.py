"""The month of a practice: through the page, as practitioner and practice manager do it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import cast

from steadwell.audit.models import AuditEvent
from steadwell.audit.services import Trail
from steadwell.billing.models import MonthApproval, MonthClose
from steadwell.billing.pages import link_to
from steadwell.billing.selectors import Blocker, month_run, place_of
from steadwell.billing.selectors.places import PLACES
from steadwell.billing.services import mark_claims_written
from steadwell.billing.tests.golden import (
    FEBRUARY,
    MARCH,
    make_golden,
    record_work,
    slot,
)
from steadwell.practices.models import Person, Practice, PracticeProfile
from steadwell.rules import load_rulebook
from steadwell.rules.months import Month

SignIn = Callable[[str], Client]
PAGE = "/months/2026-02/"


def states(practice: Practice, month: Month = FEBRUARY) -> dict[str, str]:
    return {row.name: row.state.value for row in month_run(practice, month).rows}


def approve_all(client: Client, seen: str = "") -> Any:
    return client.post(f"{PAGE}approve/", {"seen": seen})


def test_month_end_is_the_last_complete_month(elm: Practice, sign_in: SignIn) -> None:
    assert sign_in("max").get("/months/")["Location"] == PAGE


def test_twenty_minutes_are_99490_with_its_amount_and_the_patients_fifth(
    elm: Practice, sign_in: SignIn
) -> None:
    golden = make_golden(elm)

    page = sign_in("max").get(PAGE).content.decode()

    row = month_run(elm, FEBRUARY).rows[0]
    assert (row.state, row.codes, row.minutes) == ("ready", "99490", 20)
    expected = load_rulebook().fees.allowed("99490", on=FEBRUARY.last)
    assert row.amount == expected
    assert row.share == (row.amount / 5).quantize(Decimal("0.01"))
    assert golden.patient.name in page
    assert f"${row.amount}" in page


@pytest.mark.parametrize(("minutes", "state"), [(19, "cannot_be_billed"), (20, "ready")])
def test_the_twentieth_minute_decides(elm: Practice, minutes: int, state: str) -> None:
    make_golden(elm, minutes=(minutes,))
    assert set(states(elm).values()) == {state}


GAPS = {
    "consent": ("consent_missing", "/enrollment/#consent", "needs_a_person"),
    "risk": ("too_few_chronic_conditions", "/enrollment/#risk", "needs_a_person"),
    "visit": ("initiating_visit_missing", "/enrollment/#visit", "needs_a_person"),
    "copy": ("care_plan_copy_not_given", "/plan/", "needs_a_person"),
    "contact": ("designated_contact_missing", "/enrollment/#contact", "needs_a_person"),
    "plan": ("care_plan_missing", "/plan/", "cannot_be_billed"),
}


@pytest.mark.parametrize("gap", GAPS)
def test_what_is_missing_is_one_sentence_with_its_link(
    elm: Practice, sign_in: SignIn, gap: str
) -> None:
    identifier, place, state = GAPS[gap]
    without = [gap, "copy"] if gap == "plan" else [gap]
    golden = make_golden(elm, without=without)

    page = sign_in("max").get(PAGE).content.decode()

    row = month_run(elm, FEBRUARY).rows[0]
    assert row.why
    assert (row.why.identifier, row.state) == (identifier, state)
    assert row.why.text.endswith(".")
    assert row.why.text in page.replace("&#x27;", "'")
    assert f"/patients/{golden.patient.public_id}" in page
    assert place in page


def test_every_reason_of_the_rules_has_a_place(elm: Practice) -> None:
    golden = make_golden(elm)
    for identifier in [*PLACES, "an_identifier_of_tomorrow"]:
        blocker = Blocker(identifier, "Said.", place_of(identifier))
        assert link_to(blocker, golden.patient, FEBRUARY).startswith("/")


def test_cover_that_is_not_medicares_cannot_be_billed(elm: Practice) -> None:
    golden = make_golden(elm)
    type(golden.rows["cover"]).objects.filter(patient=golden.patient).update(kind="commercial")
    row = month_run(elm, FEBRUARY).rows[0]
    assert (row.state, row.why and row.why.identifier) == (
        "cannot_be_billed", "payer_not_medicare_ffs",
    )  # fmt: skip


def test_medicare_advantage_waits_for_a_person(elm: Practice) -> None:
    golden = make_golden(elm)
    type(golden.rows["cover"]).objects.filter(patient=golden.patient).update(
        kind="medicare_advantage"
    )
    row = month_run(elm, FEBRUARY).rows[0]
    assert (row.state, row.codes, row.share) == ("needs_a_person", "99490", None)


def test_a_qmb_patient_pays_nothing(elm: Practice) -> None:
    golden = make_golden(elm)
    type(golden.rows["cover"]).objects.filter(patient=golden.patient).update(is_qmb=True)
    assert month_run(elm, FEBRUARY).rows[0].share == 0


def test_an_hour_of_which_nobody_said_how_complex_it_was_waits(elm: Practice) -> None:
    make_golden(elm, minutes=(60,))
    row = month_run(elm, FEBRUARY).rows[0]
    assert (row.state, row.codes) == ("needs_a_person", "99490, 99439 × 2")
    assert row.why
    assert row.why.identifier == "mdm_not_attested"


def test_a_practitioner_approves_what_is_ready_and_it_is_frozen(
    elm: Practice, sign_in: SignIn
) -> None:
    ready = make_golden(elm, 1)
    make_golden(elm, 2, without=["consent"])
    client = sign_in("ana")
    seen = client.get(PAGE).context["seen"]

    response = approve_all(client, seen)

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
    approve_all(client)
    approve_all(client)
    assert MonthApproval.objects.count() == 1


def test_a_list_that_changed_meanwhile_is_not_approved(elm: Practice, sign_in: SignIn) -> None:
    make_golden(elm, 1)
    client = sign_in("ana")
    seen = client.get(PAGE).context["seen"]
    make_golden(elm, 2)

    response = approve_all(client, seen)

    assert response.status_code == 422
    assert "has changed since you opened" in response.content.decode()
    assert not MonthApproval.objects.exists()


def test_nobody_approves_anothers_months(elm: Practice, sign_in: SignIn, person: Any) -> None:
    golden = make_golden(elm)
    type(golden.practitioner).objects.update(person=None)
    other = cast.make_practitioner(elm, person("ana"), npi="1003000134", family_name="Other")

    assert approve_all(sign_in("ana")).status_code == 302
    assert not MonthApproval.objects.filter(practitioner=other).exists()
    assert not MonthApproval.objects.exists()


def test_a_running_month_is_not_approved(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm, minutes=())
    record_work(golden, slot(1) + timedelta(days=30), slot(1) + timedelta(days=30, minutes=25))
    client = sign_in("ana")
    assert states(elm, MARCH) == {golden.patient.name: "ready"}
    assert b"Approval opens after March 31" in client.get("/months/2026-03/").content

    response = client.post("/months/2026-03/approve/")

    assert response.status_code == 422
    assert b"runs until March 31" in response.content
    assert not MonthApproval.objects.exists()


def test_too_few_minutes_of_a_running_month_may_still_become_enough(elm: Practice) -> None:
    golden = make_golden(elm, minutes=())
    record_work(golden, slot(1) + timedelta(days=30), slot(1) + timedelta(days=30, minutes=5))
    assert states(elm, MARCH) == {golden.patient.name: "needs_a_person"}


def test_a_month_beyond_the_rules_says_which_are_missing(elm: Practice, sign_in: SignIn) -> None:
    make_golden(elm)
    client = sign_in("ana")
    beyond = Month.of(load_rulebook().verified_through).after

    page = client.get(reverse("month", args=[beyond]))

    assert page.status_code == 200
    assert "The rules are verified through" in page.content.decode()
    assert client.post(reverse("month_approve", args=[beyond])).status_code == 422
    assert client.get(reverse("month_csv", args=[beyond])).status_code == 200


def close(client: Client, **confirmed: int) -> Any:
    return client.post(f"{PAGE}close/", confirmed)


def test_the_practice_manager_closes_over_what_was_approved(elm: Practice, sign_in: SignIn) -> None:
    make_golden(elm)
    approve_all(sign_in("ana"))
    client = sign_in("max")

    assert close(client).status_code == 302
    assert close(client).status_code == 302

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

    asked = close(client)
    assert asked.status_code == 422
    assert "1 ready and 1 waiting for a person" in asked.content.decode()
    assert close(client, ready=2, needs_a_person=1).status_code == 422
    assert not MonthClose.objects.exists()

    assert close(client, ready=1, needs_a_person=1).status_code == 302
    assert MonthClose.objects.get().left_open == {"ready": 1, "needs_a_person": 1}


def test_a_closed_month_takes_no_approval_until_it_is_reopened(
    elm: Practice, sign_in: SignIn
) -> None:
    make_golden(elm)
    manager = sign_in("max")
    close(manager, ready=1, needs_a_person=0)

    assert approve_all(sign_in("ana")).status_code == 422
    assert not MonthApproval.objects.exists()

    manager = sign_in("max")
    assert manager.post(f"{PAGE}reopen/", {"reason": ""}).status_code == 422
    assert manager.post(f"{PAGE}reopen/", {"reason": "A note came late"}).status_code == 302
    assert approve_all(sign_in("ana")).status_code == 302
    assert MonthApproval.objects.exists()


def test_a_running_month_is_not_closed(elm: Practice, sign_in: SignIn) -> None:
    make_golden(elm)
    assert sign_in("max").post("/months/2026-03/close/").status_code == 422
    assert not MonthClose.objects.exists()


def test_after_a_claim_is_written_nothing_reopens_the_month(
    elm: Practice, sign_in: SignIn, trail: Trail
) -> None:
    make_golden(elm)
    approve_all(sign_in("ana"))
    manager = sign_in("max")
    close(manager)
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
    approve_all(client)
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


WHO: dict[str, dict[str, int]] = {
    "ana": {"get": 200, "approve": 302, "close": 403, "reopen": 403},
    "ben": {"get": 200, "approve": 403, "close": 403, "reopen": 403},
    "eve": {"get": 200, "approve": 403, "close": 403, "reopen": 403},
    "max": {"get": 200, "approve": 403, "close": 302, "reopen": 422},
    "coco": {"get": 200, "approve": 403, "close": 403, "reopen": 403},
}


@pytest.mark.parametrize("who", WHO)
def test_who_may(elm: Practice, sign_in: SignIn, who: str) -> None:
    client = sign_in(who)
    may = WHO[who]
    assert client.get(PAGE).status_code == may["get"]
    assert client.post(f"{PAGE}reopen/", {"reason": "Because"}).status_code == may["reopen"]
    assert client.post(f"{PAGE}approve/").status_code == may["approve"]
    assert client.post(f"{PAGE}close/").status_code == may["close"]


@pytest.mark.parametrize(
    ("who", "sees"),
    [("ana", True), ("max", True), ("coco", True), ("ben", False), ("eve", False)],
)
def test_dollars_are_for_those_who_answer_for_them(
    elm: Practice, sign_in: SignIn, who: str, sees: bool
) -> None:
    golden = make_golden(elm)
    client = sign_in(who)
    panel = reverse("month_patient", args=[FEBRUARY, golden.patient.public_id])
    for address in (PAGE, panel, f"{PAGE}?patient={golden.patient.public_id}"):
        assert ("$" in client.get(address).content.decode()) is sees
    assert ("amount" in client.get(f"{PAGE}run.csv").content.decode()) is sees


def test_strangers_sign_in_and_other_practices_find_nothing(
    client: Client, elm: Practice, oak: Practice
) -> None:
    golden = make_golden(elm)
    assert client.get(PAGE)["Location"].startswith("/accounts/")
    client.force_login(Person.objects.get(email="cy@oak.example"))
    page = client.get(PAGE).content.decode()
    assert golden.patient.name not in page
    panel = reverse("month_patient", args=[FEBRUARY, golden.patient.public_id])
    assert client.get(panel).status_code == 404


def test_the_list_narrows_by_what_the_address_says(elm: Practice, sign_in: SignIn) -> None:
    make_golden(elm, 1)
    make_golden(elm, 2, without=["consent"])
    client = sign_in("max")

    def names(query: str) -> list[str]:
        return [row.name for row in client.get(f"{PAGE}?{query}").context["list"].page]

    assert names("") == ["Paula2 Testa", "Paula1 Testa"]
    assert names("state=ready") == ["Paula1 Testa"]
    assert names("reason=consent_missing") == ["Paula2 Testa"]
    assert names("practitioner=0") == []
    assert names("page=99") == ["Paula2 Testa", "Paula1 Testa"]


def test_the_panel_says_what_was_needed_found_and_who_says_so(
    elm: Practice, sign_in: SignIn
) -> None:
    golden = make_golden(elm, without=["consent"])
    panel = reverse("month_patient", args=[FEBRUARY, golden.patient.public_id])

    page = sign_in("max").get(panel, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in page
    assert "How it was decided" in page
    assert "Not met: " in page
    assert "Met: " in page
    assert "CGS22" in page
    assert "in force since 01/01/2015" in page
    seen = AuditEvent.objects.filter(action="billing.viewed").values_list("patient_ids", flat=True)
    assert list(seen) == [[golden.patient.pk]]


def test_the_csv_holds_every_row_and_no_formula(elm: Practice, sign_in: SignIn) -> None:
    make_golden(elm, 1, given_name="=SUM(A1)", family_name="Testa")
    make_golden(elm, 2, without=["consent"])
    text = sign_in("max").get(f"{PAGE}run.csv").content.decode()
    assert len(text.splitlines()) == 3
    assert "'=SUM(A1) Testa" in text


def test_twenty_patients_take_as_many_queries_as_one(elm: Practice, sign_in: SignIn) -> None:
    client = sign_in("max")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    make_golden(elm, 1)
    queries()  # the session is written once
    one = queries()
    for number in range(2, 21):
        make_golden(elm, number, without=["consent"] if number % 3 else [])

    assert queries() == one


def test_approving_many_takes_as_many_queries_as_one(elm: Practice, sign_in: SignIn) -> None:
    client = sign_in("ana")

    def queries(first: int, last: int) -> int:
        for number in range(first, last):
            make_golden(elm, number)
        with CaptureQueriesContext(connection) as captured:
            assert approve_all(client).status_code == 302
        return len(captured)

    approve_all(client)
    assert queries(1, 2) == queries(2, 22)
    assert MonthApproval.objects.count() == 21


def test_the_practices_own_gap_leads_to_settings(elm: Practice, sign_in: SignIn) -> None:
    make_golden(elm)
    PracticeProfile.objects.filter(practice=elm).update(after_hours_phone="")
    row = month_run(elm, FEBRUARY).rows[0]
    assert row.why
    assert row.why.identifier == "after_hours_access_missing"
    assert reverse("settings") in sign_in("max").get(PAGE).content.decode()
