from django.urls import path

from steadwell.timekeeping import views

urlpatterns = [
    path("patients/<uuid:patient_id>/clock/open/", views.clock_open, name="clock_open"),
    path("patients/<uuid:patient_id>/clock/beat/", views.clock_beat, name="clock_beat"),
    path("patients/<uuid:patient_id>/clock/switch/", views.clock_switch, name="clock_switch"),
    path("patients/<uuid:patient_id>/clock/pause/", views.clock_pause, name="clock_pause"),
    path("patients/<uuid:patient_id>/clock/resume/", views.clock_resume, name="clock_resume"),
    path("patients/<uuid:patient_id>/clock/stop/", views.clock_stop, name="clock_stop"),
    path("settings/clock/", views.clock_rules, name="settings_clock"),
    path("time/", views.my_day, name="my_day"),
    path("time/<month:month>/", views.my_month, name="my_month"),
    path("time/<month:month>/everybody/", views.team_month, name="team_month"),
    path(
        "patients/<uuid:patient_id>/time/<month:month>/history/",
        views.time_history,
        name="time_history",
    ),
    path("time/waiting/", views.time_waiting, name="time_waiting"),
    path("time/waiting/<uuid:entry_id>/approve/", views.time_approve, name="time_approve"),
    path("time/waiting/<uuid:entry_id>/decline/", views.time_decline, name="time_decline"),
]
