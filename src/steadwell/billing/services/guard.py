"""What several services ask before they write."""

from collections.abc import Sequence

from django.db import connection

from steadwell.billing.models import MonthClose
from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from steadwell.rules.months import Month


class MonthIsClosed(Refusal):
    pass


class NothingGiven(Refusal):
    pass


def lock_patient(patient: Patient) -> None:
    """One writer of a patient's months at a time."""
    Patient.objects.select_for_update(no_key=True).get(
        practice_id=patient.practice_id, pk=patient.pk
    )


def require_open(practice: Practice, month: Month) -> None:
    """
    Raises:
        MonthIsClosed: somebody sealed the month.
    """
    close = MonthClose.objects.filter(practice=practice, month=month.first, reopened_by=None)
    if close.exists():
        raise MonthIsClosed(
            f"{month.first:%B %Y} is closed. A practice manager can reopen it, "
            "with a reason, until a claim of it is written."
        )


def require_reason(reason: str) -> str:
    """The reason, trimmed.

    Raises:
        NothingGiven: there is none.
    """
    given = reason.strip()
    if len(given) < 3:
        raise NothingGiven("The reason is empty. Write in a few words why.")
    return given[:300]


def lock_patients(practice: Practice, patient_ids: Sequence[int]) -> None:
    """In one order, so that two who lock the same patients never wait for each other."""
    rows = Patient.objects.select_for_update(no_key=True).filter(
        practice=practice, pk__in=patient_ids
    )
    list(rows.order_by("pk").values_list("pk", flat=True))


def lock_month(practice: Practice, month: Month, *, to_seal: bool = False) -> None:
    """Approvals of a month go beside each other; a close waits for them, and they for it."""
    function = "pg_advisory_xact_lock" if to_seal else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {function}(%s, %s)",
            [practice.pk % 2**31, month.year * 100 + month.number],
        )


def require_ended(practice: Practice, month: Month, refusal: type[Refusal]) -> None:
    """Claims are held to the month's end: Part B add-ons cannot be added by reopening.

    Raises:
        Refusal: of the given kind: the month has not ended on the practice's wall.
    """
    if today_in(practice.zone) <= month.last:
        raise refusal(
            f"{month.first:%B %Y} runs until {month.last:%B} {month.last.day}. Minutes may still "
            "come, and a code cannot be added to a claim that is out. Come back after that day."
        )
