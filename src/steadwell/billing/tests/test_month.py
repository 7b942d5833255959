"""The month of a practice: through the page, as practitioner and practice manager do it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.billing.models import MonthConclusion
from steadwell.billing.pages import link_to
from steadwell.billing.selectors import Blocker, month_run, place_of
from steadwell.billing.selectors.places import PLACES
from steadwell.billing.tests.acts import PAGE, states
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
    assert row.amount is not None
    assert row.amount == expected
    assert row.share == (row.amount / Decimal(5)).quantize(Decimal("0.01"))
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
    seen = client.get(PAGE).context["seen"]
    assert client.post(f"{PAGE}approve/", {"seen": seen}).status_code == may["approve"]
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


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_the_csv_holds_every_row_and_no_formula(elm: Practice, sign_in: SignIn, start: str) -> None:
    make_golden(elm, 1, given_name=f"{start}SUM(A1)", family_name="Testa")
    make_golden(elm, 2, without=["consent"])
    text = sign_in("max").get(f"{PAGE}run.csv").content.decode()
    assert len(text.splitlines()) == 3
    assert f"'{start}SUM(A1) Testa" in text


def test_twenty_patients_take_as_many_queries_as_one(elm: Practice, sign_in: SignIn) -> None:
    client = sign_in("max")

    def queries() -> tuple[int, int]:
        """Of the first look, and of the second, that decides nobody again."""
        MonthConclusion.objects.all().delete()
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(PAGE).status_code == 200
            counts.append(len(captured))
        return counts[0], counts[1]

    make_golden(elm, 1)
    queries()  # the session is written once
    first, second = queries()
    for number in range(2, 21):
        make_golden(elm, number, without=["consent"] if number % 3 else [])

    assert queries() == (first, second)


def test_the_practices_own_gap_leads_to_settings(elm: Practice, sign_in: SignIn) -> None:
    make_golden(elm)
    PracticeProfile.objects.filter(practice=elm).update(after_hours_phone="")
    row = month_run(elm, FEBRUARY).rows[0]
    assert row.why
    assert row.why.identifier == "after_hours_access_missing"
    assert reverse("settings") in sign_in("max").get(PAGE).content.decode()
