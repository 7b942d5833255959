"""Tries counted and limited, the letter after voicemails, wishes and limits that cannot be."""

from collections.abc import Callable

import pytest
from django.test import Client

from steadwell.outreach.models import CallPreferences, Escalation, Task, WorkSettings
from steadwell.outreach.selectors.calls import attempts_of
from steadwell.outreach.tests.test_calls import at, begin, end, tried
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from steadwell.timekeeping.models import Note

SignIn = Callable[[str], Client]


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("reach/", {"message": "agreed"}, "the words are missing"),
        ("reach/limits/", {"set_by": "", "set_on": "2026-03-02"}, "Say who set these limits"),
        ("reach/limits/", {"set_by": "Dr. A", "set_on": "2026-03-18"}, "lies ahead"),
        ("reach/limits/", {"set_by": "Dr. A", "set_on": "2026-03-17", "glucose_low": "120",
                           "glucose_high": "110"}, "is not under the high one"),
    ],
)  # fmt: skip
def test_wishes_and_limits_that_cannot_be(
    path: str, fields: dict[str, str], words: str, enrolled: Patient, sign_in: SignIn
) -> None:
    page = sign_in("ben").post(at(enrolled, path), fields)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not CallPreferences.objects.exists()


def test_tries_are_counted_and_limited(
    enrolled: Patient, sign_in: SignIn, person: Callable[[str], Person]
) -> None:
    client = sign_in("ben")
    for hours in (1, 2):
        tried(enrolled, "no_answer", hours, person("ben"))
    assert begin(client, enrolled).status_code == 302
    answer = end(client, enrolled, disposition="no_answer", plan_item="", done="")
    assert answer.status_code == 302
    assert Note.objects.order_by("pk").last().done == "Called at 10:00 AM: nobody answered."  # type: ignore[union-attr]
    refused = begin(client, enrolled)
    assert refused.status_code == 422
    assert "3 tries today already, and this practice calls at most 3" in refused.content.decode()
    assert begin(client, enrolled, "in").status_code == 302  # they may call us


def test_yesterdays_tries_and_a_talk_start_again(
    enrolled: Patient, person: Callable[[str], Person]
) -> None:
    for hours in (72, 30):
        tried(enrolled, "voicemail", hours, person("ben"))
    tries = attempts_of(enrolled)
    assert (tries.voicemails, tries.today, tries.is_over) == (2, 0, False)
    tried(enrolled, "reached", 20, person("ben"))
    assert attempts_of(enrolled).tries == []


@pytest.mark.parametrize(("before", "letters"), [(1, 0), (2, 1), (3, 0)])
def test_the_third_voicemail_makes_the_letter_ready_and_tells_the_practitioner(
    before: int, letters: int, enrolled: Patient, sign_in: SignIn, person: Callable[[str], Person]
) -> None:
    for number in range(before):
        tried(enrolled, "voicemail", 24 * (number + 2), person("ben"))
    client = sign_in("ben")
    begin(client, enrolled)
    assert end(client, enrolled, disposition="voicemail", plan_item="").status_code == 302
    assert Task.objects.filter(kind="letter").count() == letters
    assert Escalation.objects.filter(urgency="routine", first=person("ana")).count() == letters
    if letters:
        assert "letter" in Task.objects.get().title
        assert "Nobody leaves the program" in Escalation.objects.get().background


def test_the_practice_says_how_many(
    enrolled: Patient, sign_in: SignIn, elm: Practice, person: Callable[[str], Person]
) -> None:
    WorkSettings.objects.create(practice=elm, attempts_a_day=1, voicemails_before_letter=1)
    client = sign_in("ben")
    begin(client, enrolled)
    end(client, enrolled, disposition="voicemail", plan_item="")
    assert Task.objects.count() == 1
    assert begin(client, enrolled).status_code == 422


@pytest.mark.parametrize(
    ("message", "words"),
    [("", "Left no message."), ("number", "Left a name and a number"), ("agreed", "“It is Ben”")],
)
def test_a_voicemail_says_what_was_left(
    message: str, words: str, enrolled: Patient, sign_in: SignIn
) -> None:
    client = sign_in("ben")
    client.post(at(enrolled, "reach/"), {"message": message, "message_words": "It is Ben"})
    begin(client, enrolled)
    end(client, enrolled, disposition="voicemail", done="", plan_item="")
    assert words in Note.objects.get().done
