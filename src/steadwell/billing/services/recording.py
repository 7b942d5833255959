"""Facts that people know from elsewhere: who else bills, hospice, stays. Each can be taken back."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from steadwell.audit.services import record
from steadwell.billing.access import (
    RECORDS,
    TAKES_BACK,
    Record,
    holds,
    require_member,
    require_practitioner,
)
from steadwell.billing.models import ClaimedElsewhere, InitialAssessment, PatientStatus
from steadwell.billing.services.attest import NotRecorded
from steadwell.billing.services.guard import require_reason
from steadwell.common.clock import now, today_in
from steadwell.patients.models import Encounter, Patient
from steadwell.practices.models import Person, Practitioner, Role
from steadwell.rules.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusGiven:
    """What a person says of a patient; `encounter` is the chart's stay it stands in place of."""

    kind: str
    starts_on: date
    ends_on: date | None = None
    encounter: Encounter | None = None


@transaction.atomic
def record_claimed_elsewhere(
    *,
    patient: Patient,
    month: Month,
    code: str,
    source: str,
    practitioner: Practitioner | None = None,
    acting_user: Person,
) -> ClaimedElsewhere:
    """Note that a code was or will be billed: by `practitioner` outside Steadwell, or by others.

    Raises:
        NotTheirs: the person may not record this.
        NotRecorded: the code or how we know is missing.
    """
    require_member(acting_user, patient.practice, *RECORDS, what="record who else bills")
    if len(code.strip()) != 5:
        raise NotRecorded(f"{code!r} is not a code. Write its five characters, such as 99490.")
    if not source.strip():
        raise NotRecorded("It is not said how we know. Write who told us, and when.")
    claimed, made = ClaimedElsewhere.objects.get_or_create(
        practice_id=patient.practice_id,
        patient=patient,
        month=month.first,
        code=code.strip().upper(),
        practitioner=practitioner,
        taken_back_at=None,
        defaults={
            "source": source.strip()[:200],
            "recorded_at": now(),
            "recorded_by": acting_user,
        },
    )
    if made:
        _record("billing.claimed_elsewhere_recorded", claimed, "elsewhere")
    return claimed


@transaction.atomic
def record_status(*, patient: Patient, given: StatusGiven, acting_user: Person) -> PatientStatus:
    """Note hospice, home health, dialysis or a stay.

    Raises:
        NotTheirs: the person may not record this.
        NotRecorded: the kind is unknown, the days are the wrong way round or lie ahead.
    """
    require_member(acting_user, patient.practice, *RECORDS, what="record a status")
    if given.kind not in PatientStatus.Kind.values:
        raise NotRecorded("The kind is missing. Choose hospice, home health, dialysis or a stay.")
    if given.ends_on and given.ends_on < given.starts_on:
        raise NotRecorded("The end is before the start.")
    if given.starts_on > today_in(patient.practice.zone):
        raise NotRecorded("The first day lies ahead. Record it when it has come.")
    if given.encounter and given.encounter.patient_id != patient.pk:
        raise NotRecorded("That stay is of another patient. Choose one of this patient's stays.")
    status, made = PatientStatus.objects.get_or_create(
        practice_id=patient.practice_id,
        patient=patient,
        kind=given.kind,
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        encounter=given.encounter,
        taken_back_at=None,
        defaults={"recorded_at": now(), "recorded_by": acting_user},
    )
    if made:
        _record("billing.status_recorded", status, "status")
    return status


@transaction.atomic
def end_status(*, status: PatientStatus, ends_on: date, acting_user: Person) -> PatientStatus:
    """Give the last day of a status that is still open.

    Raises:
        NotTheirs: the person may not record this.
        NotRecorded: it has an end already, or would end before it starts.
    """
    require_member(acting_user, status.patient.practice, *RECORDS, what="record a status")
    if status.ends_on:
        raise NotRecorded(f"It ended on {status.ends_on:%m/%d/%Y}. Take it back if that is wrong.")
    if ends_on < status.starts_on:
        raise NotRecorded("The end is before the start.")
    status.ends_on = ends_on
    status.save(update_fields=["ends_on"])
    _record("billing.status_ended", status, "status")
    return status


@transaction.atomic
def take_back(*, entry: Record, kind: str, reason: str, acting_user: Person) -> None:
    """Say that a record was a mistake. It stays, and counts no more.

    An assessment is the practitioner's word: they take it back in person, or compliance does.

    Raises:
        NotTheirs: the person may not take this back.
        NothingGiven: there is no reason.
    """
    given = require_reason(reason)
    roles = TAKES_BACK[kind]
    require_member(acting_user, entry.patient.practice, *roles, what="take this record back")
    if isinstance(entry, InitialAssessment):
        _require_theirs(entry, acting_user)
    entry.taken_back_at, entry.taken_back_by = now(), acting_user
    entry.save(update_fields=["taken_back_at", "taken_back_by"])
    _record(f"billing.{kind}_taken_back", entry, kind, reason=given)


def _require_theirs(assessment: InitialAssessment, person: Person) -> None:
    practice = assessment.patient.practice
    if not holds(person, practice, Role.COMPLIANCE):
        require_practitioner(person, assessment.practitioner, "take this assessment back")


def _record(action: str, entry: Record, kind: str, *, reason: str = "") -> None:
    record(
        action,
        subject=f"billing.{kind}/{entry.pk}",
        patient_ids=[entry.patient_id],
        reason=reason,
    )
