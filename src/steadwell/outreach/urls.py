from django.urls import path

from steadwell.outreach import views

CHART = "patients/<uuid:patient_id>/"
ENTRY = f"{CHART}time/<uuid:interval_id>/"

urlpatterns = [
    path("", views.today, name="today"),
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
    path(f"{CHART}time/", views.chart_time, name="chart_time"),
    path(f"{CHART}time/enter/", views.chart_time_enter, name="chart_time_enter"),
    path(f"{ENTRY}correct/", views.chart_time_correct, name="chart_time_correct"),
    path(f"{ENTRY}retract/", views.chart_time_retract, name="chart_time_retract"),
    path(f"{ENTRY}support/", views.chart_time_support, name="chart_time_support"),
]
