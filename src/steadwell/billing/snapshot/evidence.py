"""What stands behind an approval, as a reviewer asks for it: set reads for any number of patients.

Everything is copied, so that the packet shows what the practitioner saw, whatever changes later.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from steadwell.billing.facts import LONGEST_INTERVAL, Setting
from steadwell.billing.models import (
    Attestation,
    ClaimedElsewhere,
    InitialAssessment,
    LaneElection,
    PatientStatus,
)
from steadwell.careplans.models import PlanCopy, PlanVersion
from steadwell.common.months import month_bounds
from steadwell.enrollment.models import (
    Consent,
    DesignatedContact,
    QualifyingVisit,
    RiskStatement,
)
from steadwell.patients.models import Patient
from steadwell.timekeeping.models import Interval, IntervalNote

Values = dict[str, Any]
ByPatient = dict[int, list[Values]]
NOTE = ("kind", "occurred_at", "written_at", "reason", "changed", "done", "next_step", "next_on",
        "disposition")  # fmt: skip


def read_evidence(setting: Setting, patient_ids: list[int]) -> dict[int, Values]:
    """By patient: everything the packet shows beside facts and decision."""
    of = {"practice": setting.practice, "patient_id__in": patient_ids}
    identities = _identities(setting, patient_ids)
    parts: dict[str, dict[int, Any]] = {
        "risk_statement": _newest(_risk(of)),
        "visits": _group(_visits(of, setting)),
        "consents": _group(_consents(of)),
        "plan": _newest(_plans(of, setting)),
        "plan_copies": _group(_copies(of, setting)),
        "contact": _newest(_contacts(of, setting)),
        "attestation": _newest(_attestations(of, setting)),
        "lane": _newest(_lanes(of, setting)),
        "assessment": _newest(_assessments(of)),
        "claimed_elsewhere": _group(_elsewhere(of)),
        "statuses": _group(_statuses(of)),
        "intervals": _intervals(of, setting),
    }
    return {
        patient: {
            "patient": identities[patient],
            **{name: found.get(patient, _nothing(name)) for name, found in parts.items()},
        }
        for patient in patient_ids
    }


def _nothing(name: str) -> Any:
    return None if name in SINGLE else []


SINGLE = {"risk_statement", "plan", "contact", "attestation", "lane", "assessment"}


def _group(rows: Iterable[Values]) -> ByPatient:
    found: ByPatient = {}
    for row in rows:
        found.setdefault(row.pop("patient_id"), []).append(_texts(row))
    return found


def _newest(rows: Iterable[Values]) -> dict[int, Values]:
    return {row.pop("patient_id"): _texts(row) for row in rows}


def _texts(row: Values) -> Values:
    """Keys as the packet reads them: `practitioner__npi` becomes `practitioner_npi`."""
    return {key.replace("__", "_"): value for key, value in row.items()}


def _identities(setting: Setting, patient_ids: list[int]) -> dict[int, Values]:
    rows: QuerySet[Any, Any] = Patient.objects.filter(
        practice=setting.practice, pk__in=patient_ids
    ).values(
        "pk", "public_id", "family_name", "given_name", "birth_date", "sex", "record_number",
        "medicare_number", "died_on",
    )  # fmt: skip
    return {row.pop("pk"): row for row in rows}


def _risk(of: Values) -> QuerySet[Any, Any]:
    rows = RiskStatement.objects.filter(program="ccm", **of).order_by("confirmed_at", "pk")
    return rows.values(
        "patient_id", "public_id", "statement", "conditions", "confirmed_at",
        "confirmed_by__full_name", "practitioner__npi",
    )  # fmt: skip


def _visits(of: Values, setting: Setting) -> QuerySet[Any, Any]:
    rows = QualifyingVisit.objects.filter(took_place_on__lte=setting.month.last, **of)
    return rows.order_by("took_place_on", "pk").values(
        "patient_id", "public_id", "code", "took_place_on", "discussed", "confirmed_at",
        "confirmed_by__full_name", "practitioner__npi",
    )  # fmt: skip


def _consents(of: Values) -> QuerySet[Any, Any]:
    rows = Consent.objects.filter(program="ccm", **of).order_by("given_at", "pk")
    return rows.values(
        "patient_id", "public_id", "form", "given_at", "given_by", "covers", "wording_version",
        "wording", "language", "teach_back", "obtained_by__full_name", "recorded_at",
        "practitioner__npi", "revocations__revoked_on", "revocations__reason",
    )  # fmt: skip


def _plans(of: Values, setting: Setting) -> QuerySet[Any, Any]:
    """The version in force at the end of the month."""
    ends_at = month_bounds(setting.month, setting.zone)[1]
    rows = PlanVersion.objects.filter(signed_at__lt=ends_at, **of).order_by("number")
    return rows.values(
        "patient_id", "public_id", "number", "digest", "signed_at", "signed_by__full_name",
        "practitioner__npi",
    )  # fmt: skip


def _copies(of: Values, setting: Setting) -> QuerySet[Any, Any]:
    rows = PlanCopy.objects.filter(given_on__lte=setting.month.last, **of).order_by(
        "given_on", "pk"
    )
    return rows.values(
        "patient_id", "version__number", "means", "given_to", "given_on", "recorded_at",
        "recorded_by__full_name",
    )  # fmt: skip


def _contacts(of: Values, setting: Setting) -> QuerySet[Any, Any]:
    rows = DesignatedContact.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=setting.month.first),
        starts_on__lte=setting.month.last,
        **of,
    ).order_by("starts_on", "pk")
    return rows.values("patient_id", "person__full_name", "starts_on", "ends_on")


def _attestations(of: Values, setting: Setting) -> QuerySet[Any, Any]:
    rows = Attestation.objects.filter(month=setting.month.first, **of).order_by("attested_at", "pk")
    chosen: QuerySet[Any, Any] = rows.values(
        "patient_id", "public_id", "level", "made_on", "attested_at", "attested_by__full_name",
        "note__author__full_name", *(f"note__{name}" for name in NOTE),
    )  # fmt: skip
    return chosen


def _lanes(of: Values, setting: Setting) -> QuerySet[Any, Any]:
    rows = LaneElection.objects.filter(month=setting.month.first, **of).order_by("elected_at", "pk")
    return rows.values("patient_id", "lane", "elected_at", "elected_by__full_name")


def _assessments(of: Values) -> QuerySet[Any, Any]:
    rows = InitialAssessment.objects.filter(taken_back_at=None, **of).order_by("pk")
    return rows.values(
        "patient_id", "took_place_on", "recorded_at", "recorded_by__full_name", "note__done"
    )


def _elsewhere(of: Values) -> QuerySet[Any, Any]:
    rows = ClaimedElsewhere.objects.filter(taken_back_at=None, **of).order_by("month", "pk")
    return rows.values(
        "patient_id", "code", "month", "source", "recorded_at", "recorded_by__full_name"
    )


def _statuses(of: Values) -> QuerySet[Any, Any]:
    rows = PatientStatus.objects.filter(taken_back_at=None, **of).order_by("starts_on", "pk")
    return rows.values(
        "patient_id", "kind", "starts_on", "ends_on", "recorded_at", "recorded_by__full_name"
    )


def _intervals(of: Values, setting: Setting) -> ByPatient:
    """Live intervals of the month, each with the notes behind it and what it served."""
    starts_at, ends_at = month_bounds(setting.month, setting.zone)
    rows = Interval.objects.filter(
        started_at__gte=starts_at - LONGEST_INTERVAL,
        started_at__lt=ends_at,
        ended_at__gt=starts_at,
        superseded_by=None,
        **of,
    ).order_by("started_at", "ended_at", "pk")
    values: list[Any] = list(
        rows.values(
            "patient_id", "pk", "public_id", "person__full_name", "membership__credential",
            "credential", "program", "activity", "started_at", "ended_at", "source", "reason",
            "during_visit", "outside_us", "recorded_at", "recorded_by__full_name",
            "approved_by__full_name",
        )
    )  # fmt: skip
    notes = _notes(of, [row["pk"] for row in values])
    for row in values:
        row["notes"] = notes.get(row.pop("pk"), [])
    return _group(values)


def _notes(of: Values, intervals: list[int]) -> ByPatient:
    rows = IntervalNote.objects.filter(practice=of["practice"], interval_id__in=intervals)
    found: ByPatient = {}
    for row in rows.order_by("pk").values(
        "interval_id", "plan_item", "plan_item_label", "note__author__full_name",
        *(f"note__{name}" for name in NOTE),
    ):  # fmt: skip
        found.setdefault(row.pop("interval_id"), []).append(_texts(row))
    return found
