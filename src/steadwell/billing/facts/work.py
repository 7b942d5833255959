"""Rows of work and of what people said of the month. Columns stand beside each query, with
everything the rows are ordered by."""

from django.db.models import Exists, F, OuterRef, Q

from steadwell.billing.facts.scope import LONGEST_INTERVAL, Read, Scope
from steadwell.billing.models import (
    Attestation,
    ClaimedElsewhere,
    InitialAssessment,
    LaneElection,
    MonthApproval,
    PatientStatus,
)
from steadwell.timekeeping.models import Interval, IntervalNote, PendingEntry

ADD_ON = "G0506"


def read_intervals(scope: Scope) -> Read:
    """patient, public id, program, activity, started_at, ended_at, person, credential, during a
    visit, outside the US, described: live intervals that touch the month."""
    described = IntervalNote.objects.filter(
        practice_id=OuterRef("practice_id"), interval_id=OuterRef("pk")
    )
    rows = Interval.objects.filter(
        started_at__gte=scope.starts_at - LONGEST_INTERVAL,
        started_at__lt=scope.ends_at,
        ended_at__gt=scope.starts_at,
        superseded_by=None,
        **scope.of,
    ).exclude(ended_at=F("started_at"))
    columns = (
        "patient_id", "public_id", "program", "activity", "started_at", "ended_at", "person_id",
        "credential", "during_visit", "outside_us",
    )  # fmt: skip
    ordered = rows.order_by("started_at", "ended_at", "pk")
    return ordered.values_list(*columns, Exists(described), "pk")


def read_pending(scope: Scope) -> Read:
    """patient, public id, program, activity, started_at, ended_at, person, the member's credential:
    entries that wait for a second person."""
    rows = PendingEntry.objects.filter(
        started_at__gte=scope.starts_at - LONGEST_INTERVAL,
        started_at__lt=scope.ends_at,
        ended_at__gt=scope.starts_at,
        state=PendingEntry.State.WAITING,
        **scope.of,
    )
    columns = (
        "patient_id", "public_id", "program", "activity", "started_at", "ended_at", "person_id",
        "membership__credential", "pk",
    )  # fmt: skip
    return rows.order_by("started_at", "pk").values_list(*columns)


def read_attestations(scope: Scope) -> Read:
    """patient, level, practitioner, attested_at, made_on of the newest."""
    rows = Attestation.objects.filter(month=scope.month.first, **scope.of)
    columns = ("patient_id", "level", "practitioner_id", "attested_at", "made_on", "pk")
    return rows.order_by("attested_at", "pk").values_list(*columns)


def read_elections(scope: Scope) -> Read:
    rows = LaneElection.objects.filter(month=scope.month.first, **scope.of)
    columns = ("patient_id", "lane", "elected_at", "pk")
    return rows.order_by("elected_at", "pk").values_list(*columns)


def read_statuses(scope: Scope) -> Read:
    """patient, kind, starts_on, ends_on, encounter: all that stand, as one may replace a stay."""
    rows = PatientStatus.objects.filter(taken_back_at=None, **scope.of)
    columns = ("patient_id", "kind", "starts_on", "ends_on", "encounter_id", "pk")
    return rows.order_by("starts_on", "pk").values_list(*columns)


def read_assessments(scope: Scope) -> Read:
    """patient, took_place_on, practitioner of an initial assessment made in the month."""
    month = scope.month
    rows = InitialAssessment.objects.filter(
        taken_back_at=None, took_place_on__range=(month.first, month.last), **scope.of
    )
    columns = ("patient_id", "took_place_on", "practitioner_id", "pk")
    return rows.order_by("took_place_on", "pk").values_list(*columns)


def read_elsewhere(scope: Scope) -> Read:
    """patient, code, month, practitioner: this month's, and the add-on's of any month."""
    rows = ClaimedElsewhere.objects.filter(
        Q(month=scope.month.first) | Q(code=ADD_ON), taken_back_at=None, **scope.of
    )
    columns = ("patient_id", "code", "month", "practitioner_id", "pk")
    return rows.order_by("month", "code", "pk").values_list(*columns)


def read_earlier(scope: Scope) -> Read:
    """patient, lines, month, practitioner of our own approvals of other months with the add-on."""
    assessed = InitialAssessment.objects.filter(
        taken_back_at=None,
        took_place_on__range=(scope.month.first, scope.month.last),
        practice=scope.practice,
    )
    rows = MonthApproval.objects.filter(
        withdrawn_by=None,
        practice=scope.practice,
        patient_id__in=assessed.filter(patient_id__in=scope.ids).values("patient_id"),
    ).exclude(month=scope.month.first)
    columns = ("patient_id", "lines", "month", "practitioner_id")
    return rows.order_by("month").values_list(*columns)
