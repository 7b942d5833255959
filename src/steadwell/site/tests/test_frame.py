"""The frame around every page: places by role, the switcher, the theme, headers, and answers of no."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from steadwell.common.tenancy import Scope, enter_scope
from steadwell.practices.models import Membership, Person, Practice, Role
from steadwell.site import views
from tests import cast

PLACES = {
    "ben": ["Today", "Patients", "Enrollment", "Tasks", "Questions", "Month end", "My time"],
    "eve": ["Today", "Patients", "Enrollment", "Tasks", "Questions", "My time"],
    "ana": [
        "Today",
        "Patients",
        "Enrollment",
        "Tasks",
        "Questions",
        "Month end",
        "Rules",
        "My time",
    ],
    "max": [
        "Today",
        "Patients",
        "Enrollment",
        "Tasks",
        "Questions",
        "Month end",
        "Claims",
        "Rules",
        "My time",
        "Settings",
    ],
    "coco": ["Patients", "Month end", "Claims", "Rules", "My time", "Settings"],
}
ALL = PLACES["max"]


@pytest.mark.parametrize("who", PLACES)
def test_each_role_sees_its_places(sign_in: Callable[[str], Client], who: str) -> None:
    answer = sign_in(who).get(reverse("more"))
    assert [place.name for place in answer.context["places"]] == PLACES[who]
    on_phone = answer.context["places_on_phone"]
    assert len(on_phone) <= 4
    assert [*on_phone, *answer.context["places_under_more"]] == answer.context["places"]


@pytest.mark.parametrize(("who", "first"), [("ben", "today"), ("coco", "patients")])
def test_home_is_the_first_place(sign_in: Callable[[str], Client], who: str, first: str) -> None:
    assert sign_in(who).get(reverse("home"))["Location"] == reverse(first)


@pytest.fixture
def ben_at_both(person: Callable[[str], Person], elm: Practice, oak: Practice) -> Person:
    enter_scope(Scope(practice_id=oak.pk))
    ben = person("ben")
    Membership.objects.create(
        practice=oak, person=ben, roles=[Role.PRACTICE_MANAGER], credential="rn",
        starts_on=cast.TODAY,
    )  # fmt: skip
    enter_scope(Scope(practice_id=elm.pk))
    return ben


def test_the_switcher_changes_practice_and_rights(
    sign_in: Callable[[str], Client], ben_at_both: Person, elm: Practice, oak: Practice
) -> None:
    client = sign_in("ben")
    page = client.get(reverse("more"))
    assert page.context["practice"] == elm
    assert "Oak Lane Practice" in page.content.decode()
    assert client.get(reverse("settings")).status_code == 403
    client.post(reverse("switch_practice"), {"practice": str(oak.public_id)})
    assert client.get(reverse("more")).context["practice"] == oak
    text = client.get(reverse("settings")).content.decode()
    assert "Elm Street Clinic" not in text.split("<main")[1]


def test_nobody_switches_to_where_they_do_not_work(
    sign_in: Callable[[str], Client], oak: Practice
) -> None:
    client = sign_in("ben")
    for wanted in (str(oak.public_id), "nonsense", ""):
        assert client.post(reverse("switch_practice"), {"practice": wanted}).status_code == 404


def test_who_works_in_one_practice_sees_no_switcher(sign_in: Callable[[str], Client]) -> None:
    assert reverse("switch_practice") not in sign_in("ben").get(reverse("more")).content.decode()


def test_an_operator_sees_no_page_of_a_practice(client: Client, elm: Practice) -> None:
    olu = Person.objects.create_user("olu@steadwell.example", full_name="Olu", is_operator=True)
    client.force_login(olu)
    for name in ("home", "more", "settings", "settings_staff"):
        assert client.get(reverse(name))["Location"] == reverse("no_practice")
    assert client.get(reverse("no_practice"))["Location"] == reverse("platform")


def test_whoever_works_nowhere_now_is_told_so(client: Client, elm: Practice) -> None:
    client.force_login(Person.objects.create_user("kim@elm.example", full_name="Kim"))
    assert client.get(reverse("home"))["Location"] == reverse("no_practice")
    page = client.get(reverse("no_practice")).content.decode()
    assert "You belong to no practice now" in page
    assert "Elm Street" not in page


def test_the_theme_stays(sign_in: Callable[[str], Client], person: Callable[[str], Person]) -> None:
    client = sign_in("ben")
    assert "data-bs-theme" not in client.get(reverse("more")).content.decode()
    answer = client.post(reverse("choose_theme"), {"theme": "dark", "next": "/more/"})
    assert answer["Location"] == "/more/"
    assert 'data-bs-theme="dark"' in client.get(reverse("more")).content.decode()
    assert person("ben").theme == "dark"
    assert client.post(reverse("choose_theme"), {"theme": "pink"}).status_code == 404
    away = client.post(reverse("choose_theme"), {"theme": "", "next": "https://evil.example/"})
    assert away["Location"] == "/"


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize(
    "address", ["/accounts/login/", "/more/", "/settings/", "/nowhere/", "/healthz"]
)
def test_every_answer_carries_the_policy(sign_in: Callable[[str], Client], address: str) -> None:
    answer = sign_in("ben").get(address)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    for name, value in HEADERS.items():
        assert answer[name] == value


def test_the_session_is_out_of_reach_of_scripts(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("ben")
    client.get(reverse("more"))
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"


def test_forbidden_says_whom_to_ask(sign_in: Callable[[str], Client]) -> None:
    page = sign_in("ben").get(reverse("settings"))
    assert page.status_code == 403
    assert "Ask your practice manager" in page.content.decode()


def test_not_found_says_what_may_be_wrong(sign_in: Callable[[str], Client]) -> None:
    page = sign_in("ben").get("/nowhere/")
    assert page.status_code == 404
    assert "There is nothing at this address" in page.content.decode()


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_request: HttpRequest) -> HttpResponse:
        raise RuntimeError("Paula Testa, 1EG4TE5MK73")

    monkeypatch.setattr(views, "frame", fail)


def test_a_failure_helps_and_tells_nothing(
    sign_in: Callable[[str], Client], failing: None, django_assert_num_queries: Any
) -> None:
    client = sign_in("ben")
    client.raise_request_exception = False
    with transaction.atomic():
        answer = client.get(reverse("home"))
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "that is our mistake" in page
    assert "Paula" not in page
    with django_assert_num_queries(0):  # nor does it fail again where the database is away
        views.failed(HttpRequest())


def test_an_old_page_is_explained(person: Callable[[str], Person]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("ben"))
    answer = client.post(reverse("choose_theme"), {"theme": "dark"})
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()
