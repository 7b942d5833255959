from django.urls import path

from steadwell.billing import views

MONTH = "months/<month:month>/"
CHART = "patients/<uuid:patient_id>/billing/"
ONE = f"{CHART}<month:month>/"

urlpatterns = [
    path("months/", views.month_end, name="month_end"),
    path(MONTH, views.month, name="month"),
    path(f"{MONTH}run.csv", views.month_csv, name="month_csv"),
    path(f"{MONTH}patients/<uuid:patient_id>/", views.month_patient, name="month_patient"),
    path(f"{MONTH}approve/", views.month_approve, name="month_approve"),
    path(f"{MONTH}close/", views.month_close, name="month_close"),
    path(f"{MONTH}reopen/", views.month_reopen, name="month_reopen"),
    path(f"{MONTH}samples/", views.month_samples, name="month_samples"),
    path(f"{MONTH}samples/draw/", views.month_sample_draw, name="month_sample_draw"),
    path(f"{MONTH}samples/<uuid:sample_id>/", views.month_sample, name="month_sample"),
    path(
        f"{MONTH}samples/<uuid:sample_id>/<uuid:sampled_id>/",
        views.month_sample_record,
        name="month_sample_record",
    ),
    path(CHART, views.chart_billing, name="chart_billing"),
    path(f"{ONE}as-case/", views.billing_as_case, name="billing_as_case"),
    path(f"{ONE}note/", views.billing_note, name="billing_note"),
    path(f"{ONE}attest/", views.billing_attest, name="billing_attest"),
    path(f"{ONE}lane/", views.billing_lane, name="billing_lane"),
    path(f"{ONE}assessment/", views.billing_assessment, name="billing_assessment"),
    path(f"{ONE}elsewhere/", views.billing_elsewhere, name="billing_elsewhere"),
    path(f"{ONE}status/", views.billing_status, name="billing_status"),
    path(f"{ONE}status/<uuid:record_id>/end/", views.billing_end, name="billing_end"),
    path(
        f"{ONE}<slug:kind>/<uuid:record_id>/take-back/",
        views.billing_take_back,
        name="billing_take_back",
    ),
    path(f"{ONE}approve/", views.billing_approve, name="billing_approve"),
    path(f"{ONE}withdraw/", views.billing_withdraw, name="billing_withdraw"),
]
