from django.http import HttpRequest, HttpResponse
from django.urls import path


def not_yet(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse(status=404)


urlpatterns = [
    path("claims/", not_yet, name="claims"),
]
