from django.urls import path

from steadwell.enrollment.views import chart, consent, page

CHART = "patients/<uuid:patient_id>"

urlpatterns = [
    path("enrollment/", page.enrollment, name="enrollment"),
    path("enrollment/sweep/", page.sweep_again, name="enrollment_sweep"),
    path(f"{CHART}/enrollment/", chart.chart_enrollment, name="chart_enrollment"),
    path(f"{CHART}/enrollment/risk/", chart.confirm_risk, name="chart_risk"),
    path(f"{CHART}/enrollment/visit/", chart.confirm_visit, name="chart_visit"),
    path(f"{CHART}/enrollment/contact/", chart.designate, name="chart_contact"),
    path(f"{CHART}/enrollment/leave/", chart.leave, name="chart_leave"),
    path(f"{CHART}/consent/", consent.chart_consent, name="chart_consent"),
    path(f"{CHART}/consent/<uuid:consent_id>/revoke/", chart.revoke, name="chart_consent_revoke"),
]
