"""The clocks that run on one claim, and what stops each."""

from collections.abc import Sequence
from datetime import date

from steadwell.claims.cases.denials import Denial
from steadwell.claims.cases.standing import Standing
from steadwell.claims.cases.ways import PART_B
from steadwell.claims.deadlines import Clock, filing_due
from steadwell.claims.models import Acknowledgment, Case, Claim


def clocks_of(claim: Claim, denied: Sequence[Denial], cases: Sequence[Standing]) -> list[Clock]:
    """To file; to appeal each denial; and those of its open cases."""
    appeals = [one.case for one in cases if one.case.kind == Case.Kind.APPEAL]
    found = [filing_clock(claim)]
    if denied and not appeals:
        found.append(min((one.appeal for one in denied), key=lambda clock: clock.due_on))
    return found + [one.clock for one in cases if one.is_open]


def filing_clock(claim: Claim) -> Clock:
    """Stopped by the day the file was written, unless it was a test or came back rejected."""
    served_on = min(line.served_on for line in claim.lines.all())
    due_on = filing_due(
        served_on,
        is_medicare=claim.payer.kind in PART_B,
        limit_days=claim.payer.filing_limit_days,
    )
    return Clock("File with the payer", due_on, _filed_on(claim))


def _filed_on(claim: Claim) -> date | None:
    if claim.file.is_test or _is_rejected(claim):
        return None
    filed_on: date = claim.file.written_at.astimezone(claim.practice.zone).date()
    return filed_on


def _is_rejected(claim: Claim) -> bool:
    own = Acknowledgment.objects.filter(practice=claim.practice_id)
    last = own.filter(claim=claim).order_by("-pk").first()
    last = last or own.filter(file=claim.file_id, claim=None).order_by("-pk").first()
    return last is not None and last.verdict == Acknowledgment.Verdict.REJECTED
