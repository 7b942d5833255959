from django.urls import path

from steadwell.practices import views

urlpatterns = [
    path("", views.checklist, name="settings"),
    path("practice/", views.profile, name="settings_practice"),
    path("practice/cpt-license/", views.confirm_license, name="settings_cpt_license"),
    path("practitioners/", views.practitioners, name="settings_practitioners"),
    path("practitioners/new/", views.practitioner_new, name="settings_practitioner_new"),
    path("practitioners/<uuid:public_id>/", views.practitioner, name="settings_practitioner"),
    path("staff/", views.staff, name="settings_staff"),
    path("staff/invite/", views.invite, name="settings_invite"),
    path("staff/counting/", views.credentials, name="settings_credentials"),
    path("staff/papers/", views.papers, name="settings_papers"),
    path("staff/<uuid:public_id>/papers/", views.member_papers, name="settings_member_papers"),
    path(
        "staff/<uuid:public_id>/papers/<slug:paper>/",
        views.member_paper,
        name="settings_member_paper",
    ),
    path("retention/", views.retention, name="settings_retention"),
    path("staff/<uuid:public_id>/", views.member, name="settings_member"),
    path("staff/<uuid:public_id>/end/", views.end, name="settings_member_end"),
    path("staff/<uuid:public_id>/invitation/", views.invitation, name="settings_invitation"),
    path("payers/", views.payers, name="settings_payers"),
    path("payers/new/", views.payer_new, name="settings_payer_new"),
    path("payers/<uuid:public_id>/", views.payer, name="settings_payer"),
    path("charges/", views.charges, name="settings_charges"),
]
