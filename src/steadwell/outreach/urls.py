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
    path(f"{CHART}time/", views.chart_time, name="chart_time"),
    path(f"{CHART}time/enter/", views.chart_time_enter, name="chart_time_enter"),
    path(f"{ENTRY}correct/", views.chart_time_correct, name="chart_time_correct"),
    path(f"{ENTRY}retract/", views.chart_time_retract, name="chart_time_retract"),
    path(f"{ENTRY}support/", views.chart_time_support, name="chart_time_support"),
]
