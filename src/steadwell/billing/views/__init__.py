"""Pages of a month and of one patient's billing."""

from steadwell.billing.views.acts import (
    billing_approve,
    billing_assessment,
    billing_attest,
    billing_elsewhere,
    billing_end,
    billing_lane,
    billing_note,
    billing_status,
    billing_take_back,
    billing_withdraw,
)
from steadwell.billing.views.chart import billing_as_case, chart_billing
from steadwell.billing.views.month import (
    month,
    month_approve,
    month_close,
    month_csv,
    month_end,
    month_patient,
    month_reopen,
)
from steadwell.billing.views.samples import (
    month_sample,
    month_sample_draw,
    month_sample_record,
    month_samples,
)

__all__ = [
    "billing_approve",
    "billing_as_case",
    "billing_assessment",
    "billing_attest",
    "billing_elsewhere",
    "billing_end",
    "billing_lane",
    "billing_note",
    "billing_status",
    "billing_take_back",
    "billing_withdraw",
    "chart_billing",
    "month",
    "month_approve",
    "month_close",
    "month_csv",
    "month_end",
    "month_patient",
    "month_reopen",
    "month_sample",
    "month_sample_draw",
    "month_sample_record",
    "month_samples",
]
