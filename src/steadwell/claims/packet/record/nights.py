"""Who was to answer in the month when the office was closed, and whether somebody tried."""

from datetime import date
from typing import Any

from django.db.models import Q

from steadwell.billing.models import MonthApproval
from steadwell.common.months import month_bounds
from steadwell.outreach.models import OnCallShift, UrgentContact
from steadwell.outreach.selectors.after_hours import gaps_between
from steadwell.practices.models import AfterHoursTest
from steadwell.practices.papers import night_tests_within
from steadwell.practices.selectors import profile_of
from steadwell.rules.months import Month


def nights(approval: MonthApproval) -> dict[str, Any]:
    """Shifts, gaps between them, test calls, and the patient's own urgent calls of the month."""
    practice, month = approval.practice, Month.of(approval.month)
    begins, ends = month_bounds(month, practice.zone)
    own = {"practice": practice}
    shifts = list(
        OnCallShift.objects.filter(
            Q(removed_at=None) | Q(removed_at__gte=begins),
            starts_at__lt=ends, ends_at__gt=begins, **own,
        ).order_by("starts_at", "pk")
    )  # fmt: skip
    standing = [one for one in shifts if one.removed_at is None]
    calls = UrgentContact.objects.filter(
        patient=approval.patient_id, called_at__gte=begins, called_at__lt=ends, **own
    )
    return {
        "shifts": [
            {"name": one.name, "phone": one.phone, "starts_at": one.starts_at,
             "ends_at": one.ends_at, "removed_at": one.removed_at}
            for one in shifts
        ],
        "gaps": [
            {"begins": one.begins, "ends": one.ends}
            for one in (gaps_between(standing, begins, ends) if standing else [])
        ],
        "tests": [_test(one) for one in night_tests_within(practice, month.first, month.last)],
        "last_test_on": _last_test_on(approval, month),
        "urgent_calls": list(
            calls.order_by("called_at", "pk").values(
                "called_at", "caller", "answered_by", "about", "outcome"
            )
        ),
    }  # fmt: skip


def _test(one: AfterHoursTest) -> dict[str, Any]:
    return {
        "called_on": one.called_on, "answered_by": one.answered_by,
        "recorded_by": one.recorded_by.full_name, "recorded_at": one.recorded_at,
    }  # fmt: skip


def _last_test_on(approval: MonthApproval, month: Month) -> date | None:
    """The last one known up to the month's end, that of the practice's own page among them."""
    rows = AfterHoursTest.objects.filter(practice=approval.practice, called_on__lte=month.last)
    days = [*rows.values_list("called_on", flat=True)]
    said = profile_of(approval.practice).after_hours_tested_on
    if said and said <= month.last:
        days.append(said)
    return max(days, default=None)
