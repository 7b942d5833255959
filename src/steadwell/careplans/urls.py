from django.urls import path

from steadwell.careplans import views

PLAN = "patients/<uuid:patient_id>/plan/"
VERSION = f"{PLAN}versions/<int:number>/"

urlpatterns = [
    path("plans/to-sign/", views.plans_to_sign, name="plans_to_sign"),
    path(PLAN, views.care_plan, name="care_plan"),
    path(f"{PLAN}start/", views.plan_start, name="plan_start"),
    path(f"{PLAN}edit/<slug:part>/", views.plan_edit, name="plan_edit"),
    path(f"{PLAN}chart/", views.plan_take_over, name="plan_take_over"),
    path(f"{PLAN}discard/", views.plan_discard, name="plan_discard"),
    path(f"{PLAN}send/", views.plan_send, name="plan_send"),
    path(f"{PLAN}send-back/", views.plan_send_back, name="plan_send_back"),
    path(VERSION, views.plan_version, name="plan_version"),
    path(f"{VERSION}sign/", views.plan_sign, name="plan_sign"),
    path(f"{VERSION}copies/", views.plan_copy, name="plan_copy"),
    path(f"{VERSION}patient/", views.plan_for_patient, name="plan_for_patient"),
    path(f"{VERSION}print/", views.plan_pdf_file, name="plan_pdf"),
]
