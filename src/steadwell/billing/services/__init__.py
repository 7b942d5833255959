"""Every write of billing: attest, record, approve, withdraw, close, reopen."""

from steadwell.billing.access import NotTheirs
from steadwell.billing.services.approve import (
    MonthNotReady,
    NotWithdrawn,
    RunHasChanged,
    approve_clean_months,
    approve_month,
    withdraw_approval,
)
from steadwell.billing.services.attest import (
    NotAttested,
    NotElected,
    NotRecorded,
    attest_decision,
    elect_lane,
    record_assessment,
)
from steadwell.billing.services.close import (
    LeftOpen,
    NotClosed,
    NotReopened,
    StillOpen,
    close_month,
    mark_claims_written,
    reopen_month,
    seal_digest,
)
from steadwell.billing.services.guard import MonthIsClosed, NothingGiven, lock_month
from steadwell.billing.services.parts import APPROVE, PART, approve_part, ask_to_approve
from steadwell.billing.services.recording import (
    StatusGiven,
    end_status,
    record_claimed_elsewhere,
    record_status,
    take_back,
)
from steadwell.billing.services.sample import (
    NotDrawn,
    NothingFound,
    draw_sample,
    drawn,
    record_finding,
)

__all__ = [
    "APPROVE",
    "PART",
    "LeftOpen",
    "MonthIsClosed",
    "MonthNotReady",
    "NotAttested",
    "NotClosed",
    "NotDrawn",
    "NotElected",
    "NotRecorded",
    "NotReopened",
    "NotTheirs",
    "NotWithdrawn",
    "NothingFound",
    "NothingGiven",
    "RunHasChanged",
    "StatusGiven",
    "StillOpen",
    "approve_clean_months",
    "approve_month",
    "approve_part",
    "ask_to_approve",
    "attest_decision",
    "close_month",
    "draw_sample",
    "drawn",
    "elect_lane",
    "end_status",
    "lock_month",
    "mark_claims_written",
    "record_assessment",
    "record_claimed_elsewhere",
    "record_finding",
    "record_status",
    "reopen_month",
    "seal_digest",
    "take_back",
    "withdraw_approval",
]
