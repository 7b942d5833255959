"""Pages: today, the overview of a chart, and its time."""

from steadwell.outreach.views.calls import (
    chart_call,
    chart_call_answers,
    chart_call_drop,
    chart_call_start,
)
from steadwell.outreach.views.chart import chart, chart_decision, chart_draft, chart_note
from steadwell.outreach.views.flags import chart_flag_close, chart_flag_open
from steadwell.outreach.views.reach import chart_limits, chart_reach
from steadwell.outreach.views.time import (
    chart_time,
    chart_time_correct,
    chart_time_enter,
    chart_time_retract,
    chart_time_support,
)
from steadwell.outreach.views.today import today

__all__ = [
    "chart",
    "chart_call",
    "chart_call_answers",
    "chart_call_drop",
    "chart_call_start",
    "chart_decision",
    "chart_draft",
    "chart_flag_close",
    "chart_flag_open",
    "chart_limits",
    "chart_note",
    "chart_reach",
    "chart_time",
    "chart_time_correct",
    "chart_time_enter",
    "chart_time_retract",
    "chart_time_support",
    "today",
]
