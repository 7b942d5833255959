"""What was corrected in the month's time, and what was done with the month after its approval."""

from typing import Any

from steadwell.billing.models import MonthApproval, MonthClose
from steadwell.billing.selectors.approvals import approvals_of
from steadwell.claims.models import Claim
from steadwell.rules.months import Month
from steadwell.timekeeping.history import Step, chains_of

Values = dict[str, Any]


def corrections(approval: MonthApproval) -> list[Values]:
    """Every version of every entry that was ever corrected, from the first to the one that stands."""
    chains = chains_of(approval.patient, Month.of(approval.month))
    return [{"versions": [_version(step) for step in chain]} for chain in chains if len(chain) > 1]


def _version(step: Step) -> Values:
    one = step.entry
    return {
        "person": one.person.full_name, "started_at": one.started_at, "ended_at": one.ended_at,
        "activity": one.activity, "program": one.program, "reason": one.reason,
        "recorded_at": one.recorded_at, "recorded_by": one.recorded_by.full_name,
        "changed": step.changed, "is_retraction": step.is_retraction,
    }  # fmt: skip


def events(approval: MonthApproval, claim: Claim | None) -> list[Values]:
    """Approvals taken back, closing and reopening of the month, and the claim's writing, by time."""
    month = Month.of(approval.month)
    found = [
        _event("approval", one.approved_by.full_name, one.approved_at)
        for one in approvals_of(approval.patient, month)
        if one.pk != approval.pk
    ]
    found += [
        _event("approval taken back", one.withdrawn_by.withdrawn_by.full_name,
               one.withdrawn_by.withdrawn_at, one.withdrawn_by.reason)
        for one in approvals_of(approval.patient, month)
        if one.withdrawn_by
    ]  # fmt: skip
    closes = MonthClose.objects.filter(practice=approval.practice, month=month.first)
    for close in closes.select_related("closed_by", "reopened_by__reopened_by"):
        found.append(_event("month closed", close.closed_by.full_name, close.closed_at))
        if again := close.reopened_by:
            found.append(
                _event("month reopened", again.reopened_by.full_name, again.reopened_at,
                       again.reason)
            )  # fmt: skip
    if claim:
        writer = claim.file.written_by
        who = writer.full_name if writer else "a command"
        found.append(_event("claim written", who, claim.file.written_at))
    return sorted(found, key=lambda one: (one["at"], one["what"]))


def _event(what: str, who: str, at: Any, reason: str = "") -> Values:
    return {"what": what, "who": who, "at": at, "reason": reason}
