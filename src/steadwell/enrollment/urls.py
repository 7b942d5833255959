from django.urls import path

from steadwell.enrollment.views import page

urlpatterns = [
    path("enrollment/", page.enrollment, name="enrollment"),
    path("enrollment/sweep/", page.sweep_again, name="enrollment_sweep"),
    path("patients/<uuid:patient_id>/enrollment/", page.enrollment, name="chart_enrollment"),
    path("patients/<uuid:patient_id>/consent/", page.enrollment, name="chart_consent"),
]
