from django.urls import path

from steadwell.outreach import views

CHART = "patients/<uuid:patient_id>/"
QUESTION = "questions/<uuid:escalation_id>/"
ENTRY = f"{CHART}time/<uuid:interval_id>/"

urlpatterns = [
    path("", views.today, name="today"),
    path("forecast/", views.forecast, name="forecast"),
    path("views/save/", views.today_view_save, name="today_view_save"),
    path("views/<uuid:view_id>/remove/", views.today_view_drop, name="today_view_drop"),
    path(CHART, views.chart, name="chart"),
    path(f"{CHART}note/", views.chart_note, name="chart_note"),
    path(f"{CHART}draft/", views.chart_draft, name="chart_draft"),
    path(f"{CHART}decision/", views.chart_decision, name="chart_decision"),
    path(f"{CHART}call/", views.chart_call, name="chart_call"),
    path(f"{CHART}call/start/", views.chart_call_start, name="chart_call_start"),
    path(f"{CHART}call/answers/", views.chart_call_answers, name="chart_call_answers"),
    path(f"{CHART}call/drop/", views.chart_call_drop, name="chart_call_drop"),
    path(f"{CHART}call/flags/", views.chart_flag_open, name="chart_flag_open"),
    path(f"{CHART}call/flags/<uuid:flag_id>/", views.chart_flag_close, name="chart_flag_close"),
    path(f"{CHART}reach/", views.chart_reach, name="chart_reach"),
    path(f"{CHART}reach/limits/", views.chart_limits, name="chart_limits"),
    path(f"{CHART}work/", views.chart_work, name="chart_work"),
    path(f"{CHART}work/task/", views.task_new, name="chart_task_new"),
    path(f"{CHART}work/monthly/", views.task_recurring_new, name="chart_task_recurring_new"),
    path(f"{CHART}work/ask/", views.chart_escalate, name="chart_escalate"),
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/new/", views.task_new, name="task_new"),
    path("tasks/monthly/", views.task_recurring_new, name="task_recurring_new"),
    path("tasks/<uuid:task_id>/", views.task_act, name="task_act"),
    path(
        "tasks/monthly/<uuid:recurring_id>/end/",
        views.task_recurring_end,
        name="task_recurring_end",
    ),
    path(
        "tasks/monthly/<uuid:recurring_id>/<month:month>/",
        views.task_occurrence_act,
        name="task_occurrence_act",
    ),
    path("team/away/", views.away, name="away"),
    path("team/away/<uuid:absence_id>/back/", views.away_back, name="away_back"),
    path("questions/", views.escalations, name="escalations"),
    path(f"{QUESTION}take/", views.escalation_take, name="escalation_take"),
    path(f"{QUESTION}answer/", views.escalation_answer, name="escalation_answer"),
    path(f"{QUESTION}read/", views.escalation_read, name="escalation_read"),
    path(f"{CHART}after-hours/", views.chart_after_hours, name="chart_after_hours"),
    path("settings/on-call/", views.settings_on_call, name="settings_on_call"),
    path(
        "settings/on-call/<uuid:shift_id>/remove/",
        views.settings_on_call_remove,
        name="settings_on_call_remove",
    ),
    path("settings/work/", views.settings_work, name="settings_work"),
    path("settings/work/times/", views.settings_work_times, name="settings_work_times"),
    path("settings/work/deputies/", views.settings_deputies, name="settings_deputies"),
    path("settings/work/protocol/", views.settings_protocol, name="settings_protocol"),
    path("settings/work/order/", views.settings_order, name="settings_order"),
    path(f"{CHART}time/", views.chart_time, name="chart_time"),
    path(f"{CHART}time/enter/", views.chart_time_enter, name="chart_time_enter"),
    path(f"{ENTRY}correct/", views.chart_time_correct, name="chart_time_correct"),
    path(f"{ENTRY}retract/", views.chart_time_retract, name="chart_time_retract"),
    path(f"{ENTRY}support/", views.chart_time_support, name="chart_time_support"),
]
