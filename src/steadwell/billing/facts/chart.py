"""Rows of the chart, the enrollment and the plan. Columns stand beside each query, patient first,
and hold everything the rows are ordered by: whoever compares rows compares their order too."""

from datetime import timedelta

from django.db.models import Q

from steadwell.billing.facts.scope import VOID, Read, Scope
from steadwell.careplans.models import PlanCopy, PlanVersion
from steadwell.enrollment.models import Consent, DesignatedContact, QualifyingVisit, RiskStatement
from steadwell.patients.models import (
    Condition,
    Coverage,
    EligibilityAnswer,
    Encounter,
    Patient,
)

VISIT_YEAR = timedelta(days=366)
STAYS = {"IMP": "inpatient", "ACUTE": "inpatient", "NONAC": "inpatient", "SNF": "snf_part_a"}


def read_patients(scope: Scope) -> Read:
    rows = Patient.objects.filter(practice=scope.practice, pk__in=scope.ids)
    return rows.values_list("pk", "birth_date", "died_on", "is_deceased")


def read_coverages(scope: Scope) -> Read:
    """patient, kind, secondary, is_qmb, starts_on, ends_on, order of what is in force in the month."""
    rows = Coverage.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=scope.month.last),
        Q(ends_on=None) | Q(ends_on__gte=scope.month.first),
        **scope.of,
    ).exclude(status__in=VOID)
    columns = ("patient_id", "kind", "secondary", "is_qmb", "starts_on", "ends_on", "order", "pk")
    return rows.order_by("pk").values_list(*columns)


def read_statements(scope: Scope) -> Read:
    """patient, conditions of the risk statements, the newest last."""
    rows = RiskStatement.objects.filter(program="ccm", **scope.of)
    columns = ("patient_id", "conditions", "confirmed_at", "pk")
    return rows.order_by("confirmed_at", "pk").values_list(*columns)


def read_conditions(scope: Scope) -> Read:
    """patient, ICD-10 of the chart's active conditions, for those without a statement.

    Those with one are listed once and looked up: whatever the planner believes of a practice that
    was loaded a minute ago, it cannot compare every condition with every statement.
    """
    stated = RiskStatement.objects.filter(program="ccm", **scope.of).values("patient_id")
    rows = Condition.objects.filter(abated_on=None, **scope.of).exclude(patient_id__in=stated)
    rows = rows.exclude(icd10="")
    rows = rows.exclude(verification_status__in=("refuted", "entered-in-error"))
    rows = rows.filter(clinical_status__in=("active", "recurrence", "relapse", ""))
    return rows.order_by("icd10").values_list("patient_id", "icd10").distinct()


def read_consents(scope: Scope) -> Read:
    """patient, form, given_at, practitioner, covers, revoked_on, in the order they were given."""
    rows = Consent.objects.filter(program="ccm", **scope.of).order_by("given_at", "pk")
    columns = (
        "patient_id", "form", "given_at", "practitioner_id", "covers", "revocations__revoked_on",
        "pk",
    )  # fmt: skip
    return rows.values_list(*columns)


def read_encounters(scope: Scope) -> Read:
    """patient, procedure codes, starts_at, the clinician's NPI, id: from a year before the
    practice's first consent; whose year has not begun then is told by `mapping`."""
    rows = Encounter.objects.filter(
        starts_at__gte=scope.first_consent_at - VISIT_YEAR,
        starts_at__lt=scope.ends_at,
        procedure_codes__len__gt=0,
        clinician__npi__in=scope.npis,
        **scope.of,
    ).exclude(status__in=VOID)
    columns = ("patient_id", "procedure_codes", "starts_at", "clinician__npi", "pk")
    return rows.order_by("starts_at", "pk").values_list(*columns)


def read_visits(scope: Scope) -> Read:
    """patient, code, took_place_on, practitioner, discussed, encounter."""
    rows = QualifyingVisit.objects.filter(took_place_on__lte=scope.month.last, **scope.of)
    columns = (
        "patient_id", "code", "took_place_on", "practitioner_id", "discussed", "encounter_id", "pk",
    )  # fmt: skip
    return rows.order_by("took_place_on", "pk").values_list(*columns)


def read_plans(scope: Scope) -> Read:
    """patient, number, started_at, signed_at, practitioner, id: signed by the end of the month, or
    a draft begun by then."""
    rows = PlanVersion.objects.filter(
        Q(signed_at__lt=scope.ends_at) | Q(signed_at=None, started_at__lt=scope.ends_at),
        **scope.of,
    )
    columns = ("patient_id", "number", "started_at", "signed_at", "practitioner_id", "pk")
    return rows.order_by("number").values_list(*columns)


def read_copies(scope: Scope) -> Read:
    """patient, given_on, version."""
    rows = PlanCopy.objects.filter(given_on__lte=scope.month.last, **scope.of)
    columns = ("patient_id", "given_on", "version_id", "pk")
    return rows.order_by("given_on", "pk").values_list(*columns)


def read_contacts(scope: Scope) -> Read:
    rows = DesignatedContact.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=scope.month.first),
        starts_on__lte=scope.month.last,
        **scope.of,
    )
    return rows.values_list("patient_id", "starts_on", "ends_on")


def read_stays(scope: Scope) -> Read:
    """patient, class, starts_at, ends_at, id of stays that touch the month."""
    rows = Encounter.objects.filter(
        Q(ends_at__gte=scope.starts_at) | Q(ends_at=None),
        class_code__in=STAYS,
        starts_at__lt=scope.ends_at,
        **scope.of,
    ).exclude(status__in=VOID)
    columns = ("patient_id", "class_code", "starts_at", "ends_at", "pk")
    return rows.order_by("starts_at", "pk").values_list(*columns)


def read_answers(scope: Scope) -> Read:
    """patient, what it says, answered_on of the payers' answers about days of the month."""
    rows = EligibilityAnswer.objects.filter(
        about_from__lte=scope.month.last, about_to__gte=scope.month.first, **scope.of
    )
    return rows.order_by("answered_on", "pk").values_list("patient_id", "says", "answered_on", "pk")
