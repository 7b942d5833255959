"""Reading claims and the files they went out in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum

from steadwell.billing.models import MonthApproval, MonthClose
from steadwell.claims.from_snapshot import plain_code
from steadwell.claims.models import Claim, ClaimFile, ClaimLine, DiagnosisChoice
from steadwell.enrollment.models import RiskStatement
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from steadwell.rules.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedMonth:
    """A sealed month: how many approvals have lines, and how many of them have their claim."""

    month: Month
    approved: int
    claimed: int

    @property
    def waiting(self) -> int:
        return self.approved - self.claimed


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedCondition:
    """A condition known by SNOMED, its translated code, and the choice that stands."""

    code: str
    label: str
    choice: DiagnosisChoice | None


def closed_months(practice: Practice, most: int = 24) -> list[ClosedMonth]:
    """The newest closed months, in three queries."""
    own = {"practice": practice}
    closes = MonthClose.objects.filter(reopened_by=None, **own).order_by("-month")[:most]
    months = [close.month for close in closes]
    approvals = MonthApproval.objects.filter(month__in=months, withdrawn_by=None, **own)
    approved = _by_month(approvals.exclude(lines=[]).values("month"))
    claimed = _by_month(
        Claim.objects.filter(month__in=months, is_test=False, is_first=True, **own).values("month")
    )
    return [
        ClosedMonth(
            month=Month.of(first), approved=approved.get(first, 0), claimed=claimed.get(first, 0)
        )
        for first in months
    ]


def claim_files(practice: Practice) -> QuerySet[ClaimFile]:
    """The practice's files, newest first, without their bytes; with claims, charged and expected."""
    charged = Claim.objects.filter(practice=practice, file=OuterRef("pk")).values("file")
    expected = ClaimLine.objects.filter(practice=practice, claim__file=OuterRef("pk"))
    return (
        ClaimFile.objects.filter(practice=practice)
        .defer("content")
        .select_related("payer", "written_by")
        .annotate(
            claim_count=Subquery(charged.annotate(all=Count("pk")).values("all")),
            charged=Subquery(charged.annotate(all=Sum("total_charge")).values("all")),
            expected=Subquery(
                expected.values("claim__file").annotate(all=Sum("expected")).values("all")
            ),
        )
        .order_by("-month", "-pk")
    )


def file_sums(files: Iterable[ClaimFile]) -> dict[int, tuple[int, Decimal]]:
    """By file: how many claims and what they charge."""
    rows = Claim.objects.filter(file__in=[file.pk for file in files]).values("file")
    found = rows.annotate(count=Count("pk"), total=Sum("total_charge"))
    return {row["file"]: (row["count"], row["total"]) for row in found}


def claims_in(file: ClaimFile) -> QuerySet[Claim]:
    """The claims of a file, by number, with patient and lines."""
    rows = Claim.objects.filter(practice=file.practice_id, file=file).order_by("control_number")
    return rows.select_related("patient").prefetch_related("lines")


def claim_of(practice: Practice, patient_id: int, month: Month) -> Claim | None:
    """The first claim of a patient-month, with its lines and file."""
    return (
        Claim.objects.filter(practice=practice, patient=patient_id, month=month.first)
        .select_related("file", "payer", "approval")
        .prefetch_related("lines")
        .order_by("is_test", "-is_first", "-pk")
        .first()
    )


def _by_month(rows: QuerySet[Any, Any]) -> dict[date, int]:
    counted = rows.order_by().annotate(count=Count("pk"))
    return {row["month"]: row["count"] for row in counted}


def mapped_conditions(patient: Patient) -> list[MappedCondition]:
    """Conditions of the patient's statements whose code was translated, with what a person chose."""
    own = {"practice": patient.practice_id, "patient": patient}
    chosen = {
        one.mapped_code: one
        for one in DiagnosisChoice.objects.filter(**own).select_related("chosen_by").order_by("pk")
    }
    labels: dict[str, str] = {}
    statements = RiskStatement.objects.filter(**own).order_by("confirmed_at", "pk")
    for conditions in statements.values_list("conditions", flat=True):
        labels |= {
            plain_code(one["code"]): one.get("label", "")
            for one in conditions
            if one.get("is_mapped")
        }
    return [
        MappedCondition(code=code, label=label, choice=chosen.get(code))
        for code, label in labels.items()
    ]
