"""Samples of a month, and what was found in them."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from steadwell.billing.models import MonthApproval, ReviewSample, SampledMonth, SampleFinding
from steadwell.practices.models import Practice
from steadwell.rules.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """One patient-month of a sample with its findings, the newest first."""

    sampled: SampledMonth
    findings: list[SampleFinding]


def samples_of(practice: Practice, month: Month) -> QuerySet[ReviewSample]:
    """The newest first, with how many of each were inspected."""
    return (
        ReviewSample.objects.filter(practice=practice, month=month.first)
        .select_related("drawn_by")
        .annotate(
            inspected=Count("months", filter=Q(months__findings__isnull=False), distinct=True)
        )
        .order_by("-drawn_at", "-pk")
    )


def inspected_in(sample: ReviewSample) -> list[Inspected]:
    """In the order they were drawn, in two queries."""
    own = {"practice": sample.practice_id}
    months = SampledMonth.objects.filter(sample=sample, **own).select_related("patient", "approval")
    by_month: dict[int, list[SampleFinding]] = {}
    findings = SampleFinding.objects.filter(sampled__sample=sample, **own)
    for finding in findings.select_related("recorded_by").order_by("-recorded_at", "-pk"):
        by_month.setdefault(finding.sampled_id, []).append(finding)
    return [
        Inspected(sampled=one, findings=by_month.get(one.pk, []))
        for one in months.defer("approval__snapshot").order_by("place")
    ]


def approved_count(practice: Practice, month: Month) -> int:
    """How many a sample can be drawn from."""
    return MonthApproval.objects.filter(
        practice=practice, month=month.first, withdrawn_by=None
    ).count()
