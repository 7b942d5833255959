"""Staff through its pages: invitations, rights, last days, and whose minutes count."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.practices.models import (
    CredentialRule,
    Membership,
    Person,
    Practice,
)


def rows(name: str) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(action=name)


@pytest.fixture
def invited(sign_in: Callable[[str], Client]) -> Person:
    answer = sign_in("max").post(
        reverse("settings_invite"),
        {"email": "New.Nurse@elm.example", "full_name": "Nina Novak, LPN",
         "roles": ["care_manager"], "credential": "lpn"},
    )  # fmt: skip
    assert answer.status_code == 302
    return Person.objects.get(email="new.nurse@elm.example")


def test_an_invitation_makes_a_person_who_chooses_a_password(
    invited: Person, client: Client
) -> None:
    assert not invited.has_usable_password()
    membership = Membership.objects.get(person=invited)
    assert (membership.roles, membership.credential) == (["care_manager"], "lpn")
    assert rows("practices.member_invited").count() == 1
    (message,) = mail.outbox
    assert message.to == ["new.nurse@elm.example"]
    assert "You now work at Elm Street Clinic" in message.subject
    client.logout()
    link = next(line for line in message.body.splitlines() if "/password/reset/key/" in line)
    path = client.get(link, follow=True).request["PATH_INFO"]
    words = {"password1": "a long dry summer", "password2": "a long dry summer"}
    client.post(path, words, follow=True)
    invited.refresh_from_db()
    assert invited.check_password("a long dry summer")


def test_the_link_is_shown_to_nobody_but_the_mailbox(invited: Person, client: Client) -> None:
    assert "/password/reset/key/" not in client.get(reverse("settings_staff")).content.decode()


def test_somebody_from_another_practice_keeps_their_name(
    sign_in: Callable[[str], Client], oak: Practice
) -> None:
    sign_in("max").post(
        reverse("settings_invite"),
        {"email": "cy@oak.example", "full_name": "Somebody Else", "roles": ["care_manager"],
         "credential": "rn"},
    )  # fmt: skip
    cy = Person.objects.get(email="cy@oak.example")
    assert cy.full_name == "Cy Cole, RN"
    assert Membership.objects.filter(person=cy).count() == 1  # of this practice; Oak's is not seen


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"email": "ben@elm.example"}, "already works here"),
        ({"email": "nobody"}, "This is no email address"),
        ({"roles": []}, "Choose at least one role."),
    ],
)
def test_an_invitation_is_refused_in_words(
    sign_in: Callable[[str], Client], change: dict[str, Any], says: str
) -> None:
    sent = {"email": "n@elm.example", "full_name": "N", "roles": ["enrollment"],
            "credential": "lpn", **change}  # fmt: skip
    answer = sign_in("max").post(reverse("settings_invite"), sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not mail.outbox


def address_of(name: str, first: str) -> str:
    return reverse(name, args=[Membership.objects.get(person__email__startswith=first).public_id])


def test_rights_change_with_the_next_click_and_stand_in_the_trail(
    sign_in: Callable[[str], Client], client: Client, person: Callable[[str], Person]
) -> None:
    sign_in("max").post(
        address_of("settings_member", "eve@"),
        {"roles": ["compliance"], "credential": "non_clinical"},
    )
    assert rows("practices.rights_changed").get().reason == "enrollment -> compliance"
    assert sign_in("eve").get(reverse("settings")).status_code == 200


def test_the_last_manager_stays(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("max")
    answer = client.post(
        address_of("settings_member", "max@"), {"roles": ["compliance"], "credential": "rn"}
    )
    assert answer.status_code == 422
    assert "Nobody else manages this practice" in answer.content.decode()
    answer = client.post(address_of("settings_member_end", "max@"), {"last_day": "2026-03-17"})
    assert answer.status_code == 422


@pytest.mark.parametrize(("last_day", "status"), [("2026-03-17", 200), ("2026-03-16", 302)])
def test_the_last_day_is_the_last_day(
    sign_in: Callable[[str], Client], last_day: str, status: int
) -> None:
    answer = sign_in("max").post(address_of("settings_member_end", "ana@"), {"last_day": last_day})
    assert answer.status_code == 302
    answer = sign_in("ana").get(reverse("settings"))
    assert answer.status_code == status
    if status == 302:
        assert answer["Location"] == reverse("no_practice")


def test_a_last_day_before_the_first_is_refused(sign_in: Callable[[str], Client]) -> None:
    answer = sign_in("max").post(
        address_of("settings_member_end", "ben@"), {"last_day": "2019-12-31"}
    )
    assert answer.status_code == 422
    assert "before the first" in answer.content.decode()
    assert Membership.objects.get(person__email="ben@elm.example").ends_on is None


def test_a_credential_rule_is_set(sign_in: Callable[[str], Client], elm: Practice) -> None:
    sent = {"credential": "lpn", "lpn-counting": "clinical_staff", "lpn-clock": "by_hand"}
    assert sign_in("max").post(reverse("settings_credentials"), sent).status_code == 302
    rule = CredentialRule.objects.get(practice=elm, credential="lpn")
    assert (rule.counting, rule.clock) == ("clinical_staff", "by_hand")


@pytest.mark.parametrize(
    ("credential", "counting", "clock", "says"),
    [
        ("rn", "practitioner", "by_hand", "only those who may bill"),
        ("non_clinical", "clinical_staff", "by_hand", "clinical staff only"),
        ("rn", "non_clinical", "automatic", "misleads"),
    ],
)
def test_a_rule_medicare_would_not_take_is_refused(
    sign_in: Callable[[str], Client],
    elm: Practice,
    credential: str,
    counting: str,
    clock: str,
    says: str,
) -> None:
    before = set(CredentialRule.objects.values_list("credential", "counting", "clock"))
    sent = {"credential": credential, f"{credential}-counting": counting,
            f"{credential}-clock": clock}  # fmt: skip
    answer = sign_in("max").post(reverse("settings_credentials"), sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert set(CredentialRule.objects.values_list("credential", "counting", "clock")) == before


def test_who_worked_here_stays_in_sight(sign_in: Callable[[str], Client]) -> None:
    Membership.objects.filter(person__email="ben@elm.example").update(ends_on=date(2026, 1, 31))
    page = sign_in("max").get(reverse("settings_staff")).content.decode()
    assert "Worked here before" in page
    assert "01/31/2026" in page
