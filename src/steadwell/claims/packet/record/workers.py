"""Who worked on the month, and what is on record of each on those days."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from steadwell.billing.models import MonthApproval
from steadwell.practices.models import ExclusionCheck, Membership
from steadwell.practices.papers import Papers, papers_of
from steadwell.rules.months import Month
from steadwell.timekeeping.models import Interval

Values = dict[str, Any]
Days = dict[int, set[date]]


def workers(approval: MonthApproval, snapshot: Mapping[str, Any]) -> list[Values]:
    """Those whose time stands in the month, who bills, and who approved; by name."""
    days = _days_worked(approval, snapshot)
    signing = {approval.approved_by_id, approval.practitioner.person_id} - {None}
    members = Membership.objects.filter(practice=approval.practice, person_id__in=signing)
    approved_on = approval.approved_at.astimezone(approval.practice.zone).date()
    for member in members.filter(starts_on__lte=approved_on).order_by("pk"):
        if member.ends_on is None or member.ends_on >= approved_on:
            days.setdefault(member.pk, set()).add(approved_on)
    papers = papers_of(approval.practice, days.keys())
    month = Month.of(approval.month)
    rows = [_worker(papers[key], sorted(days[key]), month) for key in days]
    return sorted(rows, key=lambda row: (row["person"], row["days"]))


def _days_worked(approval: MonthApproval, snapshot: Mapping[str, Any]) -> Days:
    ids = [one["public_id"] for one in snapshot["evidence"]["intervals"]]
    rows = Interval.objects.filter(practice=approval.practice, public_id__in=ids)
    found: Days = {}
    for member, start in rows.order_by("pk").values_list("membership_id", "started_at"):
        found.setdefault(member, set()).add(start.astimezone(approval.practice.zone).date())
    return found


def _worker(papers: Papers, days: list[date], month: Month) -> Values:
    agreement = papers.agreement_on(days[-1])
    before = papers.check_before(month.first)
    return {
        "person": papers.membership.person.full_name,
        "credential": papers.membership.credential,
        "days": days,
        "licenses": [
            {"state": one.state, "number": one.number, "starts_on": one.starts_on,
             "expires_on": one.expires_on, "recorded_at": one.recorded_at}
            for one in papers.standing_licenses
        ],
        "days_without_license": [day for day in days if not papers.licenses_on(day)],
        "exclusion_checks": [_check(one) for one in papers.checks_within(month.first, month.last)],
        "exclusion_check_before": _check(before) if before else None,
        "agreement": agreement and {
            "starts_on": agreement.starts_on, "employer": agreement.employer,
            "contract": agreement.contract, "supervision": agreement.supervision,
            "supervisor": agreement.supervisor.display_name if agreement.supervisor else None,
            "in_us": agreement.in_us, "recorded_at": agreement.recorded_at,
        },
    }  # fmt: skip


def _check(one: ExclusionCheck) -> Values:
    return {
        "checked_on": one.checked_on, "lists": one.lists, "result": one.result,
        "recorded_by": one.recorded_by.full_name, "recorded_at": one.recorded_at,
    }  # fmt: skip
