"""The rows behind patient-months: a fixed number of set queries for any number of patients."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from steadwell.billing.facts import chart, work
from steadwell.billing.facts.practice import Setting
from steadwell.billing.facts.scope import One, Rows, Scope, among, one_each
from steadwell.common.months import month_bounds
from steadwell.enrollment.models import ProgramEnrollment
from steadwell.practices.models import Practice
from steadwell.rules.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    """What the tables say of some patients in one month, by patient."""

    patients: One
    enrollments: One
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


def read_charts(setting: Setting, enrollments: One) -> Charts:
    """Everything the month's facts are made of, for the patients of `enrollments`."""
    starts_at, ends_at = month_bounds(setting.month, setting.zone)
    scope = Scope(
        practice=setting.practice,
        month=setting.month,
        patient_ids=list(enrollments),
        npis=setting.npis,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    consents = chart.read_consents(scope)
    statements = chart.read_statements(scope)
    return Charts(
        patients=chart.read_patients(scope),
        enrollments=enrollments,
        coverages=chart.read_coverages(scope),
        statements=statements,
        conditions=chart.read_conditions(scope, set(enrollments) - set(statements)),
        encounters=chart.read_encounters(scope, consents),
        visits=chart.read_visits(scope),
        consents=consents,
        plans=chart.read_plans(scope),
        copies=chart.read_copies(scope),
        contacts=chart.read_contacts(scope),
        intervals=work.read_intervals(scope),
        pending=work.read_pending(scope),
        attestations=work.read_attestations(scope),
        elections=work.read_elections(scope),
        stays=chart.read_stays(scope),
        statuses=work.read_statuses(scope),
        assessments=work.read_assessments(scope),
        elsewhere=work.read_elsewhere(scope),
        earlier=work.read_earlier(scope),
    )
