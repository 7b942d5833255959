"""Pages: today, the overview of a chart, and its time."""

from steadwell.outreach.views.chart import chart, chart_decision, chart_draft, chart_note
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
    "chart_decision",
    "chart_draft",
    "chart_note",
    "chart_time",
    "chart_time_correct",
    "chart_time_enter",
    "chart_time_retract",
    "chart_time_support",
    "today",
]
