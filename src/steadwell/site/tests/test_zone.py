"""Times on pages are those of the practice's wall, wherever the server is."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import timezone

from steadwell.practices.models import Person
from steadwell.site.middleware import work_in_practice

LATE = datetime(2026, 3, 18, 1, 30, tzinfo=UTC)  # half past nine in the evening in New York


def test_late_in_the_evening_it_is_still_today(sign_in: Callable[[str], Client]) -> None:
    seen: list[str] = []

    def look(_request: HttpRequest) -> HttpResponse:
        seen.append(Template("{{ at|date:'m/d/Y H:i' }}").render(Context({"at": LATE})))
        return HttpResponse("ok")

    request = RequestFactory().get("/")
    request.session = sign_in("max").session
    request.user = Person.objects.get(email="max@elm.example")
    work_in_practice(look)(request)
    assert seen == ["03/17/2026 21:30"]
    assert timezone.get_current_timezone_name() == "UTC"
