"""A call: begun, kept while it runs, and closed with its note and the next contact in one step."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.outreach.models import Call, CallPreferences
from steadwell.outreach.questions import draft_words, flags_in
from steadwell.outreach.questions.answers import Answers
from steadwell.outreach.selectors.calls import (
    attempts_of,
    open_call_of,
    preferences_of,
    questions_for,
)
from steadwell.outreach.selectors.safety import as_limits, flags_of, limits_of
from steadwell.outreach.services.after_calls import follow_voicemail
from steadwell.outreach.services.safety import open_found
from steadwell.outreach.services.work import Finished, finish_work
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person
from steadwell.timekeeping import services as timekeeping
from steadwell.timekeeping.models import Activity

REACHED, VOICEMAIL, CALL_BACK = "reached", "voicemail", "call_back"
IDENTIFIERS = 2
REACHING = ("reach", "Reaching the patient")
NEEDED = {"reason": "why you spoke", "changed": "what changed", "done": "what was done"}
WORDS = ("reason", "changed", "done", "next_step", "next_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands on the page of a running call."""

    answers: Answers = field(default_factory=dict)
    identifiers: list[str] = field(default_factory=list)
    spoke_with: str = ""
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a call ended, what its note says, and when the next contact is."""

    disposition: str
    reason: str = ""
    changed: str = ""
    done: str = ""
    next_step: str = ""
    next_on: date | None = None
    call_back_at: datetime | None = None
    plan_item: str = ""
    plan_item_label: str = ""


@transaction.atomic
def start_call(
    *, patient: Patient, membership: Membership, direction: str, acting_user: Person
) -> Call:
    """Begin a call, and let the clock run as one. A call that runs already goes on.

    Raises:
        Refusal: the patient has died, or was tried as often today as the practice allows.
    """
    Patient.objects.select_for_update(no_key=True).get(
        practice_id=patient.practice_id, pk=patient.pk
    )
    if (running := open_call_of(patient, acting_user)) is not None:
        return running
    _check_may_call(patient, direction)
    questions, _ = questions_for(patient)
    call = Call.objects.create(
        practice_id=patient.practice_id, patient=patient, person=acting_user, direction=direction,
        number=patient.phone, started_at=now(), questions_version=questions.version,
    )  # fmt: skip
    with suppress(Refusal):  # no clock runs for this credential; the call is the same
        timekeeping.switch(
            patient=patient, membership=membership, acting_user=acting_user,
            activity=Activity.PHONE_CALL,
        )  # fmt: skip
    record("call.started", subject=f"outreach.call/{call.pk}", patient_ids=[patient.pk])
    return call


@transaction.atomic
def keep_call(*, call: Call, typed: Typed, acting_user: Person) -> Call:
    """Keep what is on the page, and open the protocol of every red flag in the answers."""
    row = _running(call)
    row.answers, row.identifiers = typed.answers, typed.identifiers
    row.spoke_with, row.words = typed.spoke_with, typed.words
    row.save(update_fields=["answers", "identifiers", "spoke_with", "words"])
    questions, _ = questions_for(row.patient)
    found = flags_in(questions, typed.answers, as_limits(limits_of(row.patient)))
    open_found(call=row, found=found, acting_user=acting_user)
    return row


@transaction.atomic
def draft_note(*, call: Call, acting_user: Person) -> Call:  # noqa: ARG001 (the trail names them)
    """Put what was answered into the note's words; what was typed by hand is kept after it."""
    row = _running(call)
    _, sets = questions_for(row.patient)
    drafted = draft_words(sets, row.answers)
    for name, text in drafted.items():
        typed = row.words.get(name, "")
        if text and text not in typed:
            row.words[name] = f"{text} {typed}".strip() if name != "reason" else typed or text
    row.save(update_fields=["words"])
    record("call.note_drafted", subject=f"outreach.call/{row.pk}", patient_ids=[row.patient_id])
    return row


@transaction.atomic
def drop_call(*, call: Call, acting_user: Person) -> Call:  # noqa: ARG001 (the trail names them)
    """Nobody was called after all. It counts as no attempt and leaves no note.

    Raises:
        Refusal: a red flag was opened in it, or answers were given.
    """
    row = _running(call)
    if row.answers or flags_of(row):
        raise Refusal(
            "Somebody spoke here: there are answers or a red flag. Close the call with its note."
        )
    row.disposition, row.ended_at = Call.NOT_MADE, now()
    row.save(update_fields=["disposition", "ended_at"])
    record("call.not_made", subject=f"outreach.call/{row.pk}", patient_ids=[row.patient_id])
    return row


