"""The billing page of one chart."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.billing.models import (
    Attestation,
    ClaimedElsewhere,
    InitialAssessment,
    LaneElection,
    MonthApproval,
    PatientStatus,
)
from steadwell.billing.tests.acts import post_approve
from steadwell.billing.tests.golden import (
    FEBRUARY,
    Golden,
    decision_note,
    make_golden,
    record_work,
    slot,
)
from steadwell.enrollment.models import ProgramEnrollment
from steadwell.practices.models import Person, Practice
from steadwell.timekeeping.models import Note

SignIn = Callable[[str], Client]


def page_of(golden: Golden) -> str:
    return f"{reverse('chart_billing', args=[golden.patient.public_id])}?month=2026-02"


def act(golden: Golden, name: str, *more: Any) -> str:
    return reverse(f"billing_{name}", args=[golden.patient.public_id, FEBRUARY, *more])


def test_it_opens_at_the_last_complete_month(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm)
    address = reverse("chart_billing", args=[golden.patient.public_id])
    page = sign_in("ben").get(address).content.decode()
    assert "February 2026" in page
    assert "Ready: all" in page
    assert "Only Dr. Ana Abbott approves it" in page


def opened(golden: Golden, client: Client) -> str:
    address = reverse("chart_billing", args=[golden.patient.public_id])
    return str(client.get(address).context["month"])


def test_it_opens_at_this_month_for_who_began_in_it(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm, minutes=())
    client = sign_in("ben")
    enrollment = ProgramEnrollment.objects.filter(patient=golden.patient)
    enrollment.update(starts_on=date(2026, 3, 1))
    assert opened(golden, client) == "2026-03"
    enrollment.update(starts_on=date(2026, 2, 28))
    assert opened(golden, client) == "2026-02"
    enrollment.update(starts_on=date(2026, 3, 1))
    record_work(golden, slot(1), slot(1) + timedelta(minutes=5))
    assert opened(golden, client) == "2026-02"


def test_a_patient_who_is_not_enrolled_is_shown_the_way(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm, without=["enrollment", "consent"])
    page = sign_in("max").get(page_of(golden)).content.decode()
    assert "Not enrolled in February 2026" in page
    assert "#consent" in page


def test_the_practitioner_writes_attests_chooses_and_approves(
    elm: Practice, sign_in: SignIn
) -> None:
    golden = make_golden(elm, minutes=(65,))
    client = sign_in("ana")
    assert (
        "No decision-making note lies in February 2026"
        in client.get(page_of(golden)).content.decode()
    )

    client.post(
        act(golden, "note"),
        {
            "note-made_on": "2026-02-20",
            "note-problems": "Kidney disease, worse",
            "note-reviewed": "Creatinine reviewed",
            "note-risk": "Drug therapy that needs monitoring",
        },
    )
    note = Note.objects.get(kind="decision")
    client.post(act(golden, "attest"), {"attest-level": "high", "attest-note": note.public_id})
    client.post(act(golden, "lane"), {"lane-lane": "pooled"})
    response = post_approve(client, golden)

    assert (response.status_code, response["Location"]) == (302, page_of(golden))
    assert (Attestation.objects.get().level, LaneElection.objects.get().lane) == ("high", "pooled")
    assert MonthApproval.objects.get().lines[0]["code"] == "99487"
    assert "Approved March 17, 2026" in client.get(page_of(golden)).content.decode()


def test_nothing_typed_is_lost_when_the_answer_is_no(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm)
    response = sign_in("ana").post(
        act(golden, "note"),
        {
            "note-made_on": "2026-03-02",
            "note-problems": "Kidney disease, worse",
            "note-reviewed": "",
            "note-risk": "",
        },
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "03/02/2026 is outside February 2026" in page
    assert "Data reviewed is needed." in page
    assert "Kidney disease, worse" in page


def test_an_attestation_without_a_note_is_refused_in_words(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm)
    decision_note(golden)
    response = sign_in("ana").post(act(golden, "attest"), {"attest-level": "high"})
    assert response.status_code == 422
    assert "Decision-making note is needed." in response.content.decode()


def test_a_flag_is_settled_by_its_tick(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm, minutes=(60,))
    client = sign_in("ana")
    assert "I have looked at this" in client.get(page_of(golden)).content.decode()

    refused = post_approve(client, golden)
    assert refused.status_code == 422
    assert "waits for your decision" in refused.content.decode()

    post_approve(client, golden, settled=["mdm_not_attested"])
    assert MonthApproval.objects.get().lines[0]["code"] == "99490"


def test_an_approval_is_withdrawn_on_the_page(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm)
    client = sign_in("ana")
    assert client.post(act(golden, "withdraw"), {"withdraw-reason": "None"}).status_code == 422
    post_approve(client, golden)
    assert client.post(act(golden, "withdraw"), {"withdraw-reason": ""}).status_code == 422

    client.post(act(golden, "withdraw"), {"withdraw-reason": "Wrong patient called"})

    page = client.get(page_of(golden)).content.decode()
    assert "Wrong patient called" in page
    assert MonthApproval.objects.get().withdrawn_by_id


def test_what_is_known_from_elsewhere_is_recorded_and_taken_back(
    elm: Practice, sign_in: SignIn
) -> None:
    golden = make_golden(elm)
    client = sign_in("ben")
    client.post(
        act(golden, "elsewhere"),
        {"elsewhere-code": "99490", "elsewhere-source": "Their office, March 2"},
    )
    entry = ClaimedElsewhere.objects.get()
    assert "Cannot be billed" in client.get(page_of(golden)).content.decode()

    back = act(golden, "take_back", "elsewhere", entry.public_id)
    assert client.post(back, {"take_back-reason": ""}).status_code == 422
    assert client.post(back, {"take_back-reason": "Another patient"}).status_code == 302
    assert client.post(back, {"take_back-reason": "Another patient"}).status_code == 404
    assert "Ready: all" in client.get(page_of(golden)).content.decode()


def test_a_status_is_recorded_and_ended(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm)
    client = sign_in("ben")
    client.post(act(golden, "status"), {"status-kind": "hospice", "status-starts_on": "2026-02-18"})
    status = PatientStatus.objects.get()
    end = act(golden, "end", status.public_id)
    assert client.post(end, {"ends_on": "soon"}).status_code == 422
    assert client.post(end, {"ends_on": "2026-02-01"}).status_code == 422
    assert client.post(end, {"ends_on": "2026-02-20"}).status_code == 302
    assert "until 02/20/2026" in client.get(page_of(golden)).content.decode()


def test_the_assessment_is_recorded_by_the_practitioner(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm)
    note = decision_note(golden)
    client = sign_in("ana")
    given = {"assessment-took_place_on": "2026-02-03", "assessment-note": note.public_id}
    assert client.post(act(golden, "assessment"), given).status_code == 302
    assert client.post(act(golden, "assessment"), given).status_code == 422
    assert InitialAssessment.objects.count() == 1


ACTS = ("note", "attest", "lane", "assessment", "elsewhere", "status", "approve", "withdraw")
PRACTITIONER_ONLY = {"note", "attest", "lane", "assessment", "approve"}


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("ana", set(ACTS)),
        ("ben", {"elsewhere", "status"}),
        ("max", {"elsewhere", "status", "withdraw"}),
        ("eve", set()),
        ("coco", set()),
    ],
)
def test_who_may(elm: Practice, sign_in: SignIn, who: str, allowed: set[str]) -> None:
    golden = make_golden(elm)
    client = sign_in(who)
    assert client.get(page_of(golden)).status_code == 200
    for name in ACTS:
        may = client.post(act(golden, name)).status_code != 403
        assert may is (name in allowed), name


def test_another_practices_patient_is_not_there(
    client: Client, elm: Practice, oak: Practice
) -> None:
    golden = make_golden(elm)
    client.force_login(Person.objects.get(email="cy@oak.example"))
    assert client.get(page_of(golden)).status_code == 404
    assert client.post(act(golden, "status")).status_code == 404


@pytest.mark.parametrize(("who", "sees"), [("ana", True), ("coco", True), ("ben", False)])
def test_dollars_are_for_those_who_answer_for_them(
    elm: Practice, sign_in: SignIn, who: str, sees: bool
) -> None:
    page = sign_in(who).get(page_of(make_golden(elm))).content.decode()
    assert ("$" in page) is sees
