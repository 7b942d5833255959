"""What people approved and closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from steadwell.billing.models import MonthApproval, MonthClose
from steadwell.common.months import month_bounds
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from steadwell.rules.months import Month
from steadwell.timekeeping.models import Note


@dataclass(frozen=True, slots=True)
class Kept:
    """An approval as lists need it: without its snapshot."""

    practitioner: int
    lines: list[dict[str, Any]]
    minutes: int
    outcome: str
    approved_at: datetime


def approval_of(patient: Patient, month: Month) -> MonthApproval | None:
    """The approval that stands."""
    return (
        MonthApproval.objects.select_related("practitioner", "approved_by")
        .filter(
            practice_id=patient.practice_id, patient=patient, month=month.first, withdrawn_by=None
        )
        .first()
    )


def approvals_of(patient: Patient, month: Month) -> QuerySet[MonthApproval]:
    """Every approval ever given for the month, those withdrawn included, newest first."""
    return (
        MonthApproval.objects.select_related("approved_by", "withdrawn_by__withdrawn_by")
        .filter(practice_id=patient.practice_id, patient=patient, month=month.first)
        .order_by("-approved_at", "-pk")
    )


def approvals_in(practice: Practice, month: Month) -> QuerySet[MonthApproval]:
    """The approvals that stand in the month."""
    return MonthApproval.objects.filter(
        practice=practice, month=month.first, withdrawn_by=None
    ).order_by("patient__name_key", "pk")


def kept_approvals(
    practice: Practice, month: Month, patient_ids: Iterable[int] | None = None
) -> dict[int, Kept]:
    """By patient, for lists."""
    approvals = approvals_in(practice, month).order_by()
    if patient_ids is not None:
        approvals = approvals.filter(patient_id__in=list(patient_ids))
    rows = approvals.values_list(
        "patient_id", "practitioner_id", "lines", "minutes", "outcome", "approved_at"
    )
    return {patient: Kept(*columns) for patient, *columns in rows}


def close_of(practice: Practice, month: Month) -> MonthClose | None:
    """The close that stands."""
    return (
        MonthClose.objects.select_related("closed_by")
        .filter(practice=practice, month=month.first, reopened_by=None)
        .first()
    )


def closes_of(practice: Practice, month: Month) -> QuerySet[MonthClose]:
    """Every close of the month, those reopened included, newest first."""
    return (
        MonthClose.objects.select_related("closed_by", "reopened_by__reopened_by")
        .filter(practice=practice, month=month.first)
        .order_by("-closed_at", "-pk")
    )


def decision_notes(patient: Patient, month: Month) -> QuerySet[Note]:
    """The decision-making notes of the month, newest first."""
    starts_at, ends_at = month_bounds(month, patient.practice.zone)
    return (
        Note.objects.select_related("patient__practice", "author")
        .filter(
            practice_id=patient.practice_id,
            patient=patient,
            kind=Note.Kind.DECISION,
            occurred_at__gte=starts_at,
            occurred_at__lt=ends_at,
        )
        .order_by("-occurred_at", "-pk")
    )
