"""Who may say that a record was a mistake: what a practitioner said stays theirs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.audit.services import Trail
from steadwell.billing.models import ClaimedElsewhere, InitialAssessment
from steadwell.billing.services import NotTheirs, take_back
from steadwell.billing.tests.golden import FEBRUARY, Golden, decision_note, make_golden
from steadwell.practices.models import Membership, Person, Practice
from tests import cast

SignIn = Callable[[str], Client]
People = Callable[[str], Person]


def assessed(golden: Golden) -> InitialAssessment:
    return InitialAssessment.objects.create(
        practice=golden.practice, patient=golden.patient, practitioner=golden.practitioner,
        took_place_on=FEBRUARY.first, note=decision_note(golden), recorded_at=cast.NOW,
        recorded_by=golden.doctor,
    )  # fmt: skip


def claimed(golden: Golden) -> ClaimedElsewhere:
    return ClaimedElsewhere.objects.create(
        practice=golden.practice, patient=golden.patient, month=FEBRUARY.first, code="99490",
        source="Their office", recorded_at=cast.NOW, recorded_by=golden.nurse.person,
    )  # fmt: skip


WHO = {
    "assessment": {"ana": 302, "coco": 302, "ben": 403, "max": 403, "eve": 403},
    "elsewhere": {"ana": 302, "coco": 403, "ben": 302, "max": 302, "eve": 403},
}


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("kind", "who", "answer"),
    [(kind, who, answer) for kind, people in WHO.items() for who, answer in people.items()],
)
def test_who_may_take_back(
    elm: Practice, sign_in: SignIn, kind: str, who: str, answer: int
) -> None:
    golden = make_golden(elm)
    entry: Any = assessed(golden) if kind == "assessment" else claimed(golden)
    of = [golden.patient.public_id, FEBRUARY]
    client = sign_in(who)
    address = reverse("billing_take_back", args=[*of, kind, entry.public_id])

    page = client.get(f"{reverse('chart_billing', args=of[:1])}?month=2026-02").content.decode()
    assert (address in page) is (answer == 302)  # the button is there for whom it works

    assert client.post(address, {"take_back-reason": "A mistake"}).status_code == answer
    entry.refresh_from_db()
    assert (entry.taken_back_at is not None) is (answer == 302)


def test_another_practitioner_takes_back_no_assessment(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm)
    entry = assessed(golden)
    other = cast.make_member(elm, "bo@elm.example", "Dr. Bo", "physician", "practitioner")
    with pytest.raises(NotTheirs, match=r"Only Dr\. Ana Abbott"):
        take_back(entry=entry, kind="assessment", reason="A mistake", acting_user=other)
    assert Membership.objects.filter(person=other).exists()


def test_compliance_takes_back_with_a_reason_that_is_on_record(
    elm: Practice, sign_in: SignIn
) -> None:
    golden = make_golden(elm)
    entry = assessed(golden)
    address = reverse(
        "billing_take_back",
        args=[golden.patient.public_id, FEBRUARY, "assessment", entry.public_id],
    )
    client = sign_in("coco")
    assert client.post(address, {"take_back-reason": ""}).status_code == 422
    assert client.post(address, {"take_back-reason": "Note is of 2024"}).status_code == 302
    event = AuditEvent.objects.get(action="billing.assessment_taken_back")
    assert event.reason == "Note is of 2024"
