"""What follows a claim: by the payer's setting, with its last day, once, and never rewritten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.audit.services import Trail
from steadwell.billing.access import NotTheirs
from steadwell.claims.cases.reads import counts, listed, same_fault
from steadwell.claims.cases.standing import Step
from steadwell.claims.models import Case, CaseStep, Claim
from steadwell.claims.services.case_steps import Done, NotRecorded, record_step
from steadwell.claims.services.cases import (
    Correction,
    Finding,
    Letter,
    NotOpened,
    open_correction,
    open_overpayment,
    open_records_request,
    standing_now,
)
from steadwell.claims.tests.approved import FEBRUARY, approved_month, close, written
from steadwell.common import clock
from steadwell.common.clock import today_in
from steadwell.patients.models import Patient
from steadwell.practices.models import Payer, Person, Practice

SignIn = Callable[[str], Client]
Who = Callable[[str], Person]
DAY = date(2026, 3, 20)
APPEAL = Correction(
    kind=Case.Kind.APPEAL, determined_on=DAY, reason="The minutes stand in the log."
)
REOPEN = Correction(
    kind=Case.Kind.REOPENING, determined_on=DAY, change="units", reason="Units 1, not 2."
)


@pytest.fixture(autouse=True)
def in_october(monkeypatch: pytest.MonkeyPatch) -> None:
    october = datetime(2026, 10, 1, 15, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "read_clock", lambda: october)


@pytest.fixture
def claim(elm: Practice, patient: Patient) -> Claim:
    approved_month(patient)
    close(elm)
    written(elm)
    return Claim.objects.select_related("payer", "practice").get()


def test_part_b_reopens_or_decides_again_and_takes_no_replacement(
    claim: Claim, person: Who, trail: Trail
) -> None:
    reopening = open_correction(claim=claim, asked=REOPEN, acting_user=person("max"))
    appeal = open_correction(claim=claim, asked=APPEAL, acting_user=person("max"))
    assert reopening.due_on == date(2027, 3, 20)
    assert appeal.due_on == date(2026, 7, 18)
    replaced = Correction(
        kind=Case.Kind.REPLACEMENT, reason="Units", change="units", payer_number="26123"
    )
    Payer.objects.filter(pk=claim.payer_id).update(takes_replacements=True)  # whatever it says
    claim.payer.refresh_from_db()
    with pytest.raises(NotOpened, match="takes no replacement claims"):
        open_correction(claim=claim, asked=replaced, acting_user=person("max"))


@pytest.mark.parametrize("takes", [True, False])
def test_another_payer_replaces_where_its_setting_says_so(
    claim: Claim, person: Who, trail: Trail, takes: bool
) -> None:
    Payer.objects.filter(pk=claim.payer_id).update(kind="commercial", takes_replacements=takes)
    claim.payer.refresh_from_db()
    asked = Correction(kind=Case.Kind.VOID, reason="Sent for the wrong patient.", payer_number="9")
    if takes:
        with pytest.raises(NotOpened, match="claim number is missing"):
            open_correction(
                claim=claim, asked=replace(asked, payer_number=" "), acting_user=person("max")
            )
        case = open_correction(claim=claim, asked=asked, acting_user=person("max"))
        assert (case.kind, case.payer_number) == ("void", "9")
    else:
        with pytest.raises(NotOpened, match="not set as taking frequency 7 and 8"):
            open_correction(claim=claim, asked=asked, acting_user=person("max"))
    with pytest.raises(NotOpened, match="Medicare Part B"):
        open_correction(claim=claim, asked=REOPEN, acting_user=person("max"))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (replace(REOPEN, change="line"), "a reopening does not mend that"),
        (replace(REOPEN, change=""), "Say what changes"),
        (replace(APPEAL, determined_on=None), "goes again as a new claim"),
        (replace(APPEAL, determined_on=date(2026, 1, 31)), "cannot be the day"),
        (replace(APPEAL, determined_on=date(2090, 1, 1)), "cannot be the day"),
        (replace(APPEAL, reason="  "), "reason is empty"),
    ],
)
def test_a_case_that_cannot_be_is_refused_in_words(
    claim: Claim, person: Who, trail: Trail, asked: Correction, says: str
) -> None:
    with pytest.raises(NotOpened, match=says):
        open_correction(claim=claim, asked=asked, acting_user=person("max"))
    assert not Case.objects.exists()


def test_one_of_a_kind_is_open_at_a_time(claim: Claim, person: Who, trail: Trail) -> None:
    first = open_correction(claim=claim, asked=APPEAL, acting_user=person("max"))
    with pytest.raises(NotOpened, match="one is open for this claim already"):
        open_correction(claim=claim, asked=APPEAL, acting_user=person("coco"))
    done = Done(kind=Step.CLOSED, happened_on=DAY, words="Withdrawn.")
    record_step(case=first, done=done, acting_user=person("max"))
    open_correction(claim=claim, asked=APPEAL, acting_user=person("max"))
    with pytest.raises(NotTheirs):
        open_correction(claim=claim, asked=REOPEN, acting_user=person("ben"))


def test_the_steps_of_an_appeal(claim: Claim, person: Who, trail: Trail) -> None:
    max_ = person("max")
    case = open_correction(claim=claim, asked=APPEAL, acting_user=max_)
    sent = Done(kind=Step.SENT, happened_on=case.due_on, means="fax", reference="77")
    with pytest.raises(NotRecorded, match="comes after sent"):
        record_step(case=case, acting_user=max_,
                    done=Done(kind=Step.RESULT, happened_on=DAY, result="favorable"))  # fmt: skip
    with pytest.raises(NotRecorded, match="How was it sent"):
        record_step(case=case, done=replace(sent, means=""), acting_user=max_)
    with pytest.raises(NotRecorded, match="no such step"):
        record_step(case=case, done=Done(kind=Step.REFUNDED, happened_on=DAY), acting_user=max_)
    record_step(case=case, done=sent, acting_user=max_)
    standing = standing_now(case)
    assert (standing.is_open, standing.is_sent) == (True, True)
    assert standing.words(case.due_on + timedelta(days=90)) == "done 07/18/2026, in time"
    won = Done(kind=Step.RESULT, happened_on=date(2026, 9, 1), result="favorable")
    record_step(case=case, done=won, acting_user=max_)
    assert standing_now(case).state == "In our favor 09/01/2026"
    with pytest.raises(NotRecorded, match="The case is closed"):
        record_step(case=case, done=sent, acting_user=max_)
    record_step(case=case, done=Done(kind=Step.NOTE, happened_on=date(2026, 9, 2), words="Paid."),
                acting_user=max_)  # fmt: skip
    with pytest.raises(Exception, match=r"append-only|permission denied"), transaction.atomic():
        CaseStep.objects.update(words="Never happened.")


def test_sent_a_day_late_stays_late(claim: Claim, person: Who, trail: Trail) -> None:
    case = open_correction(claim=claim, asked=APPEAL, acting_user=person("max"))
    late = Done(kind=Step.SENT, happened_on=case.due_on + timedelta(days=1), means="mail")
    record_step(case=case, done=late, acting_user=person("max"))
    assert standing_now(case).is_late(case.due_on)
    assert standing_now(case).words(case.due_on) == "done 07/19/2026, 1 day late"


def test_records_are_due_in_45_days_or_as_the_letter_says(
    elm: Practice, claim: Claim, person: Who, trail: Trail
) -> None:
    by: dict[str, Any] = {"practice": elm, "claims": [claim], "acting_user": person("coco")}
    letter = Letter(dated=DAY, received_on=DAY, reason="All records of February")
    assert open_records_request(letter=letter, **by).due_on == date(2026, 5, 4)
    named = replace(letter, due_on=date(2026, 4, 10))
    assert open_records_request(letter=named, **by).due_on == date(2026, 4, 10)
    for wrong in (
        replace(letter, received_on=DAY - timedelta(days=1)),
        replace(letter, due_on=DAY - timedelta(days=1)),
        replace(letter, received_on=today_in(elm.zone) + timedelta(days=1)),
    ):
        with pytest.raises(NotOpened):
            open_records_request(letter=wrong, **by)
    with pytest.raises(NotOpened, match="No claim is named"):
        open_records_request(practice=elm, claims=[], letter=letter, acting_user=person("max"))


FOUND = Finding(
    identified_on=DAY,
    found_by="self",
    fault="consent",
    amount=Decimal("65.00"),
    reason="No consent.",
)


def test_an_overpayment_runs_60_days_and_longer_while_it_is_investigated(
    elm: Practice, claim: Claim, person: Who, trail: Trail
) -> None:
    max_ = person("max")
    case = open_overpayment(practice=elm, claims=[claim], finding=FOUND, acting_user=max_)
    assert standing_now(case).due_on == date(2026, 5, 19)
    begun = Done(kind=Step.INVESTIGATION, happened_on=DAY)
    record_step(case=case, done=begun, acting_user=max_)
    assert standing_now(case).due_on == date(2026, 5, 19) + timedelta(days=180)
    assert standing_now(case).words(DAY).endswith("at the latest")
    ended = Done(kind=Step.INVESTIGATED, happened_on=DAY + timedelta(days=30))
    record_step(case=case, done=ended, acting_user=max_)
    assert standing_now(case).due_on == date(2026, 6, 18)
    with pytest.raises(NotRecorded, match="amount refunded is missing"):
        record_step(case=case, done=Done(kind=Step.REFUNDED, happened_on=DAY), acting_user=max_)
    paid = Done(kind=Step.REFUNDED, happened_on=date(2026, 6, 18), amount=Decimal("65.00"))
    record_step(case=case, done=paid, acting_user=max_)
    assert not standing_now(case).is_open
    assert listed(elm, "overpayments") == []
    assert [one.case for one in listed(elm, "closed")] == [case]
    assert counts(elm)["open"] == 0


def test_other_months_with_the_same_fault(
    elm: Practice, claim: Claim, person: Who, trail: Trail
) -> None:
    from tests import cast

    approved_month(cast.make_patient(elm, 2))
    written(elm)
    other = Claim.objects.exclude(pk=claim.pk).get()
    own = open_overpayment(practice=elm, claims=[claim], finding=FOUND, acting_user=person("max"))
    wide = open_overpayment(
        practice=elm, claims=[claim], finding=replace(FOUND, fault="minutes"),
        acting_user=person("max"),
    )  # fmt: skip
    today = today_in(elm.zone)
    assert same_fault(own, today) == []
    assert same_fault(wide, today) == [other]


def test_from_the_claim_to_the_worksheet(
    elm: Practice, patient: Patient, claim: Claim, sign_in: SignIn
) -> None:
    page = reverse("claim_after", args=[patient.public_id, FEBRUARY])
    client = sign_in("max")
    seen = client.get(page).content.decode()
    assert "takes no replacement claims" in seen
    form = reverse("claim_correct", args=[patient.public_id, FEBRUARY, "reopening"])
    assert client.get(form).status_code == 200
    wrong = client.post(form, {"change": "line", "reason": "Forgot", "determined_on": "2026-03-20"})
    assert wrong.status_code == 422
    assert "does not mend that" in wrong.content.decode()
    given = {"change": "units", "reason": "Units 1, not 2", "determined_on": "2026-03-20"}
    answer = client.post(form, given)
    case = Case.objects.get()
    assert answer["Location"] == reverse("case", args=[case.public_id])
    paper = client.get(reverse("case_paper", args=[case.public_id]))
    assert paper.content.startswith(b"%PDF")
    assert paper.content == client.get(reverse("case_paper", args=[case.public_id])).content
    step = reverse("case_step", args=[case.public_id])
    refused = client.post(step, {"kind": "sent", "happened_on": "2026-03-21"})
    assert refused.status_code == 422
    assert client.post(step, {"kind": "sent", "happened_on": "2026-03-21", "means": "fax"})
    assert "Sent 03/21/2026" in client.get(reverse("cases")).content.decode()
    assert patient.name in client.get(reverse("cases")).content.decode()
    events = AuditEvent.objects.filter(action__startswith="claims.case_")
    assert {"claims.case_opened", "claims.case_step", "claims.case_paper_downloaded"} <= {
        one.action for one in events
    }


@pytest.mark.parametrize("kind", ["records", "overpayment"])
def test_opening_by_claim_numbers(claim: Claim, sign_in: SignIn, kind: str) -> None:
    address = reverse("case_new", args=[kind])
    client = sign_in("coco")
    given = {
        "claims": f"{claim.control_number}, {claim.control_number}", "dated": "2026-03-20",
        "received_on": "2026-03-23", "identified_on": "2026-03-20", "found_by": "self",
        "fault": "units", "reason": "As the letter says",
    }  # fmt: skip
    unknown = client.post(address, {**given, "claims": "9999"})
    assert unknown.status_code == 422
    assert "has the number 9999" in unknown.content.decode()
    assert client.post(address, given).status_code == 302
    case = Case.objects.get()
    assert [one.claim for one in case.claims.all()] == [claim]
    assert client.get(reverse("case", args=[case.public_id])).status_code == 200
    assert client.get(reverse("case_paper", args=[case.public_id])).content.startswith(b"%PDF")
    same = client.get(reverse("case_same", args=[case.public_id]))
    assert same.status_code == (200 if kind == "overpayment" else 404)
