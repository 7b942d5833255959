"""Pages: today, a chart with its call, tasks and time, the queues, and how the practice works."""

from steadwell.outreach.views.after_hours import (
    chart_after_hours,
    settings_on_call,
    settings_on_call_remove,
)
from steadwell.outreach.views.away import away, away_back
from steadwell.outreach.views.calls import (
    chart_call,
    chart_call_answers,
    chart_call_drop,
    chart_call_start,
)
from steadwell.outreach.views.chart import chart, chart_decision, chart_draft, chart_note
from steadwell.outreach.views.escalations import (
    chart_escalate,
    escalation_answer,
    escalation_read,
    escalation_take,
    escalations,
)
from steadwell.outreach.views.flags import chart_flag_close, chart_flag_open
from steadwell.outreach.views.forecast import forecast
from steadwell.outreach.views.loops import chart_loops, loop_act, loops
from steadwell.outreach.views.notes import chart_team_note, team_note_read
from steadwell.outreach.views.practice import (
    settings_deputies,
    settings_order,
    settings_protocol,
    settings_work,
    settings_work_times,
)
from steadwell.outreach.views.reach import chart_limits, chart_reach
from steadwell.outreach.views.tasks import (
    task_act,
    task_new,
    task_occurrence_act,
    task_recurring_end,
    task_recurring_new,
    tasks,
)
from steadwell.outreach.views.time import (
    chart_time,
    chart_time_correct,
    chart_time_enter,
    chart_time_retract,
    chart_time_support,
)
from steadwell.outreach.views.today import today, today_view_drop, today_view_save
from steadwell.outreach.views.work import chart_work

__all__ = [
    "away",
    "away_back",
    "chart",
    "chart_after_hours",
    "chart_call",
    "chart_call_answers",
    "chart_call_drop",
    "chart_call_start",
    "chart_decision",
    "chart_draft",
    "chart_escalate",
    "chart_flag_close",
    "chart_flag_open",
    "chart_limits",
    "chart_loops",
    "chart_note",
    "chart_reach",
    "chart_team_note",
    "chart_time",
    "chart_time_correct",
    "chart_time_enter",
    "chart_time_retract",
    "chart_time_support",
    "chart_work",
    "escalation_answer",
    "escalation_read",
    "escalation_take",
    "escalations",
    "forecast",
    "loop_act",
    "loops",
    "settings_deputies",
    "settings_on_call",
    "settings_on_call_remove",
    "settings_order",
    "settings_protocol",
    "settings_work",
    "settings_work_times",
    "task_act",
    "task_new",
    "task_occurrence_act",
    "task_recurring_end",
    "task_recurring_new",
    "tasks",
    "team_note_read",
    "today",
    "today_view_drop",
    "today_view_save",
]
