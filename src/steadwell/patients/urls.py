from django.urls import path

from steadwell.patients import views, views_same_person

urlpatterns = [
    path("patients/", views.patients, name="patients"),
    path("patients/same-person/", views_same_person.same_person, name="patients_same"),
    path("patients/same-person/say/", views_same_person.say_same_person, name="patients_same_say"),
    path("patients/<uuid:patient_id>/record/", views.chart_record, name="chart_record"),
    path("patients/<uuid:patient_id>/household/", views.chart_household, name="chart_household"),
]
