"""One act each, through the services, as the person who does it. They run with the clock standing."""

from datetime import date, datetime, timedelta

from steadwell.billing.services import (
    StatusGiven,
    attest_decision,
    elect_lane,
    record_claimed_elsewhere,
    record_status,
)
from steadwell.careplans.content import read_content
from steadwell.careplans.selectors import draft_of, plan_items
from steadwell.careplans.services import (
    record_copy,
    save_draft,
    send_to_sign,
    sign_plan,
    start_plan,
)
from steadwell.claims.services import record_signature
from steadwell.common.clock import now, standing_at
from steadwell.enrollment.models import Consent
from steadwell.enrollment.services import give_consent, revoke_consent
from steadwell.patients.models import Patient
from steadwell.practices.models import Person
from steadwell.rules.months import Month
from steadwell.site.demo.history.composing import call_note, decision_note, said_of
from steadwell.site.demo.history.people import Chosen
from steadwell.site.demo.history.plans import filled
from steadwell.site.demo.history.team import Team
from steadwell.timekeeping.marks import Mark
from steadwell.timekeeping.models import Interval, Note
from steadwell.timekeeping.services import (
    beat,
    open_clock,
    record_manual_entry,
    stop_clock,
    support_interval,
    write_note,
)

FOUR_POINTS = ("availability", "cost_sharing", "single_practitioner", "right_to_stop")
UNSIGNED = 17  # of every seventeenth no signature is on file yet
BEAT = timedelta(seconds=90)


def consent(team: Team, one: Chosen, at: datetime) -> None:
    give_consent(
        patient=one.patient, practitioner=one.practitioner(team), form="verbal", given_at=at,
        given_by="the patient", covers=FOUR_POINTS, language="en",
        teach_back="A nurse calls me every month, it may cost me something, and I can quit.",
        designated_contact=team.people["rosa"], acting_user=team.people["tom"],
    )  # fmt: skip
    if one.number % UNSIGNED != UNSIGNED - 1:
        record_signature(
            patient=one.patient, signed_on=one.visit.on, acting_user=team.people["priya"]
        )


def plan(team: Team, one: Chosen) -> None:
    rosa = team.people["rosa"]
    version = start_plan(patient=one.patient, acting_user=rosa)
    content = filled(read_content(version.content), one.patient, _today(one))
    version = save_draft(version=version, content=content, acting_user=rosa)
    send_to_sign(version=version, practitioner=one.practitioner(team), acting_user=rosa)


def sign(team: Team, one: Chosen) -> None:
    version = draft_of(one.patient)
    assert version is not None
    practitioner = one.practitioner(team)
    sign_plan(version=version, practitioner=practitioner, acting_user=_doctor(team, one))


def give_copy(team: Team, one: Chosen) -> None:
    version = one.patient.planversion_set.exclude(signed_at=None).get()
    record_copy(
        version=version, means="mail", given_to="the patient", given_on=_today(one),
        acting_user=team.people["rosa"],
    )  # fmt: skip


def call(
    team: Team, one: Chosen, at: datetime, minutes: int, *, with_note: bool, turn: int
) -> None:
    """The clock runs for the call; its note is written at the end."""
    rosa = team.people["rosa"]
    interval = _run_clock(team, "rosa", one.patient, minutes, activity="phone_call")
    if not with_note:
        return
    with standing_at(at + timedelta(minutes=minutes)):
        note = write_note(
            patient=one.patient, acting_user=rosa, kind=Note.Kind.CALL, occurred_at=at,
            **call_note(one, turn), next_on=(at + timedelta(days=21)).date(), disposition="reached",
        )  # fmt: skip
        _support(one, interval, note, rosa)