@transaction.atomic
def close_call(*, call: Call, ending: Ending, acting_user: Person) -> Finished:
    """End the call: its note is written, the clock stops, and the next contact is booked.

    Raises:
        Refusal: a red flag is open, the person was not identified, or the note says too little.
    """
    row = _running(call)
    _check_flags(row)
    check = _check_reached if ending.disposition == REACHED else _check_not_reached
    check(row, ending)
    key, label = (ending.plan_item, ending.plan_item_label) if ending.plan_item else REACHING
    finished = finish_work(
        patient=row.patient, words=_words(row, ending), plan_item=key, plan_item_label=label,
        acting_user=acting_user,
    )  # fmt: skip
    row.disposition, row.ended_at, row.note = ending.disposition, now(), finished.note
    row.call_back_at = ending.call_back_at if ending.disposition == CALL_BACK else None
    row.save(update_fields=["disposition", "ended_at", "note", "call_back_at"])
    record("call.ended", subject=f"outreach.call/{row.pk}", patient_ids=[row.patient_id])
    if ending.disposition == VOICEMAIL:
        follow_voicemail(patient=row.patient, acting_user=acting_user)
    return finished


def _check_may_call(patient: Patient, direction: str) -> None:
    if direction not in Call.Direction.values:
        raise Refusal("Say whether we call or they called.")
    if patient.died_on is not None or patient.is_deceased:
        raise Refusal("The record says that this patient has died. Nobody calls this number.")
    tries = attempts_of(patient)
    if direction == Call.Direction.OUT and tries.is_over:
        raise Refusal(
            f"{tries.today} tries today already, and this practice calls at most {tries.limit} "
            "times a day. Try tomorrow, at another hour."
        )


def _check_flags(row: Call) -> None:
    open_ones = [one.get_kind_display() for one in flags_of(row) if one.closed_at is None]
    if open_ones:
        raise Refusal(
            f"{', '.join(open_ones)}: record the step taken and who was told. "
            "Then the call can be closed."
        )


def _check_reached(row: Call, ending: Ending) -> None:
    if len(row.identifiers) < IDENTIFIERS:
        raise Refusal(
            f"{len(row.identifiers)} of two identifiers is checked. Ask for a second one, and tick it."
        )
    missing = [words for name, words in NEEDED.items() if not getattr(ending, name).strip()]
    if missing:
        raise Refusal(
            f"The note does not say {' or '.join(missing)}. Where nothing changed, say what was "
            "checked and why the plan stays."
        )
    if not ending.next_step.strip() or ending.next_on is None:
        raise Refusal("Book the next contact: what it is for, and on which day.")
    if ending.next_on < today_in(row.patient.practice.zone):
        raise Refusal(f"The next contact, {ending.next_on:%m/%d/%Y}, is over. Choose a day ahead.")
    if not ending.plan_item:
        raise Refusal("Choose the problem or goal this call served.")


def _check_not_reached(row: Call, ending: Ending) -> None:
    asked = set(row.answers) - {"why", "did"}
    if asked:
        raise Refusal(
            "There are answers, so somebody was reached. Choose “Reached”, or take the answers out."
        )
    if ending.disposition == CALL_BACK and (
        ending.call_back_at is None or ending.call_back_at <= now()
    ):
        raise Refusal("Say when they want to be called back: a day and an hour ahead.")


def _words(row: Call, ending: Ending) -> dict[str, Any]:
    """The note's words. A try that reached nobody says so by itself."""
    words: dict[str, Any] = {name: getattr(ending, name) for name in WORDS}
    words["disposition"] = ending.disposition
    if ending.disposition == REACHED:
        return words
    zone = row.patient.practice.zone
    if not words["done"].strip():
        words["done"] = _said_by_itself(row, ending)
    if ending.disposition == CALL_BACK and ending.call_back_at is not None:
        back = ending.call_back_at.astimezone(zone)
        words["next_step"] = words["next_step"] or f"Call back at {back:%-I:%M %p}"
        words["next_on"] = back.date()
    return words


def _said_by_itself(row: Call, ending: Ending) -> str:
    at = row.started_at.astimezone(row.patient.practice.zone)
    if ending.disposition == VOICEMAIL:
        wishes = preferences_of(row.patient)
        left = {
            CallPreferences.Message.AGREED: f"Left the agreed words: “{wishes.message_words}”",
            CallPreferences.Message.NUMBER: "Left a name and a number to call back",
        }.get(CallPreferences.Message(wishes.message), "Left no message")
        return f"Called at {at:%-I:%M %p} and got the voicemail. {left}."
    ends = {
        "no_answer": "nobody answered",
        "wrong_number": f"{row.number or 'the number'} is a wrong number",
        CALL_BACK: "they asked to be called back",
    }
    return f"Called at {at:%-I:%M %p}: {ends.get(ending.disposition, 'not reached')}."


def _running(call: Call) -> Call:
    row: Call = (
        Call.objects.select_for_update(of=("self",))
        .select_related("patient__practice")
        .get(practice_id=call.practice_id, pk=call.pk)
    )
    if row.ended_at is not None:
        raise Refusal("This call is saved already. What you add goes into a note.")
    return row
