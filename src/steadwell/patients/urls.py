from django.http import HttpRequest, HttpResponse
from django.urls import path


def not_yet(_request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return HttpResponse(status=404)


urlpatterns = [
    path("patients/", not_yet, name="patients"),
    path("patients/<uuid:patient_id>/record/", not_yet, name="chart_record"),
]
