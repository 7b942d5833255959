"""Narrowing a month's list by what the address says, with totals that lead to their lists."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from steadwell.billing.pages import PER_PAGE
from steadwell.billing.tests.acts import PAGE
from steadwell.billing.tests.golden import make_golden
from steadwell.enrollment.models import DesignatedContact
from steadwell.patients.models import Coverage
from steadwell.practices.models import Person, Practice

SignIn = Callable[[str], Client]


@pytest.fixture
def client_of_four(elm: Practice, sign_in: SignIn) -> Client:
    """Ready with Ben, ready with Eve, a commercial cover, and one nobody cares for."""
    make_golden(elm, 1)
    second, third = make_golden(elm, 2), make_golden(elm, 3)
    make_golden(elm, 4, without=["contact"])
    DesignatedContact.objects.filter(patient=second.patient).update(
        person=Person.objects.get(email="eve@elm.example"), starts_on=date(2026, 2, 1)
    )
    Coverage.objects.filter(patient=third.patient).update(kind="commercial")
    return sign_in("max")


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, [4, 1, 2, 3]),
        ({"state": "ready"}, [1, 2]),
        ({"care_manager": "Ben Brook, RN"}, [1, 3]),
        ({"care_manager": "Eve Ellis"}, [2]),
        ({"care_manager": "nobody"}, [4]),
        ({"payer": "commercial"}, [3]),
        ({"payer": "medicare_ffs"}, [4, 1, 2]),
        ({"reason": "payer_not_medicare_ffs"}, [3]),
        ({"state": "ready", "care_manager": "Ben Brook, RN"}, [1]),
        ({"state": "ready", "payer": "commercial"}, []),
        ({"payer": "of a stranger"}, []),
    ],
)
def test_the_list_narrows(
    client_of_four: Client, query: dict[str, str], numbers: list[int]
) -> None:
    shown = client_of_four.get(PAGE, query).context["list"]
    assert [row.name for row in shown.page] == [f"Paula{number} Testa" for number in numbers]
    assert shown.found == len(numbers)


def test_a_total_is_of_the_list_and_leads_to_it(client_of_four: Client) -> None:
    page = client_of_four.get(PAGE)
    for figure in page.context["figures"]:
        assert f'href="{figure.link}"' in page.content.decode()
        found = client_of_four.get(figure.link).context["list"]
        assert found.found == figure.count
        assert found.amount == figure.amount


def test_the_address_keeps_what_is_chosen(client_of_four: Client) -> None:
    query = {"care_manager": "Ben Brook, RN", "per": "100"}
    page = client_of_four.get(PAGE, query).content.decode()
    assert '<option value="Ben Brook, RN" selected>' in page
    assert '<option value="100" selected>' in page
    assert "care_manager=Ben+Brook%2C+RN&amp;per=100&amp;state=ready#list" in page


@pytest.mark.parametrize(("per", "shown"), [("", 50), ("50", 50), ("100", 51), ("7", 50)])
def test_rows_come_fifty_or_a_hundred_at_a_time(
    elm: Practice, sign_in: SignIn, per: str, shown: int
) -> None:
    assert PER_PAGE == (50, 100)
    for number in range(1, 52):
        make_golden(elm, number, minutes=(), without=["plan", "copy", "visit", "risk", "cover"])
    page = sign_in("max").get(PAGE, {"per": per})
    assert len(page.context["list"].page) == shown


@pytest.mark.parametrize(("who", "sees"), [("max", True), ("ben", False)])
def test_the_patients_share_is_for_those_who_answer_for_money(
    elm: Practice, sign_in: SignIn, who: str, sees: bool
) -> None:
    make_golden(elm)
    page = sign_in(who).get(PAGE).content.decode()
    assert ("Patient’s share" in page) is sees
