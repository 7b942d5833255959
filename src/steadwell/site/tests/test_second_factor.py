"""Roles that need a second factor set one up before they see anything; nobody else is asked."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.patients.models import Patient
from steadwell.practices.models import Person

SignIn = Callable[[str], Client]


@pytest.fixture
def practitioners_need_one(settings: LazySettings) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({"practitioner", "operator"})


@pytest.mark.usefixtures("practitioners_need_one")
def test_who_needs_one_sets_it_up_first(sign_in: SignIn, patient: Patient) -> None:
    ana = sign_in("ana")
    for name, arguments in (("today", []), ("chart_record", [patient.public_id]), ("home", [])):
        answer = ana.get(reverse(name, args=arguments))
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))
    assert not AuditEvent.objects.filter(action="chart.viewed").exists()
    assert AuditEvent.objects.filter(
        action="page.second_factor_missing", outcome="refused"
    ).exists()
    page = ana.get(reverse("mfa_index")).content.decode()
    assert "One thing before you go on" in page
    assert ana.get(reverse("account_logout")).status_code == 200


@pytest.mark.usefixtures("practitioners_need_one")
def test_nothing_is_written_without_one(sign_in: SignIn, patient: Patient) -> None:
    answer = sign_in("ana").post(
        reverse("chart_record", args=[patient.public_id]), {"preferred_name": "Paulie"}
    )
    assert answer.status_code == 302
    patient.refresh_from_db()
    assert patient.preferred_name == ""


@pytest.mark.usefixtures("practitioners_need_one")
def test_parts_and_scripts_are_told_in_their_own_way(sign_in: SignIn) -> None:
    ana = sign_in("ana")
    part = ana.get(reverse("today"), headers={"hx-request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (204, reverse("mfa_index"))
    assert ana.get(reverse("today"), headers={"accept": "application/json"}).status_code == 403


@pytest.mark.usefixtures("practitioners_need_one")
def test_another_role_is_not_asked(sign_in: SignIn) -> None:
    ben = sign_in("ben")
    assert ben.get(reverse("today")).status_code == 200
    assert "One thing before you go on" not in ben.get(reverse("mfa_index")).content.decode()


@pytest.mark.usefixtures("practitioners_need_one")
def test_with_an_app_or_a_passkey_the_pages_open(
    sign_in: SignIn, person: Callable[[str], Person]
) -> None:
    ana = sign_in("ana")
    TOTP.activate(person("ana"), generate_totp_secret())
    assert ana.get(reverse("today")).status_code == 200
    Authenticator.objects.filter(user=person("ana")).delete()
    assert ana.get(reverse("today")).status_code == 302
    Authenticator.objects.create(user=person("ana"), type=Authenticator.Type.WEBAUTHN, data={})
    assert ana.get(reverse("today")).status_code == 200


@pytest.mark.usefixtures("practitioners_need_one")
def test_recovery_codes_alone_are_none(sign_in: SignIn, person: Callable[[str], Person]) -> None:
    Authenticator.objects.create(
        user=person("ana"), type=Authenticator.Type.RECOVERY_CODES, data={}
    )
    assert sign_in("ana").get(reverse("today")).status_code == 302


@pytest.mark.usefixtures("practitioners_need_one")
def test_whoever_runs_the_platform_is_asked_too(client: Client, db: None) -> None:
    operator = Person.objects.create_user("op@here.example", full_name="Olu", is_operator=True)
    client.force_login(operator)
    assert client.get(reverse("no_practice"))["Location"] == reverse("mfa_index")


def test_without_the_setting_nobody_is_asked(sign_in: SignIn) -> None:
    assert sign_in("ana").get(reverse("today")).status_code == 200
