from django.urls import path

from steadwell.patients import views, views_eligibility, views_hold, views_same_person

urlpatterns = [
    path("patients/", views.patients, name="patients"),
    path("patients/same-person/", views_same_person.same_person, name="patients_same"),
    path("patients/same-person/say/", views_same_person.say_same_person, name="patients_same_say"),
    path("patients/eligibility/", views_eligibility.eligibility, name="eligibility"),
    path(
        "patients/eligibility/<uuid:answer_id>/place/",
        views_eligibility.eligibility_place,
        name="eligibility_place",
    ),
    path("patients/holds/", views_hold.patients_holds, name="patients_holds"),
    path("patients/<uuid:patient_id>/hold/", views_hold.chart_hold, name="chart_hold"),
    path(
        "patients/<uuid:patient_id>/hold/<uuid:hold_id>/lift/",
        views_hold.chart_hold_lift,
        name="chart_hold_lift",
    ),
    path("patients/<uuid:patient_id>/record/", views.chart_record, name="chart_record"),
    path("patients/<uuid:patient_id>/household/", views.chart_household, name="chart_household"),
]
