"""The schedule of who answers, and the record of who called."""

from datetime import datetime, timedelta

from django.db import transaction

from steadwell.audit.services import record
from steadwell.careplans.documents import phone as as_written
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.outreach.models import OnCallShift, UrgentContact
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice

LONGEST = timedelta(days=31)


@transaction.atomic
def add_shift(
    *,
    practice: Practice,
    name: str,
    phone: str,
    starts_at: datetime,
    ends_at: datetime,
    acting_user: Person,
) -> OnCallShift:
    """Somebody answers from then to then. Shifts may overlap: a second person does no harm.

    Raises:
        Refusal: nobody is named, there is no phone, or the times cannot be.
    """
    if not name.strip() or not phone.strip():
        raise Refusal("Say who answers, and on which phone.")
    if not starts_at < ends_at:
        raise Refusal("The end is not after the start. For a night, the end is on the next day.")
    if ends_at <= now():
        raise Refusal("This shift is over already. Enter one that runs or is to come.")
    if ends_at - starts_at > LONGEST:
        raise Refusal("Nobody answers for more than a month on end. Check the days.")
    row = OnCallShift.objects.create(
        practice=practice, name=name.strip(), phone=as_written(phone.strip()), starts_at=starts_at,
        ends_at=ends_at, made_at=now(), made_by=acting_user,
    )  # fmt: skip
    record("oncall.added", subject=f"outreach.oncallshift/{row.pk}")
    return row


@transaction.atomic
def remove_shift(*, shift: OnCallShift, acting_user: Person) -> None:  # noqa: ARG001 (the trail names them)
    """Nobody answers in it any more; that it was planned stays. Twice changes nothing."""
    if shift.removed_at is None:
        shift.removed_at = now()
        shift.save(update_fields=["removed_at"])
        record("oncall.removed", subject=f"outreach.oncallshift/{shift.pk}")


@transaction.atomic
def record_urgent_contact(
    *,
    patient: Patient,
    called_at: datetime,
    caller: str,
    answered_by: str,
    about: str,
    outcome: str,
    acting_user: Person,
) -> UrgentContact:
    """Keep an urgent call.

    Raises:
        Refusal: it lies ahead, or something of it is missing.
    """
    if called_at > now():
        raise Refusal("The call lies ahead. Enter when it came in.")
    said = {"who called": caller, "who answered": answered_by, "what it was about": about,
            "what came of it": outcome}  # fmt: skip
    missing = [words for words, text in said.items() if not text.strip()]
    if missing:
        raise Refusal(f"Say {', '.join(missing)}. The next who reads it was asleep.")
    row = UrgentContact.objects.create(
        practice_id=patient.practice_id, patient=patient, called_at=called_at,
        caller=caller.strip(), answered_by=answered_by.strip(), about=about.strip(),
        outcome=outcome.strip(), recorded_at=now(), recorded_by=acting_user,
    )  # fmt: skip
    record("urgent.recorded", subject=f"outreach.urgentcontact/{row.pk}", patient_ids=[patient.pk])
    return row
