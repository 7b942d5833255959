"""Questions to a practitioner: whose turn it is follows from the time; the answer comes back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from steadwell.audit.services import Trail
from steadwell.common.errors import Refusal
from steadwell.outreach import services
from steadwell.outreach.models import Escalation, StandingOrder, WorkSettings
from steadwell.outreach.selectors.escalations import (
    answers_for,
    escalated_patients,
    open_escalations,
)
from steadwell.outreach.selectors.practice import deputies_of, settings_of
from steadwell.outreach.tests.conftest import later
from steadwell.outreach.tests.test_calls import at
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice, Practitioner
from tests import cast

SignIn = Callable[[str], Client]
NUMBERS = {"attempts_a_day": "4", "voicemails_before_letter": "2", "urgent_minutes": "10",
           "same_day_minutes": "60", "routine_minutes": "600", "last_in_line": ""}  # fmt: skip


@pytest.fixture
def line(elm: Practice, person: Callable[[str], Person], trail: Trail) -> list[Person]:
    """Ana first, Dee her deputy, Eli last."""
    ana = person("ana")
    more = [
        cast.make_member(elm, f"{name.lower()}@elm.example", f"Dr. {name} Dunn", "physician", "practitioner")
        for name in ("Dee", "Eli")
    ]  # fmt: skip
    Practitioner.objects.filter(person=ana).update(family_name="Abbott")
    services.set_deputy(practice=elm, person=ana, deputy=more[0], acting_user=person("max"))
    WorkSettings.objects.create(practice=elm, last_in_line=more[1])
    return [ana, *more]


def asked(patient: Patient, by: Person, urgency: str = "urgent") -> Escalation:
    return services.raise_escalation(
        patient=patient, urgency=urgency, question="Dizzy since the new pill. Halve it?", acting_user=by
    )  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "place", "state"),
    [(0, 0, "waits"), (14, 0, "waits"), (15, 1, "waits"), (29, 1, "waits"), (30, 2, "waits"),
     (44, 2, "waits"), (45, 2, "past")],
)  # fmt: skip
def test_it_goes_up_the_line_with_the_time(
    minutes: int, place: int, state: str, enrolled: Patient, line: list[Person], person: Any
) -> None:
    asked(enrolled, person("ben"))
    with later(cast.NOW + timedelta(minutes=minutes)):
        [stand] = open_escalations(enrolled.practice)
        assert (stand.with_now, stand.state) == (line[place], state)
        seen_by = [one for one in line if stand.concerns(one)]
        assert seen_by == line[: place + 1]
        assert stand.is_late == (minutes >= 15)


def test_who_takes_it_stops_the_clock(
    enrolled: Patient, line: list[Person], person: Any, sign_in: SignIn
) -> None:
    row = asked(enrolled, person("ben"))
    with later(cast.NOW + timedelta(minutes=20)):
        sign_in("dee").post(f"/questions/{row.public_id}/take/")
        sign_in("ana").post(f"/questions/{row.public_id}/take/")  # too late, and it changes nothing
    with later(cast.NOW + timedelta(days=3)):
        [stand] = open_escalations(enrolled.practice)
        assert (stand.state, stand.with_now, stand.missed) == ("taken", line[1], [line[0]])


def test_the_answer_comes_back_and_is_read(
    enrolled: Patient, line: list[Person], person: Any, sign_in: SignIn
) -> None:
    row = asked(enrolled, person("ben"))
    page = sign_in("ana").get("/questions/").content.decode()
    assert "Halve it?" in page
    assert "until 10:15 AM" in page
    empty = sign_in("ana").post(f"/questions/{row.public_id}/answer/", {"words": " "})
    assert empty.status_code == 422
    assert "The answer says nothing." in empty.content.decode()
    said = {"words": "Yes, halve it."}
    assert sign_in("ana").post(f"/questions/{row.public_id}/answer/", said).status_code == 302
    assert escalated_patients(enrolled.practice) == {}
    ben = sign_in("ben")
    assert "Yes, halve it." in ben.get("/questions/").content.decode()
    assert "The practitioner has answered" in ben.get(at(enrolled, "")).content.decode()
    assert [one.row for one in answers_for(enrolled.practice, person("ben"))] == [row]
    assert ben.post(f"/questions/{row.public_id}/read/").status_code == 302
    assert answers_for(enrolled.practice, person("ben")) == []
    again = sign_in("ana").post(f"/questions/{row.public_id}/answer/", {"words": "No."})
    assert again.status_code == 422
    assert Escalation.objects.get().answer == "Yes, halve it."


def test_reading_needs_an_answer(enrolled: Patient, line: list[Person], person: Any) -> None:
    with pytest.raises(Refusal, match="no answer yet"):
        services.mark_read(escalation=asked(enrolled, person("ben")), acting_user=person("ben"))


def test_asked_from_the_chart(enrolled: Patient, sign_in: SignIn, person: Any) -> None:
    client = sign_in("ben")
    form = {
        "ask-urgency": "same_day",
        "ask-to": str(person("ana").public_id),
        "ask-question": "Fasting?",
    }
    assert client.post(at(enrolled, "work/ask/"), {**form, "ask-question": ""}).status_code == 422
    assert client.post(at(enrolled, "work/ask/"), form).status_code == 302
    assert (Escalation.objects.get().minutes, Escalation.objects.get().first) == (
        120,
        person("ana"),
    )
    assert "Fasting?" in client.get(at(enrolled, "work/")).content.decode()


def test_the_times_it_was_raised_with_stay(
    enrolled: Patient, line: list[Person], person: Any, sign_in: SignIn
) -> None:
    asked(enrolled, person("ben"))
    assert sign_in("max").post("/settings/work/times/", NUMBERS).status_code == 302
    assert settings_of(enrolled.practice).urgent_minutes == 10
    assert Escalation.objects.get().minutes == 15
    with later(cast.NOW + timedelta(minutes=12)):
        assert open_escalations(enrolled.practice)[0].state == "waits"


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("times/", {**NUMBERS, "urgent_minutes": "90"}, "no more time than the less"),
        ("times/", {**NUMBERS, "urgent_minutes": "0"}, "greater than or equal to 1"),
        ("protocol/", {"kind": "stroke", "steps": " \n ", "approved_by": "Dr. A"}, "at least one step"),
        ("protocol/", {"kind": "stroke", "steps": "Call", "approved_by": ""}, "which practitioner approved"),
        ("order/", {"credential": "rn", "text": "Refills", "approved_by": ""}, "approved this order"),
        ("order/", {"credential": "king", "text": "All", "approved_by": "Dr. A"}, "Choose the credential"),
    ],
)  # fmt: skip
def test_settings_that_cannot_be(
    path: str, fields: dict[str, str], words: str, sign_in: SignIn
) -> None:
    page = sign_in("max").post(f"/settings/work/{path}", fields)
    assert page.status_code == 422
    assert words in page.content.decode()


def test_standing_orders_deputies_and_protocols_are_the_practices(
    enrolled: Patient, line: list[Person], sign_in: SignIn, person: Any
) -> None:
    client = sign_in("max")
    order = {"credential": "rn", "text": "May renew for 30 days.", "approved_by": "Dr. Abbott"}
    assert client.post("/settings/work/order/", order).status_code == 302
    protocol = {"kind": "stroke", "steps": "Call 911.\nStay.", "approved_by": "Dr. Abbott"}
    assert client.post("/settings/work/protocol/", protocol).status_code == 302
    swap = {
        f"deputy-{line[0].public_id}": str(line[2].public_id),
        f"deputy-{line[1].public_id}": "",
    }
    assert client.post("/settings/work/deputies/", swap).status_code == 302
    assert deputies_of(enrolled.practice) == {line[0].pk: line[2].pk}
    assert StandingOrder.objects.get().text == "May renew for 30 days."
    page = client.get("/settings/work/").content.decode()
    assert "Approved by Dr. Abbott, 03/17/2026" in page
    assert "May renew for 30 days." in sign_in("ben").get(at(enrolled)).content.decode()
    assert "disabled" in sign_in("coco").get("/settings/work/").content.decode()


def test_nobody_to_answer_is_said(enrolled: Patient, person: Any, trail: Trail) -> None:
    person("ana").memberships.update(roles=["care_manager"])
    with pytest.raises(Refusal, match="No practitioner of this practice"):
        asked(enrolled, person("ben"))


def test_the_queue_asks_the_database_the_same_number_of_times(
    enrolled: Patient, line: list[Person], sign_in: SignIn, person: Any, django_assert_max_num_queries: Any
) -> None:  # fmt: skip
    client = sign_in("ana")
    client.get("/questions/")
    for _ in range(20):
        asked(enrolled, person("ben"))
    with django_assert_max_num_queries(18):
        client.get("/questions/")
