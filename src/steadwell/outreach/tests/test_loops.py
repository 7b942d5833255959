"""Loops: asked for, followed step by step until the patient knows; late ones come to the list."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from steadwell.audit.models import AuditEvent
from steadwell.audit.services import Trail
from steadwell.common.errors import Refusal
from steadwell.outreach import services
from steadwell.outreach.models import Loop, LoopEvent, Standing
from steadwell.outreach.selectors.loops import closed_loops, loops_of, open_loops
from steadwell.outreach.services import Happened, renew_standings
from steadwell.outreach.tests.conftest import later
from steadwell.outreach.tests.test_calls import at
from steadwell.outreach.worklist import Reason
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from tests import cast

SignIn = Callable[[str], Client]
TODAY, DAY = cast.TODAY, timedelta(days=1)
ALL = ["asked", "sent", "booked", "done", "read", "told"]


def opened(patient: Patient, person: Person, **more: Any) -> Loop:
    values = {
        "kind": "referral", "title": "Cardiology", "with_whom": "Riverside Heart",
        "happened": Happened(on=TODAY), **more,
    }  # fmt: skip
    return services.open_loop(patient=patient, owner=person, acting_user=person, **values)


def step(loop: Loop, name: str, person: Person, on: date = TODAY, **more: Any) -> Loop:
    happened = Happened(on=on, **more)
    return services.take_step(loop=loop, step=name, happened=happened, acting_user=person)


def test_from_asked_to_told_on_the_page(patient: Patient, sign_in: SignIn, person: Any) -> None:
    client, page = sign_in("ben"), at(patient, "work/loops/")
    form = {
        "kind": "referral", "title": "Cardiology", "with_whom": "Riverside Heart",
        "on": "2026-03-16", "due_on": "", "owner": str(person("ben").public_id),
    }  # fmt: skip
    assert client.post(page, form).status_code == 302
    loop = Loop.objects.get()
    assert (loop.next_step, loop.due_on) == ("sent", date(2026, 3, 18))
    assert "has not been sent" in client.get(at(patient, "work/")).content.decode()
    for name in ALL[1:]:
        words = "EF 45 %, no change of medicines." if name == "read" else ""
        fields = {"act": "step", "step": name, "on": "2026-03-17", "words": words}
        assert client.post(f"/loops/{loop.public_id}/", fields).status_code == 302
    loop.refresh_from_db()
    assert (loop.next_step, loop.due_on, loop.closed_at) == ("", None, cast.NOW)
    events = LoopEvent.objects.order_by("pk")
    assert [one.step for one in events] == ALL
    assert {one.by_whom for one in events} == {person("ben").full_name}
    assert "EF 45 %" in client.get(page).content.decode()
    assert "The patient was told" in client.get("/loops/?show=closed").content.decode()
    named = AuditEvent.objects.filter(action__in=[f"loop.{one}" for one in ALL])
    assert named.count() == len(ALL)
    assert all(one.patient_ids == [patient.pk] for one in named)


def test_who_did_it_elsewhere_and_the_day_of_the_next_step(
    patient: Patient, person: Any, trail: Trail
) -> None:
    loop = opened(patient, person("ben"))
    step(loop, "booked", person("ben"), by_whom="Riverside Heart", due_on=date(2026, 4, 2))
    line = loops_of(patient)[0]
    assert (line.last.by_whom, line.last.recorded_by) == ("Riverside Heart", person("ben"))
    assert (line.row.next_step, line.row.due_on) == ("done", date(2026, 4, 2))
    assert [one.label for one in line.stages if one.is_skipped] == ["Sent"]


def test_a_refill_is_neither_booked_nor_read(patient: Patient, person: Any, trail: Trail) -> None:
    loop = opened(patient, person("ben"), kind="refill", title="Metformin")
    for name in ("sent", "done", "told"):
        loop = step(loop, name, person("ben"))
    assert loop.closed_at is not None
    assert len(loops_of(patient)[0].stages) == 4


@pytest.mark.parametrize("skipped", ["read", "told", "nonsense"])
def test_a_result_is_read_before_the_patient_is_told_and_done_before_it_is_read(
    skipped: str, patient: Patient, person: Any, trail: Trail
) -> None:
    loop = opened(patient, person("ben"))
    with pytest.raises(Refusal, match="First comes: sent"):
        step(loop, skipped, person("ben"), words="Fine.")
    step(loop, "done", person("ben"))
    with pytest.raises(Refusal, match="First comes: result read"):
        step(loop, "told", person("ben"))
    with pytest.raises(Refusal, match="what the result says"):
        step(loop, "read", person("ben"))


@pytest.mark.parametrize(
    ("on", "due_on", "words"),
    [
        (TODAY + DAY, None, "lies ahead"),
        (TODAY - DAY, None, "The step before was on"),
        (TODAY, TODAY - DAY, "cannot be due on"),
    ],
)
def test_days_that_cannot_be(
    on: date, due_on: date | None, words: str, patient: Patient, person: Any, trail: Trail
) -> None:
    loop = opened(patient, person("ben"))
    with pytest.raises(Refusal, match=words):
        step(loop, "sent", person("ben"), on=on, due_on=due_on)
    step(loop, "sent", person("ben"), on=TODAY, due_on=TODAY)


def test_the_same_step_twice_is_once(patient: Patient, person: Any, trail: Trail) -> None:
    loop = opened(patient, person("ben"))
    step(loop, "sent", person("ben"))
    step(loop, "sent", person("ana"), by_whom="Somebody else")
    assert LoopEvent.objects.filter(step="sent").count() == 1


def test_stopping_needs_a_reason_and_closes(patient: Patient, person: Any, trail: Trail) -> None:
    loop = opened(patient, person("ben"))
    with pytest.raises(Refusal, match="Say why"):
        services.stop_loop(loop=loop, reason=" ", acting_user=person("ben"))
    services.stop_loop(loop=loop, reason="Declined on the phone", acting_user=person("ben"))
    line = closed_loops(patient.practice)[0]
    assert (line.is_stopped, line.last.words) == (True, "Declined on the phone")
    with pytest.raises(Refusal, match="was closed on"):
        step(loop, "sent", person("ben"))


def test_moved_and_given(patient: Patient, person: Any, trail: Trail) -> None:
    loop, ben, ana = opened(patient, person("ben")), person("ben"), person("ana")
    with pytest.raises(Refusal, match="Say why the day moves"):
        services.move_step(loop=loop, due_on=TODAY, reason="", acting_user=ben)
    with pytest.raises(Refusal, match="is over"):
        services.move_step(loop=loop, due_on=TODAY - DAY, reason="x", acting_user=ben)
    loop = services.move_step(loop=loop, due_on=TODAY, reason="Fax is down", acting_user=ben)
    loop = services.give_loop(loop=loop, owner=ana, acting_user=ben)
    assert (loop.due_on, loop.owner) == (TODAY, ana)
    kinds = [one.kind for one in loops_of(patient)[0].events]
    assert kinds == ["step", "moved", "given"]
    assert [one.row for one in open_loops(patient.practice, owner=ana)] == [loop]


def test_what_happened_is_never_rewritten(patient: Patient, person: Any, trail: Trail) -> None:
    opened(patient, person("ben"))
    with pytest.raises(DatabaseError, match=r"append-only|denied"), transaction.atomic():
        LoopEvent.objects.update(happened_on=TODAY - DAY)


def test_a_late_step_comes_to_the_list_and_leaves_it(
    enrolled: Patient, elm: Practice, person: Any, trail: Trail, sign_in: SignIn
) -> None:
    loop = opened(enrolled, person("ben"), happened=Happened(on=TODAY, due_on=TODAY))
    bit = 1 << Reason.LOOP
    renew_standings(elm)
    assert not Standing.objects.get().reasons & bit
    with later(cast.NOW + DAY):
        assert renew_standings(elm) == 1  # the row knew until when it held
        assert Standing.objects.get().reasons & bit
        page = sign_in("ben").get("/?show=loops&who=all").content.decode()
        assert "The referral “Cardiology” has not been sent." in page
        assert at(enrolled, "work/loops/") in page
        assert "Cardiology" in sign_in("ben").get("/loops/?who=all&show=late").content.decode()
        step(loop, "sent", person("ben"), on=TODAY + DAY)
        assert renew_standings(elm) == 1
        assert not Standing.objects.get().reasons & bit


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"act": "step", "step": "sent", "on": ""}, "on which day"),
        ({"act": "step", "step": "sent", "on": "9999-01-01"}, "too far away"),
        ({"act": "move", "moved_to": "x", "reason": "y"}, "Enter a valid date"),
        ({"act": "stop", "why": ""}, "Say why"),
        ({"act": "give", "owner": "x"}, "Choose who follows"),
        ({"act": "?"}, "Choose what happened"),
    ],
)
def test_refused_on_the_page(
    fields: dict[str, str], words: str, patient: Patient, sign_in: SignIn, person: Any, trail: Trail
) -> None:
    loop = opened(patient, person("ben"))
    answer = sign_in("ben").post(f"/loops/{loop.public_id}/", fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert LoopEvent.objects.count() == 1


def test_another_practices_loop_is_not_there(
    patient: Patient, oak: Practice, person: Any, trail: Trail, sign_in: SignIn
) -> None:
    loop = opened(patient, person("ben"))
    answer = sign_in("cy").post(f"/loops/{loop.public_id}/", {"act": "stop", "why": "x"})
    assert answer.status_code == 404
    assert sign_in("max").post(f"/loops/{loop.public_id}/", {"act": "stop"}).status_code == 403
