"""The rows behind patient-months: a fixed number of set queries for any number of patients."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, Q

from steadwell.billing.facts import chart, work
from steadwell.billing.facts.practice import Setting
from steadwell.billing.facts.scope import (
    LONGEST_INTERVAL,
    Hashes,
    One,
    Read,
    Rows,
    Scope,
    among,
    many_each,
    one_each,
    rows_of,
)
from steadwell.billing.models import MonthApproval
from steadwell.common.months import month_bounds
from steadwell.enrollment.models import ProgramEnrollment
from steadwell.practices.models import Practice
from steadwell.rules.months import Month
from steadwell.timekeeping.models import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    """What the tables say of some patients in one month, by patient."""

    hashes: Hashes  # the sum of the hashes of all rows: see `fingerprints`
    enrollments: One
    patients: One
    coverages: Rows
    statements: One
    conditions: Rows
    encounters: Rows
    visits: Rows
    consents: Rows
    plans: Rows
    copies: Rows
    contacts: Rows
    intervals: Rows
    pending: Rows
    attestations: One
    elections: One
    stays: Rows
    statuses: Rows
    assessments: One
    elsewhere: Rows
    earlier: Rows
    answers: Rows


# Every table that facts are made of, once: what is read is also what tells that something changed.
READS_OF_ONE: Final[dict[str, Callable[[Scope], Read]]] = {
    "patients": chart.read_patients,
    "statements": chart.read_statements,
    "attestations": work.read_attestations,
    "elections": work.read_elections,
    "assessments": work.read_assessments,
}
READS_OF_MANY: Final[dict[str, Callable[[Scope], Read]]] = {
    "coverages": chart.read_coverages,
    "conditions": chart.read_conditions,
    "encounters": chart.read_encounters,
    "visits": chart.read_visits,
    "consents": chart.read_consents,
    "plans": chart.read_plans,
    "copies": chart.read_copies,
    "contacts": chart.read_contacts,
    "intervals": work.read_intervals,
    "pending": work.read_pending,
    "stays": chart.read_stays,
    "statuses": work.read_statuses,
    "elsewhere": work.read_elsewhere,
    "earlier": work.read_earlier,
    "answers": chart.read_answers,
}


def read_charts(setting: Setting, enrollments: One) -> Charts:
    """Everything the month's facts are made of, for the patients of `enrollments`."""
    scope, hashes = scope_of(setting, enrollments), Hashes(int)
    found: dict[str, Any] = {}
    for seed, (name, read) in enumerate({**READS_OF_ONE, **READS_OF_MANY}.items()):
        keep = one_each if name in READS_OF_ONE else many_each
        found[name] = keep(rows_of(read(scope), seed, hashes))
    return Charts(enrollments=enrollments, hashes=hashes, **found)


def all_reads(scope: Scope) -> Iterator[Read]:
    """Every query of a chart, in one order."""
    for read in (*READS_OF_ONE.values(), *READS_OF_MANY.values()):
        yield read(scope)


def scope_of(setting: Setting, enrollments: One) -> Scope:
    return Scope(
        practice=setting.practice,
        month=setting.month,
        ids=among(enrollments),
        npis=setting.npis,
        starts_at=setting.starts_at,
        ends_at=setting.ends_at,
        first_consent_at=setting.first_consent_at,
    )


def read_enrollments(
    practice: Practice, month: Month, patient_ids: Iterable[int] | None = None
) -> One:
    """patient, practitioner, starts_on, ends_on of everybody in CCM during the month.

    Of two enrollments in one month the later one bills: only one practitioner is paid.
    """
    rows = ProgramEnrollment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=month.first),
        practice=practice,
        program="ccm",
        starts_on__lte=month.last,
    )
    if patient_ids is not None:
        rows = rows.filter(patient_id__in=among(patient_ids))
    ordered = rows.order_by("starts_on", "pk")
    return one_each(ordered.values_list("patient_id", "practitioner_id", "starts_on", "ends_on"))


def read_outside(
    practice: Practice,
    month: Month,
    enrolled: Iterable[int],
    patient_ids: Iterable[int] | None = None,
) -> dict[int, int | None]:
    """Patients with work or an approval in the month who were not enrolled in it, by the
    practitioner of their newest enrollment: nobody's work leaves a month's list unseen."""
    of = {} if patient_ids is None else {"patient_id__in": among(patient_ids)}
    starts_at, ends_at = month_bounds(month, practice.zone)
    worked = Interval.objects.filter(
        practice=practice,
        program="ccm",
        started_at__gte=starts_at - LONGEST_INTERVAL,
        started_at__lt=ends_at,
        ended_at__gt=starts_at,
        superseded_by=None,
        **of,
    ).exclude(ended_at=F("started_at"))
    approved = MonthApproval.objects.filter(
        practice=practice, month=month.first, withdrawn_by=None, **of
    )
    touched = worked.values_list("patient_id").union(approved.values_list("patient_id"))
    outside = {patient for (patient,) in touched} - set(enrolled)
    rows = ProgramEnrollment.objects.filter(
        practice=practice, program="ccm", patient_id__in=among(outside)
    ).order_by("starts_on", "pk")
    newest: dict[int, int] = dict(rows.values_list("patient_id", "practitioner_id"))
    return {patient: newest.get(patient) for patient in sorted(outside)}
