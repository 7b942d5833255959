"""Red flags: opened by an answer or by hand; the call ends only when step and person told stand there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client

from steadwell.outreach import services
from steadwell.outreach.models import Call, Escalation, Protocol, RedFlag, RedFlagKind
from steadwell.outreach.selectors.safety import open_flags_of, steps_for
from steadwell.outreach.tests.test_calls import REACHED, at, begin, end
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from steadwell.timekeeping.models import Note

SignIn = Callable[[str], Client]


@pytest.fixture
def ben(enrolled: Patient, sign_in: SignIn) -> Client:
    client = sign_in("ben")
    begin(client, enrolled)
    return client


def ask(client: Client, patient: Patient, **answers: str) -> Any:
    sent = {f"q-{key}": value for key, value in answers.items()}
    return client.post(at(patient, "call/answers/"), sent, headers={"HX-Request": "true"})


def act(client: Client, patient: Patient, **fields: str) -> Any:
    flag = RedFlag.objects.get(closed_at=None)
    given = {"step": "911", "said": "The crew came.", "told": "Dr. Abbott", **fields}
    named = {f"flag-{flag.public_id}-{key}": value for key, value in given.items()}
    return client.post(at(patient, f"call/flags/{flag.public_id}/"), named)


def test_an_answer_puts_the_protocol_on_the_screen(enrolled: Patient, ben: Client) -> None:
    answer = ask(ben, enrolled, chest="now")
    page = answer.content.decode()
    assert answer["HX-Reswap"] == "outerHTML show:#flags:top"  # scrolled to, wherever she was
    assert "HX-Reswap" not in ask(ben, enrolled, chest="now")
    assert "Chest pain: do this now" in page
    assert "911" in page
    assert "<html" not in page
    ask(ben, enrolled, chest="now", breath="rest")
    assert [one.kind for one in RedFlag.objects.order_by("pk")] == ["chest_pain", "breathless"]
    ask(ben, enrolled, chest="no")  # said otherwise afterwards: it stays until it is recorded
    assert RedFlag.objects.filter(closed_at=None).count() == 2


def test_the_patients_own_weight_limit_opens_it(enrolled: Patient, ben: Client) -> None:
    limits = {"gain_day": "1.5", "set_by": "Dr. Abbott", "set_on": "2026-03-02"}
    ben.post(at(enrolled, "reach/limits/"), limits)
    page = ask(ben, enrolled, weight="173", weight_day="171").content.decode()
    assert "Their limit is 1.5 lb, set by Dr. Abbott on 03/02/2026." in page


def test_the_call_cannot_be_closed_before(enrolled: Patient, ben: Client) -> None:
    ask(ben, enrolled, life="yes")
    for disposition in ("reached", "no_answer"):
        refused = end(ben, enrolled, disposition=disposition)
        assert refused.status_code == 422
        assert "Thoughts of suicide: record the step taken" in refused.content.decode()
    assert ben.post(at(enrolled, "call/drop/")).status_code == 422
    assert not Note.objects.exists()
    assert act(ben, enrolled, step="988").status_code == 302
    assert end(ben, enrolled, **{"q-life": "yes"}).status_code == 302
    flag = RedFlag.objects.get()
    assert (flag.step, flag.told, flag.call) == ("988", "Dr. Abbott", Call.objects.get())


def test_closing_with_an_answer_in_the_same_press_opens_it_first(
    enrolled: Patient, ben: Client
) -> None:
    refused = end(ben, enrolled, **{"q-chest": "now"})
    assert refused.status_code == 422
    assert "Chest pain: do this now" in refused.content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"step": ""}, "Choose the step that was taken."),
        ({"step": "988"}, "Choose the step that was taken."),  # not about chest pain
        ({"said": " "}, "Say in a sentence what was done."),
        ({"told": " "}, "Say who was told, by name."),
    ],
)
def test_step_words_and_person_are_needed(
    fields: dict[str, str], words: str, enrolled: Patient, ben: Client
) -> None:
    ask(ben, enrolled, chest="now")
    refused = act(ben, enrolled, **fields)
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert RedFlag.objects.get().closed_at is None


def test_a_mistake_needs_a_reason_and_tells_nobody(enrolled: Patient, ben: Client) -> None:
    ask(ben, enrolled, chest="now")
    assert act(ben, enrolled, step="error", told="", also_send="on").status_code == 302
    assert not Escalation.objects.exists()
    ask(ben, enrolled, chest="now")
    assert RedFlag.objects.count() == 1  # the same answer does not open it again
    ben.post(at(enrolled, "call/flags/"), {"kind": "chest_pain"})
    assert RedFlag.objects.count() == 2  # a person may


def test_it_goes_to_the_practitioner_as_urgent(
    enrolled: Patient, ben: Client, person: Callable[[str], Person]
) -> None:
    ask(ben, enrolled, breath="rest")
    act(ben, enrolled, also_send="on")
    row = Escalation.objects.get()
    assert (row.urgency, row.first, row.minutes) == ("urgent", person("ana"), 15)
    assert row.red_flag == RedFlag.objects.get()
    assert "The crew came." in row.background


@pytest.mark.parametrize("kind", RedFlagKind.values)
def test_each_can_be_opened_by_hand_before_anything_is_asked(
    kind: str, enrolled: Patient, ben: Client
) -> None:
    assert ben.post(at(enrolled, "call/flags/"), {"kind": kind}).status_code == 302
    assert open_flags_of(enrolled.practice) == {enrolled.pk: RedFlagKind(kind).label}
    assert "911" in dict(steps_for(kind))
    assert ben.post(at(enrolled, "call/flags/"), {"kind": "hiccups"}).status_code == 422


def test_the_practices_own_protocol_is_shown_and_the_shown_one_stays(
    enrolled: Patient, ben: Client, elm: Practice, person: Callable[[str], Person], trail: object
) -> None:
    services.change_protocol(
        practice=elm, kind="chest_pain", steps=["Ring the red bell."], approved_by="Dr. Abbott",
        acting_user=person("max"),
    )  # fmt: skip
    page = ask(ben, enrolled, chest="now").content.decode()
    assert "Ring the red bell." in page
    assert "Approved by Dr. Abbott, 03/17/2026" in page
    services.change_protocol(
        practice=elm, kind="chest_pain", steps=["Ring the blue bell."], approved_by="Dr. Abbott",
        acting_user=person("max"),
    )  # fmt: skip
    assert RedFlag.objects.get().steps == ["Ring the red bell."]
    with pytest.raises(DatabaseError), transaction.atomic():
        Protocol.objects.update(steps=["Nothing."])
    assert connection.queries_log is not None


def test_a_recorded_flag_stays_as_it_was_written(enrolled: Patient, ben: Client) -> None:
    ask(ben, enrolled, chest="now")
    act(ben, enrolled)
    flag = RedFlag.objects.get()
    again = {f"flag-{flag.public_id}-{key}": "error" for key in ("step", "said", "told")}
    refused = ben.post(at(enrolled, f"call/flags/{flag.public_id}/"), again)
    assert refused.status_code == 422
    assert "recorded already" in refused.content.decode()
    assert RedFlag.objects.get().step == "911"


def test_keeping_says_when(enrolled: Patient, ben: Client) -> None:
    kept = ben.post(at(enrolled, "call/answers/"), {"done": "Half a sen"})
    assert kept.json() == {"saved": "Kept at 10:00 AM"}
    assert Call.objects.get().words["done"] == "Half a sen"
    assert REACHED["act"] == "close"
