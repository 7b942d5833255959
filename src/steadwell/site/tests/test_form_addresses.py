"""An address that takes forms only, opened as a page: words and a way, never the browser's own error."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import resolve, reverse

from steadwell.common.http import takes_forms_only
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Practice, Role
from tests.matrix import ADDRESSES, address

SAYS = "This address is a form’s, not a page’s"


@pytest.fixture
def ana(elm: Practice, sign_in: Callable[[str], Client]) -> Client:
    """With every role: no refusal of a role stands before the page."""
    Membership.objects.filter(person__email="ana@elm.example").update(
        roles=[role.value for role in Role]
    )
    return sign_in("ana")


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_every_address_shows_a_page_when_opened(ana: Client, patient: Patient, name: str) -> None:
    path = address(name, patient)
    answer = ana.get(path)
    assert (answer.status_code == 405) == takes_forms_only(resolve(path).func)
    if answer.status_code != 405:
        assert answer.content or answer.status_code == 302, answer.status_code
        return
    page = answer.content.decode()
    assert SAYS in page
    way = re.search(r'href="([^"]*)">Go to the page', page)
    assert ana.get(way.group(1) if way else reverse("home")).status_code in {200, 302, 404}
    assert answer["Allow"] == "POST"


def test_the_way_leads_to_the_form(ana: Client, patient: Patient) -> None:
    for name, above in (
        ("settings_credentials", "settings_staff"),
        ("chart_risk", "chart_enrollment"),
        ("billing_end", "chart_billing"),
        ("month_close", "month"),
    ):
        page = ana.get(address(name, patient)).content.decode()
        assert f'href="{address(above, patient)}">Go to the page' in page, name


def test_what_is_sent_by_htmx_or_by_other_methods_is_left_alone(
    ana: Client, patient: Patient
) -> None:
    answer = ana.put(reverse("settings_credentials"))
    assert answer.status_code == 405
    assert SAYS not in answer.content.decode()
