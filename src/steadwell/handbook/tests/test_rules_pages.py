"""The rulebook as its readers see it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.rules import load_rulebook
from steadwell.rules.explaining import explain
from tests.cast import TODAY

SignIn = Callable[[str], Client]
HTMX = {"HX-Request": "true"}


def page(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_the_codes_of_today_each_lead_to_their_page(sign_in: SignIn) -> None:
    html = page(sign_in("max"), reverse("rules"))
    assert 'value="2026-03-17"' in html
    for code in ("99490", "99439", "G0556", "98980"):
        assert f"{reverse('rules_code', args=[code])}?on=2026-03-17" in html
    assert "$66.13" in html


def test_a_code_is_listed_from_its_first_day(sign_in: SignIn) -> None:
    client = sign_in("coco")
    absent = "Not in effect: "
    before = page(client, reverse("rules"), on="2020-12-31")
    after = page(client, reverse("rules"), on="2021-01-01")
    assert "99439" in before.split(absent, 1)[1].split("</p>")[0]
    assert "99439" not in after.split(absent, 1)[1].split("</p>")[0]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-12-31", ""),
        ("2027-01-01", "The rules are verified through 2026-12-31, and 2027-01 lies after it."),
        ("2013-01-01", ""),
        ("2012-12-31", "The rules begin on 2013-01-01, and 2012-12 lies before it."),
        ("2026-02-30", "“2026-02-30” is no day of the calendar."),
        ("0001-01-01", "There is no month 1-1"),
    ],
)
@pytest.mark.parametrize("address", ["/rules/", "/rules/codes/99490/"])
def test_a_day_outside_the_rules_is_refused_in_words(
    sign_in: SignIn, address: str, day: str, words: str
) -> None:
    answer = sign_in("ana").get(address, {"on": day})
    assert answer.status_code == (422 if words else 200)
    assert words in answer.content.decode()
    assert f'value="{day}"' in answer.content.decode()


def test_a_code_says_all_that_the_terminal_says(sign_in: SignIn) -> None:
    html = page(sign_in("ana"), "/rules/codes/99490/", on="2026-03-01")
    found = explain("99490", TODAY)
    for section in found.sections:
        for rule in section.rules:
            assert rule.id in html
            assert rule.now is not None
            assert rule.now.source.key in html
    for beside in found.beside:
        assert ", ".join(beside.codes) in html
    for gap in found.gaps:
        assert gap[1:].replace("'", "&#x27;") in html
    assert "read by nobody yet" in html
    assert "$43.76" in html


def test_earlier_and_later_versions_stand_under_a_rule(sign_in: SignIn) -> None:
    html = page(sign_in("ana"), "/rules/codes/99490/", on="2016-05-01")
    assert "Since 01/01/2015 until 12/31/2016" in html
    assert "1 earlier, 2 later" in html
    assert "2 later" in html


def test_amounts_of_the_practices_own_locality_or_another(sign_in: SignIn) -> None:
    client = sign_in("ana")
    own = page(client, "/rules/codes/99490/", on="2025-03-01")
    assert '<option value="15202-00" selected>' in own
    assert "The amount of 15202-00 OHIO" in own
    other = page(client, "/rules/codes/99490/", on="2025-03-01", at="01112-05")
    assert "01112-05, office" in other
    assert "15202-00, office" not in other
    strange = page(client, "/rules/codes/99490/", at="99999-99")
    assert "No contractor 99999 is in the tables of localities known here." in strange


def test_a_code_that_has_ended_says_so(sign_in: SignIn) -> None:
    html = page(sign_in("ana"), "/rules/codes/G0511/", on="2026-03-01")
    assert "G0511 ended on 09/30/2025; not in effect on 03/01/2026." in html
    assert "the code is not in effect on this day" in html


def test_a_code_in_small_letters_is_the_same(sign_in: SignIn) -> None:
    assert "G0556" in page(sign_in("ana"), "/rules/codes/g0556/")


def test_an_unknown_code_is_not_there(sign_in: SignIn) -> None:
    assert sign_in("ana").get("/rules/codes/12345/").status_code == 404


@pytest.mark.exhaustive
@pytest.mark.parametrize("code", sorted(load_rulebook().codes))
def test_every_code_has_a_page(sign_in: SignIn, code: str) -> None:
    page(sign_in("ana"), reverse("rules_code", args=[code]))


def test_htmx_gets_the_part_and_not_the_page(sign_in: SignIn) -> None:
    answer = sign_in("ana").get("/rules/", headers=HTMX)
    assert b"<html" not in answer.content
    assert b"99490" in answer.content


@pytest.mark.parametrize(
    ("who", "status"), [("ana", 200), ("max", 200), ("coco", 200), ("ben", 403), ("eve", 403)]
)
def test_who_may(sign_in: SignIn, who: str, status: int) -> None:
    client = sign_in(who)
    for name in ("rules", "rules_try", "rules_try_text"):
        assert client.get(reverse(name)).status_code == status
    assert client.get("/rules/codes/99490/").status_code == status


def test_readers_find_it_in_the_navigation(sign_in: SignIn) -> None:
    assert f'href="{reverse("rules")}"' in page(sign_in("ana"), reverse("more"))
    assert f'href="{reverse("rules")}"' not in page(sign_in("ben"), reverse("more"))
