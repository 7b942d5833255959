"""The page of a call: begun, asked, noted, closed with the next contact; tries counted and limited."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from steadwell.audit.services import audit_trail
from steadwell.outreach.models import Call
from steadwell.outreach.selectors.calls import call_backs_of, calls_on
from steadwell.outreach.tests.conftest import later
from steadwell.patients.models import Patient
from steadwell.practices.models import Person
from steadwell.timekeeping import services as timekeeping
from steadwell.timekeeping.models import Interval, Note, RunningClock
from steadwell.timekeeping.tests.conftest import Wall
from tests import cast

SignIn = Callable[[str], Client]
REACHED: dict[str, Any] = {
    "act": "close", "identifiers": ["name", "birth_date"], "reason": "Monthly call",
    "changed": "Sleeps on two pillows.", "done": "Went over the salt list.", "plan_item": "plan",
    "next_step": "Ask about the weight", "next_on": "2026-03-24", "disposition": "reached",
}  # fmt: skip


def at(patient: Patient, more: str = "call/") -> str:
    return f"/patients/{patient.public_id}/{more}"


def begin(client: Client, patient: Patient, direction: str = "out") -> Any:
    return client.post(at(patient, "call/start/"), {"direction": direction})


def end(client: Client, patient: Patient, **fields: Any) -> Any:
    return client.post(at(patient), {**REACHED, **fields})


def tried(patient: Patient, disposition: str, hours: int, author: Person) -> Note:
    """A note of an earlier try, `hours` ago."""
    with audit_trail(practice_id=patient.practice_id):
        return timekeeping.write_note(
            patient=patient, acting_user=author, kind="call", done="Tried.",
            occurred_at=cast.NOW - timedelta(hours=hours), disposition=disposition,
        )  # fmt: skip


def test_a_call_from_its_start_to_its_note(enrolled: Patient, sign_in: SignIn, wall: Wall) -> None:
    client = sign_in("ben")
    assert begin(client, enrolled).status_code == 302
    assert RunningClock.objects.get().activity == "phone_call"
    wall.tick(402)
    answer = end(client, enrolled, **{"q-breath": "worse", "q-why": "monthly"})
    assert answer.status_code == 302
    note, call = Note.objects.get(), Call.objects.get()
    assert (note.kind, note.disposition, note.next_step) == (
        "call",
        "reached",
        "Ask about the weight",
    )
    assert (call.note, call.disposition, call.identifiers) == (
        note,
        "reached",
        ["name", "birth_date"],
    )
    assert call.answers == {"breath": "worse", "why": "monthly"}
    assert call.questions_version == "2026-01-01"
    assert Interval.objects.get().seconds == 402
    assert Interval.objects.get().support.get().note == note
    assert not RunningClock.objects.exists()
    assert "6:42 of work goes with its note" in client.get(answer.url).content.decode()
    assert [one.patient for one in calls_on(enrolled.practice, call.person, cast.TODAY)] == [
        enrolled
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"identifiers": ["name"]}, "1 of two identifiers is checked."),
        ({"identifiers": ["name", "favorite color"]}, "1 of two identifiers is checked."),
        ({"reason": " "}, "does not say why you spoke"),
        ({"changed": ""}, "does not say what changed"),
        ({"done": ""}, "does not say what was done"),
        ({"next_on": ""}, "Book the next contact"),
        ({"next_on": "2026-03-16"}, "03/16/2026, is over"),
        ({"plan_item": ""}, "Choose the problem or goal"),
        ({"disposition": ""}, "Say how the call ended."),
        ({"disposition": "voicemail", "q-breath": "same"}, "somebody was reached"),
        ({"disposition": "call_back"}, "Say when they want to be called back"),
        ({"disposition": "call_back", "back_on": "2026-03-17", "back_at": "10:00"}, "an hour ahead"),
        ({"q-weight": "1740"}, "Weight this morning cannot be"),
    ],
)  # fmt: skip
def test_a_refused_end_loses_nothing(
    fields: dict[str, Any], words: str, enrolled: Patient, sign_in: SignIn, wall: Wall
) -> None:
    client = sign_in("ben")
    begin(client, enrolled)
    wall.tick(0)
    page = end(client, enrolled, spoke_with="Her daughter Ann", **fields)
    assert page.status_code == 422
    text = page.content.decode()
    assert words in text
    for kept in ("done", "changed", "next_step"):
        assert {**REACHED, **fields}[kept] in text
    assert not Note.objects.exists()
    assert Call.objects.get().ended_at is None


def test_the_draft_is_of_answers_and_is_edited(enrolled: Patient, sign_in: SignIn) -> None:
    client = sign_in("ben")
    begin(client, enrolled)
    said = {"q-swelling": "more", "q-why": "monthly", "changed": "By hand."}
    client.post(at(enrolled), {"act": "draft", **said})
    page = client.get(at(enrolled)).content.decode()
    assert "More swelling. By hand." in page
    assert 'value="Monthly call"' in page
    client.post(at(enrolled), {"act": "draft", "q-swelling": "more", "changed": "More swelling."})
    assert Call.objects.get().words["changed"] == "More swelling."


def test_it_warns_once_of_last_months_words_and_says_which(
    enrolled: Patient, sign_in: SignIn, person: Callable[[str], Person]
) -> None:
    with audit_trail(practice_id=enrolled.practice_id):
        timekeeping.write_note(
            patient=enrolled, acting_user=person("ana"), kind="call", done=REACHED["done"],
            changed=REACHED["changed"], occurred_at=cast.NOW - timedelta(days=28),
        )  # fmt: skip
    client = sign_in("ben")
    begin(client, enrolled)
    first = end(client, enrolled)
    assert first.status_code == 422
    assert "Nearly the same words as on February 17, by Dr. Ana Abbott" in first.content.decode()
    assert end(client, enrolled, seen_warning="1").status_code == 302


def test_the_promise_the_wishes_and_the_limits_stand_on_top(
    enrolled: Patient, sign_in: SignIn, person: Callable[[str], Person]
) -> None:
    with audit_trail(practice_id=enrolled.practice_id):
        timekeeping.write_note(
            patient=enrolled, acting_user=person("ana"), kind="call", done="Spoke.",
            next_step="Ask about the dizziness", next_on=cast.TODAY - timedelta(days=1),
            occurred_at=cast.NOW - timedelta(days=5),
        )  # fmt: skip
    client = sign_in("ben")
    reach = {
        "best_hour": "After 2 pm", "hearing": "Hard of hearing", "message": "agreed",
        "message_words": "It is Ben from Elm Street", "picks_up": "Ann", "rings_long": "on",
        "may_hear": "Ann, daughter, all",
    }  # fmt: skip
    assert client.post(at(enrolled, "reach/"), reach).status_code == 302
    limits = {"gain_day": "2.5", "set_by": "Dr. Abbott", "set_on": "2026-03-02"}
    assert client.post(at(enrolled, "reach/limits/"), limits).status_code == 302
    page = client.get(at(enrolled)).content.decode()
    for words in (
        "Ask about the dizziness", "Was due March 16", "After 2 pm", "Hard of hearing", "Ann picks up",
        "Let it ring long", "“It is Ben from Elm Street”", "Ann, daughter, all", "Over 2.5 lb in a day",
        "more than 5 lb in a week", "Dr. Abbott, 03/02/2026",
    ):  # fmt: skip
        assert words in page, words


def test_call_back_books_the_hour(enrolled: Patient, sign_in: SignIn) -> None:
    client = sign_in("ben")
    begin(client, enrolled)
    back = {"disposition": "call_back", "back_on": "2026-03-17", "back_at": "14:30", "done": "",
            "next_step": "", "next_on": "", "plan_item": ""}  # fmt: skip
    assert end(client, enrolled, **back).status_code == 302
    note = Note.objects.get()
    assert (note.next_step, note.next_on) == ("Call back at 2:30 PM", cast.TODAY)
    assert list(call_backs_of(enrolled.practice)) == [enrolled.pk]
    with later(cast.NOW + timedelta(hours=4)):
        begin(client, enrolled)
        end(client, enrolled)
    assert call_backs_of(enrolled.practice) == {}


def test_nobody_was_called_after_all(enrolled: Patient, sign_in: SignIn) -> None:
    client = sign_in("ben")
    begin(client, enrolled)
    assert client.post(at(enrolled, "call/drop/")).status_code == 302
    assert Call.objects.get().disposition == Call.NOT_MADE
    assert not Note.objects.exists()
    begin(client, enrolled)
    client.post(at(enrolled, "call/answers/"), {"q-breath": "same"})
    assert client.post(at(enrolled, "call/drop/")).status_code == 422


def test_starting_twice_is_one_call_and_an_ended_one_takes_nothing_more(
    enrolled: Patient, sign_in: SignIn
) -> None:
    client = sign_in("ben")
    begin(client, enrolled)
    begin(client, enrolled)
    assert Call.objects.count() == 1
    end(client, enrolled)
    again = end(client, enrolled, seen_warning="1")
    assert again.status_code == 422
    assert "No call of yours runs here" in again.content.decode()
    assert Note.objects.count() == 1


def test_nobody_calls_the_dead(enrolled: Patient, sign_in: SignIn) -> None:
    Patient.objects.filter(pk=enrolled.pk).update(is_deceased=True)
    assert begin(sign_in("ben"), enrolled).status_code == 422


def test_the_questions_go_with_the_diseases(enrolled: Patient, sign_in: SignIn) -> None:
    client = sign_in("ben")
    begin(client, enrolled)
    page = client.get(at(enrolled)).content.decode()
    assert "Weight this morning" in page
    assert "life is not worth living" in page
    assert "Rescue inhaler" not in page


def test_who_only_reads_is_told_who_calls(enrolled: Patient, sign_in: SignIn) -> None:
    page = sign_in("max").get(at(enrolled)).content.decode()
    assert "Calls are made by care managers" in page
    assert "call/start/" not in page


def test_the_page_asks_the_database_the_same_number_of_times(
    enrolled: Patient, sign_in: SignIn, person: Callable[[str], Person], django_assert_max_num_queries: Any
) -> None:  # fmt: skip
    client = sign_in("ben")
    begin(client, enrolled)
    for hours in range(1, 30):
        tried(enrolled, "voicemail", hours * 25, person("ben"))
    with django_assert_max_num_queries(48):
        assert client.get(at(enrolled)).status_code == 200
