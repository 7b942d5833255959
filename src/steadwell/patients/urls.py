from django.urls import path

from steadwell.patients import views

urlpatterns = [
    path("patients/", views.patients, name="patients"),
    path("patients/<uuid:patient_id>/record/", views.chart_record, name="chart_record"),
    path("patients/<uuid:patient_id>/household/", views.chart_household, name="chart_household"),
]
