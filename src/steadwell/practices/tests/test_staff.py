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
    Practitioner,
)
from tests import cast


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


@pytest.mark.parametrize(
    "roles", [["practice_manager", "practitioner"], ["practice_manager", "care_manager"]]
)
def test_nobody_gives_themselves_rights(
    sign_in: Callable[[str], Client],
    person: Callable[[str], Person],
    elm: Practice,
    roles: list[str],
) -> None:
    free = cast.make_practitioner(elm, None, npi="1234567893", family_name="Free")
    answer = sign_in("max").post(
        address_of("settings_member", "max@"),
        {
            "roles": roles,
            "credential": "non_clinical",
            "practitioner": free.pk,
        },
    )
    assert answer.status_code == 422
    assert "nobody changes their own" in answer.content.decode()
    assert Membership.objects.get(person=person("max")).roles == ["practice_manager"]
    assert not Practitioner.objects.filter(person=person("max")).exists()


def test_nobody_gives_themselves_a_credential_that_counts(sign_in: Callable[[str], Client]) -> None:
    answer = sign_in("max").post(
        address_of("settings_member", "max@"), {"roles": ["practice_manager"], "credential": "rn"}
    )
    assert answer.status_code == 422
    assert Membership.objects.get(person__email="max@elm.example").credential == "non_clinical"


def test_the_page_says_whom_to_ask_for_ones_own_rights(
    sign_in: Callable[[str], Client], elm: Practice
) -> None:
    client = sign_in("max")
    page = client.get(address_of("settings_member", "max@")).content.decode()
    assert "Invite a second practice manager, or ask whoever runs your Steadwell" in page
    cast.make_member(elm, "mia@elm.example", "Mia Munro", "non_clinical", "practice_manager")
    page = client.get(address_of("settings_member", "max@")).content.decode()
    assert "Ask another practice manager: Mia Munro." in page


def to_practitioner(client: Client, first: str, **more: object) -> Any:
    sent = {"roles": ["practitioner"], "credential": "np", **more}
    return client.post(address_of("settings_member", first), sent)


def test_the_role_of_a_practitioner_stands_on_a_practitioner(
    sign_in: Callable[[str], Client], person: Callable[[str], Person], elm: Practice
) -> None:
    answer = to_practitioner(sign_in("max"), "eve@")
    assert answer.status_code == 422
    assert "Enter them there first" in answer.content.decode()
    entry = cast.make_practitioner(elm, None, npi="1234567893", given_name="Eve", kind="np")
    assert to_practitioner(sign_in("max"), "eve@", practitioner=entry.pk).status_code == 302
    entry.refresh_from_db()
    assert entry.person == person("eve")
    assert Membership.objects.get(person=person("eve")).roles == ["practitioner"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"npi": ""}, "Their NPI is not given yet"),
        ({"npi": "1234567890"}, "its last digit does not fit"),
    ],
)
def test_a_practitioner_without_a_valid_npi_gives_no_rights(
    sign_in: Callable[[str], Client], elm: Practice, fields: dict[str, str], says: str
) -> None:
    entry = cast.make_practitioner(elm, None, **fields)
    answer = to_practitioner(sign_in("max"), "eve@", practitioner=entry.pk)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_somebody_elses_practitioner_is_no_choice(
    sign_in: Callable[[str], Client], person: Callable[[str], Person]
) -> None:
    anas = Practitioner.objects.get(person=person("ana"))
    assert to_practitioner(sign_in("max"), "eve@", practitioner=anas.pk).status_code == 422
    anas.refresh_from_db()
    assert anas.person == person("ana")


def test_an_invitation_as_practitioner_stands_on_one_too(
    sign_in: Callable[[str], Client], elm: Practice
) -> None:
    sent = {"email": "n@elm.example", "full_name": "June Park, NP", "roles": ["practitioner"],
            "credential": "np"}  # fmt: skip
    client = sign_in("max")
    assert client.post(reverse("settings_invite"), sent).status_code == 422
    assert not mail.outbox
    assert not Membership.objects.filter(person__email="n@elm.example").exists()
    entry = cast.make_practitioner(elm, None, npi="1234567893", given_name="June", kind="np")
    sent["practitioner"] = str(entry.pk)
    assert client.post(reverse("settings_invite"), sent).status_code == 302
    entry.refresh_from_db()
    assert entry.person == Person.objects.get(email="n@elm.example")


def test_a_manager_cannot_say_to_be_a_practitioner(
    sign_in: Callable[[str], Client], person: Callable[[str], Person], elm: Practice
) -> None:
    """Also where they hold the role already, from before or from an operator."""
    Membership.objects.filter(person=person("max")).update(
        roles=["practice_manager", "practitioner"]
    )
    anas = Practitioner.objects.get(person=person("ana"))
    answer = sign_in("max").post(
        reverse("settings_practitioner", args=[anas.public_id]),
        {"given_name": "Ana", "family_name": "Abbott", "kind": "physician", "npi": anas.npi,
         "taxonomy": anas.taxonomy, "person": person("max").pk, "is_active": "on"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "You cannot say that you are this practitioner" in answer.content.decode()
    anas.refresh_from_db()
    assert anas.person == person("ana")


def test_the_last_manager_stays(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("max")
    answer = client.post(address_of("settings_member_end", "max@"), {"last_day": "2026-03-17"})
    assert answer.status_code == 422
    assert "Nobody else manages this practice" in answer.content.decode()


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
