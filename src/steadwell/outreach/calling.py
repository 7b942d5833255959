"""What the page of a call shows: everything on top, and each question with its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from steadwell.common.clock import now, today_in
from steadwell.outreach.forms import CallEndForm, FlagForm
from steadwell.outreach.models import (
    Absence,
    Call,
    CallPreferences,
    PatientLimits,
    RedFlag,
    RedFlagKind,
)
from steadwell.outreach.overview import items_of
from steadwell.outreach.questions import CallQuestions, Limit, Option, Question, QuestionSet
from steadwell.outreach.selectors.absence import contact_today
from steadwell.outreach.selectors.calls import (
    Attempts,
    attempts_of,
    last_promise,
    preferences_of,
    questions_for,
)
from steadwell.outreach.selectors.practice import Order, order_for
from steadwell.outreach.selectors.safety import flags_of, limits_of, steps_for
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person
from steadwell.timekeeping.models import Note

LONG = 34


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of the page; options with whether they are chosen."""

    question: Question
    value: str
    options: list[tuple[Option, bool]]

    @property
    def is_long(self) -> bool:
        """Whether the options need a line of their own."""
        return sum(len(one.words) + 4 for one, _ in self.options) > LONG


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSet:
    one: QuestionSet
    asked: list[Asked]


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeDialing:
    """What a caller reads first."""

    promise: Note | None
    wishes: CallPreferences
    limits: PatientLimits | None
    general: Mapping[str, Limit]
    tries: Attempts
    order: Order | None
    contact: tuple[Person, Absence | None] | None
    identifiers: list[tuple[str, str, str]]  # key, what to ask, what it should be

    @property
    def may_hear(self) -> list[str]:
        return [one.strip() for one in self.wishes.may_hear.splitlines() if one.strip()]


def before_dialing(
    patient: Patient, membership: Membership, questions: CallQuestions
) -> BeforeDialing:
    """In a fixed number of queries."""
    return BeforeDialing(
        promise=last_promise(patient),
        wishes=preferences_of(patient),
        limits=limits_of(patient),
        general=questions.limits,
        tries=attempts_of(patient),
        order=order_for(patient.practice, membership.credential),
        contact=contact_today(patient),
        identifiers=identifiers_of(patient),
    )


def identifiers_of(patient: Patient) -> list[tuple[str, str, str]]:
    """What may be asked to know who speaks, with what the record says; two of them are needed."""
    address = ", ".join(part for part in (patient.street, patient.city) if part)
    asked = [
        ("name", "Full name", patient.name),
        ("birth_date", "Date of birth", f"{patient.birth_date:%m/%d/%Y}"),
        ("address", "Address", address),
        ("phone", "Phone number on file", patient.phone),
    ]
    return [one for one in asked if one[2]]


def asked_sets(sets: list[QuestionSet], answers: Mapping[str, Any]) -> list[AskedSet]:
    """The questions in order, with what was answered so far."""
    return [
        AskedSet(one=one, asked=[_asked(question, answers) for question in one.questions])
        for one in sets
    ]


def flag_forms(
    call: Call, sent: tuple[RedFlag, FlagForm] | None = None
) -> list[tuple[RedFlag, FlagForm | None]]:
    """The call's red flags; open ones with the form that closes them, what was sent kept in it."""
    return [(flag, None if flag.closed_at else _flag_form(flag, sent)) for flag in flags_of(call)]


def end_form(patient: Patient, call: Call) -> CallEndForm:
    """The end of the call, with the words kept so far."""
    items = items_of(patient)
    return CallEndForm(initial=call.words, items=items, zone=patient.practice.zone)


def page_of(patient: Patient, membership: Membership, call: Call | None) -> dict[str, Any]:
    """What the template is given, but for what a refusal adds."""
    questions, sets = questions_for(patient)
    context: dict[str, Any] = {
        "here": "patients", "tab": "call", "patient": patient, "zone": patient.practice.zone,
        "today": today_in(patient.practice.zone), "call": call,
        "before": before_dialing(patient, membership, questions), "kinds": RedFlagKind.choices,
    }  # fmt: skip
    if call is not None:
        context |= {
            "sets": asked_sets(sets, call.answers),
            "flags": flag_forms(call),
            "form": end_form(patient, call),
            "saved": _minutes(call.started_at),
        }
    return context


def _flag_form(flag: RedFlag, sent: tuple[RedFlag, FlagForm] | None) -> FlagForm:
    if sent is not None and sent[0].pk == flag.pk:
        return sent[1]
    return FlagForm(steps=steps_for(flag.kind), prefix=f"flag-{flag.public_id}")


def _asked(question: Question, answers: Mapping[str, Any]) -> Asked:
    value = answers.get(question.key, "")
    chosen = value if isinstance(value, list) else [value]
    return Asked(
        question=question,
        value=value if isinstance(value, str) else "",
        options=[(one, one.key in chosen) for one in question.options],
    )


def _minutes(since: datetime) -> str:
    minutes = int((now() - since).total_seconds()) // 60
    return f"Running for {minutes} min" if minutes else "Just begun"
