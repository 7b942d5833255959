"""What the trail says of pages: every look at a record, and nothing done that was refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.audit.services import Trail
from steadwell.billing.tests.golden import make_golden, record_work, slot
from steadwell.outreach.overview import items_of
from steadwell.practices.models import Practice
from steadwell.timekeeping.models import Note
from steadwell.timekeeping.services import correct_interval
from tests.matrix import ADDRESSES, MATRIX, address

SignIn = Callable[[str], Client]


def test_what_a_refusal_undid_is_not_recorded_as_done(
    elm: Practice, sign_in: SignIn, trail: Trail
) -> None:
    golden = make_golden(elm, minutes=())
    bare = record_work(golden, slot(1), slot(1) + timedelta(minutes=9), note=False)
    correct_interval(
        interval=bare, reason="Shorter", acting_user=bare.person,
        ended_at=bare.started_at + timedelta(minutes=8),
    )  # fmt: skip
    item = items_of(golden.patient)[0][0]
    page = reverse("chart_time_support", args=[golden.patient.public_id, bare.public_id])

    answer = sign_in("ben").post(page, {"done": "Called the pharmacy.", "plan_item": item})

    assert answer.status_code == 422
    assert not Note.objects.filter(done="Called the pharmacy.").exists()
    event = AuditEvent.objects.get(action="note.written")
    assert event.outcome == "failed"


# Pages that show nothing of any patient.
NOBODYS = {"month_end", "claims"} | {name for name in MATRIX if name.startswith("settings")}
PAGES = [name for name, row in MATRIX.items() if row.read and name not in NOBODYS]


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", PAGES)
def test_every_look_at_a_record_names_whose(elm: Practice, sign_in: SignIn, name: str) -> None:
    golden = make_golden(elm)
    client = sign_in("ben" if "ben" in MATRIX[name].read else "max")
    shows = golden.patient.family_name.encode()
    for headers in ({}, {"HX-Request": "true"}):
        before = set(AuditEvent.objects.values_list("pk", flat=True))
        answer = client.get(address(name, golden.patient), headers=headers)
        events = AuditEvent.objects.exclude(pk__in=before)
        named = [golden.patient.pk in event.patient_ids for event in events]
        if shows in answer.content or "patient_id" in ADDRESSES[name]:
            assert any(named), answer.status_code
        for event in events:
            words = f"{event.subject} {event.reason} {event.origin}"
            assert golden.patient.family_name not in words


@pytest.mark.exhaustive
def test_no_title_and_no_file_name_holds_a_name(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm)
    client = sign_in("ana")
    for name in PAGES:
        answer = client.get(address(name, golden.patient))
        title = answer.content.partition(b"<title>")[2].partition(b"</title>")[0]
        for where in (
            title.decode(),
            answer.get("Content-Disposition", ""),
            answer.get("Location", ""),
        ):
            for word in (golden.patient.family_name, golden.patient.given_name, "1EG4TE5MK73"):
                assert word not in where, name
