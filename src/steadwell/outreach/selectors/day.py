"""Reading the day's work in sets: a fixed number of queries, whatever the number of patients."""

from datetime import date, datetime

from django.db.models import Max, Q
from django.db.models.fields.json import KeyTextTransform

from steadwell.careplans.models import PlanVersion
from steadwell.enrollment.models import Consent
from steadwell.enrollment.selectors import running
from steadwell.outreach.worklist import Line
from steadwell.practices.models import Practice
from steadwell.rules.months import Month
from steadwell.timekeeping.models import Note
from steadwell.timekeeping.selectors import CONTACTS, NOT_REACHED, month_seconds_of

PROGRAM = "ccm"


def lines_of(practice: Practice, today: date) -> list[Line]:
    """Everybody enrolled today."""
    consents, plans = consented(practice, today), review_dates(practice)
    waits, contacts, promises = sent_to_sign(practice), contacts_of(practice), promises_of(practice)
    seconds = month_seconds_of(practice, Month.of(today), program=PROGRAM)
    columns = ("patient_id", "patient__public_id", "patient__family_name", "patient__given_name",
               "patient__birth_date", "starts_on")  # fmt: skip
    lines = []
    enrolled = running(practice, PROGRAM, today).filter(patient__died_on=None)
    for pk, public_id, family, given, born, since in enrolled.values_list(*columns):
        spoken = contacts.get(pk)
        promised_at, promise, promise_on = promises.get(pk, (None, "", None))
        kept = spoken is not None and promised_at is not None and spoken > promised_at
        lines.append(
            Line(
                patient_id=pk, public_id=public_id, birth_date=born, since=since,
                name=f"{family}, {given}" if given else family,
                called=f"{given} {family}".strip(),
                has_consent=pk in consents, has_plan=pk in plans, plan_waits=pk in waits,
                review_on=plans.get(pk),
                contact_on=spoken.astimezone(practice.zone).date() if spoken else None,
                promise="" if kept else promise, promise_on=None if kept else promise_on,
                seconds=seconds.get(pk, 0),
            )
        )  # fmt: skip
    return lines


def consented(practice: Practice, today: date) -> set[int]:
    """Patients with a consent in force: a revocation holds from the end of its month."""
    over = Q(revocations__revoked_on__lt=Month.of(today).first)
    return set(
        Consent.objects.filter(
            Q(enrollment__ends_on=None) | Q(enrollment__ends_on__gte=today),
            practice=practice,
            program=PROGRAM,
        )
        .exclude(over)
        .values_list("patient_id", flat=True)
    )


def review_dates(practice: Practice) -> dict[int, date | None]:
    """By patient with a signed plan: when its newest version is to be reviewed."""
    rows = (
        PlanVersion.objects.filter(practice=practice)
        .exclude(signed_at=None)
        .order_by("patient_id", "-number")
        .distinct("patient_id")
        .annotate(review=KeyTextTransform("review_on", "content"))
        .values_list("patient_id", "review")
    )
    return {pk: date.fromisoformat(text) if text else None for pk, text in rows}


def sent_to_sign(practice: Practice) -> set[int]:
    waiting = PlanVersion.objects.filter(practice=practice, signed_at=None, ready_at__isnull=False)
    return set(waiting.values_list("patient_id", flat=True))


def contacts_of(practice: Practice) -> dict[int, datetime]:
    """By patient: when somebody last spoke with them; a voicemail is not that."""
    rows = (
        Note.objects.filter(practice=practice, kind__in=CONTACTS)
        .exclude(disposition__in=NOT_REACHED)
        .values("patient_id")
        .annotate(last=Max("occurred_at"))
    )
    return {row["patient_id"]: row["last"] for row in rows}


def promises_of(practice: Practice) -> dict[int, tuple[datetime, str, date]]:
    """By patient: the newest next step with a date, and when it was promised."""
    rows = (
        Note.objects.filter(practice=practice, next_on__isnull=False)
        .order_by("patient_id", "-occurred_at", "-pk")
        .distinct("patient_id")
        .values_list("patient_id", "occurred_at", "next_step", "next_on")
    )
    return {pk: (at, step, on) for pk, at, step, on in rows if on is not None}
