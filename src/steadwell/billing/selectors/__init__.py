"""Reading billing: the dry run of a month, one patient-month, what was approved and closed."""

from steadwell.billing.selectors.approvals import (
    approval_of,
    approvals_in,
    approvals_of,
    close_of,
    closes_of,
    decision_notes,
)
from steadwell.billing.selectors.conclusions import seen_token
from steadwell.billing.selectors.coverage import missing_rules
from steadwell.billing.selectors.flags import flags_in
from steadwell.billing.selectors.places import Place, place_of
from steadwell.billing.selectors.ready import (
    is_large,
    ready_ids,
    ready_months,
    ready_token,
    ready_token_of_rows,
)
from steadwell.billing.selectors.records import Records, open_stays, records_of
from steadwell.billing.selectors.rederiving import MonthProof, rederive_closed
from steadwell.billing.selectors.rows import RunRow
from steadwell.billing.selectors.run import (
    MonthRun,
    decide_patient_month,
    month_run,
    row_of_patient,
    telling_month,
    verdict_of_patient,
)
from steadwell.billing.selectors.samples import (
    Inspected,
    approved_count,
    inspected_in,
    samples_of,
)
from steadwell.billing.selectors.verdict import Blocker, State, Verdict

__all__ = [
    "Blocker",
    "Inspected",
    "MonthProof",
    "MonthRun",
    "Place",
    "Records",
    "RunRow",
    "State",
    "Verdict",
    "approval_of",
    "approvals_in",
    "approvals_of",
    "approved_count",
    "close_of",
    "closes_of",
    "decide_patient_month",
    "decision_notes",
    "flags_in",
    "inspected_in",
    "is_large",
    "missing_rules",
    "month_run",
    "open_stays",
    "place_of",
    "ready_ids",
    "ready_months",
    "ready_token",
    "ready_token_of_rows",
    "records_of",
    "rederive_closed",
    "row_of_patient",
    "samples_of",
    "seen_token",
    "telling_month",
    "verdict_of_patient",
]