def work_in_person(team: Team, one: Chosen, at: datetime, minutes: int) -> None:
    doctor = _doctor(team, one)
    mailbox = team.mailbox_of(one.practitioner(team))
    interval = _run_clock(team, mailbox, one.patient, minutes, activity="care_planning")
    with standing_at(at + timedelta(minutes=minutes)):
        note = write_note(
            patient=one.patient, acting_user=doctor, kind=Note.Kind.NOTE, occurred_at=at,
            reason="Reworking the plan myself",
            done=said_of(one.patient, "Went through the records of two admissions and rewrote the "
            "medicines, the hour of each beside {his} meals; {family} has the new list."),
        )  # fmt: skip
        _support(one, interval, note, doctor)


def elect_personal(team: Team, one: Chosen, month: Month) -> None:
    elect_lane(
        patient=one.patient, month=month, lane="personal", acting_user=_doctor(team, one)
    )  # fmt: skip


def decide(team: Team, one: Chosen, month: Month, *, attested: bool) -> None:
    doctor = _doctor(team, one)
    note = write_note(
        patient=one.patient, acting_user=doctor, kind=Note.Kind.DECISION, occurred_at=now(),
        **decision_note(one),
    )  # fmt: skip
    if attested:
        attest_decision(
            patient=one.patient, month=month, level="moderate", note=note, acting_user=doctor
        )


def enter_late(team: Team, one: Chosen, at: datetime, minutes: int) -> None:
    key, label = _served(one)
    record_manual_entry(
        patient=one.patient, membership=team.memberships["rosa"], acting_user=team.people["rosa"],
        program="ccm", activity="care_coordination", started_at=at,
        ended_at=at + timedelta(minutes=minutes), reason="On the phone at the hospital, no computer",
        done=said_of(one.patient, "Spoke with the discharge planner about a walker and a rail at "
        "home; {family} will be there when they come."),
        plan_item=key, plan_item_label=label,
    )  # fmt: skip


def say_oversight_is_billed(team: Team, one: Chosen, month: Month) -> None:
    record_claimed_elsewhere(
        patient=one.patient, month=month, code="G0181", practitioner=one.practitioner(team),
        source="Home health log of the practice", acting_user=team.people["priya"],
    )  # fmt: skip


def say_hospice(team: Team, one: Chosen, month: Month) -> None:
    day = month.first + timedelta(days=17)
    record_status(
        patient=one.patient, given=StatusGiven(kind="hospice", starts_on=day),
        acting_user=team.people["rosa"],
    )  # fmt: skip


def revoke(one: Chosen, team: Team, day: date) -> None:
    given = Consent.objects.get(practice_id=one.patient.practice_id, patient=one.patient)
    revoke_consent(
        consent=given, revoked_on=day, reason=said_of(one.patient, "Moves to {his} sister in Kentucky"),
        acting_user=team.people["tom"],
    )  # fmt: skip


def _run_clock(
    team: Team, mailbox: str, patient: Patient, minutes: int, *, activity: str
) -> Interval:
    person, begin = team.people[mailbox], now()
    clock = open_clock(
        patient=patient, membership=team.memberships[mailbox], acting_user=person, activity=activity
    )
    end, moment = begin + timedelta(minutes=minutes), begin
    while activity != "phone_call" and (moment := moment + BEAT) < end:
        with standing_at(moment):
            beat(clock_id=clock.public_id, acting_user=person, marks=[Mark(moment)])
    with standing_at(end):
        interval = stop_clock(acting_user=person)
    assert interval is not None
    return interval


def _support(one: Chosen, interval: Interval, note: Note, person: Person) -> None:
    key, label = _served(one)
    support_interval(
        interval=interval, note=note, plan_item=key, plan_item_label=label, acting_user=person
    )


def _served(one: Chosen) -> tuple[str, str]:
    """The first goal of the plan; before there is a plan, the first condition of the chart."""
    items = plan_items(one.patient)
    _, label, row = one.conditions[0]
    return items[0] if items else (f"condition-{row}", label)


def _doctor(team: Team, one: Chosen) -> Person:
    return team.people[team.mailbox_of(one.practitioner(team))]


def _today(one: Chosen) -> date:
    return now().astimezone(one.patient.practice.zone).date()
