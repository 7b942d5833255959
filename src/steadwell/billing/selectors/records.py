"""What people recorded of a patient beside the chart."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from steadwell.billing.facts.chart import STAYS
from steadwell.billing.models import (
    Attestation,
    ClaimedElsewhere,
    InitialAssessment,
    LaneElection,
    PatientStatus,
)
from steadwell.patients.models import Encounter, Patient
from steadwell.rules.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Everything that stands, for the chart's billing page."""

    attestation: Attestation | None
    election: LaneElection | None
    assessment: InitialAssessment | None
    elsewhere: list[ClaimedElsewhere]
    statuses: list[PatientStatus]


def records_of(patient: Patient, month: Month) -> Records:
    of: dict[str, Any] = {"practice_id": patient.practice_id, "patient": patient}
    attestations = Attestation.objects.filter(month=month.first, **of)
    elections = LaneElection.objects.filter(month=month.first, **of)
    standing: dict[str, Any] = {**of, "taken_back_at": None}
    return Records(
        attestation=attestations.select_related("attested_by", "note")
        .order_by("-attested_at", "-pk")
        .first(),
        election=elections.select_related("elected_by").order_by("-elected_at", "-pk").first(),
        assessment=InitialAssessment.objects.filter(**standing)
        .select_related("recorded_by")
        .first(),
        elsewhere=list(
            ClaimedElsewhere.objects.filter(**standing)
            .select_related("recorded_by", "practitioner")
            .order_by("-month", "code")
        ),
        statuses=list(
            PatientStatus.objects.filter(**standing)
            .select_related("recorded_by")
            .order_by("-starts_on", "-pk")
        ),
    )


def open_stays(patient: Patient) -> QuerySet[Encounter]:
    """Stays of the chart, newest first: one that never ended can be given its true days."""
    return Encounter.objects.filter(
        practice_id=patient.practice_id, patient=patient, class_code__in=STAYS
    ).order_by("-starts_at", "-pk")
