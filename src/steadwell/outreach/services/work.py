"""Ending a piece of work: the clock, the note and the plan's item become one."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import transaction

from steadwell.common.clock import now, today_in
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person
from steadwell.timekeeping import services
from steadwell.timekeeping.models import Activity, Interval, Note
from steadwell.timekeeping.selectors import running_clock_of, waiting_for_note


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    note: Note
    intervals: list[Interval]

    @property
    def seconds(self) -> int:
        return sum(one.seconds for one in self.intervals)


@transaction.atomic
def finish_work(
    *,
    patient: Patient,
    words: dict[str, Any],
    plan_item: str,
    plan_item_label: str,
    acting_user: Person,
) -> Finished:
    """Write the note, end the clock on this chart, and put the note behind today's work here.

    Raises:
        Refusal: the note says nothing, or names nothing it served.
    """
    clock = running_clock_of(acting_user)
    if clock is not None and clock.patient_id == patient.pk:
        services.stop_clock(acting_user=acting_user)
    worked = waiting_for_note(acting_user, patient, start_of_today(patient))
    note = services.write_note(
        patient=patient,
        acting_user=acting_user,
        kind=Note.Kind.CALL if words.get("disposition") else Note.Kind.NOTE,
        occurred_at=worked[0].started_at if worked else now(),
        **words,
    )
    for interval in worked:
        services.support_interval(
            interval=interval, note=note, plan_item=plan_item,
            plan_item_label=plan_item_label, acting_user=acting_user,
        )  # fmt: skip
    services.drop_draft(patient=patient, acting_user=acting_user)
    return Finished(note=note, intervals=worked)


@transaction.atomic
def keep_writing(
    *, patient: Patient, membership: Membership, content: dict[str, Any], acting_user: Person
) -> None:
    """The call is over, the note is not: the clock goes on as documentation."""
    services.keep_draft(patient=patient, content=content, acting_user=acting_user)
    clock = running_clock_of(acting_user)
    if clock is not None and clock.patient_id == patient.pk and clock.paused_at is None:
        services.switch(
            patient=patient, membership=membership, acting_user=acting_user,
            activity=Activity.DOCUMENTATION,
        )  # fmt: skip


@transaction.atomic
def support_later(
    *,
    interval: Interval,
    done: str,
    plan_item: str,
    plan_item_label: str,
    acting_user: Person,
) -> Note:
    """Write the note that an entry of one's own still lacks."""
    is_call = interval.activity == Activity.PHONE_CALL
    note = services.write_note(
        patient=interval.patient,
        acting_user=acting_user,
        kind=Note.Kind.CALL if is_call else Note.Kind.NOTE,
        occurred_at=interval.started_at,
        done=done,
    )
    services.support_interval(
        interval=interval, note=note, plan_item=plan_item,
        plan_item_label=plan_item_label, acting_user=acting_user,
    )  # fmt: skip
    return note


def start_of_today(patient: Patient) -> datetime:
    zone = patient.practice.zone
    return datetime.combine(today_in(zone), time.min, tzinfo=zone)
