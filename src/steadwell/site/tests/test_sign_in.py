"""Getting in and out: in words, with a second step, and only for those who were invited."""

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.common.tenancy import Scope, enter_scope
from steadwell.practices.models import Person, Practice
from steadwell.site.middleware import LAST_EVIDENCE

PASSWORD = "four dry winter boots"


@pytest.fixture
def ben(person: Callable[[str], Person]) -> Person:
    cache.clear()
    ben = person("ben")
    ben.set_password(PASSWORD)
    ben.save()
    return ben


def send_in(client: Client, password: str = PASSWORD, **more: str) -> tuple[int, str]:
    """Status and page of a try to sign in."""
    sent = {"login": "ben@elm.example", "password": password, **more}
    answer = client.post(reverse("account_login"), sent)
    return answer.status_code, answer.content.decode() or answer.headers.get("Location", "")


@pytest.fixture
def signed_in(client: Client, ben: Person) -> Client:
    assert send_in(client)[0] == 302
    return client


@pytest.fixture
def confirmed(signed_in: Client) -> Client:
    """Signed in, and has just confirmed that it is them."""
    answer = signed_in.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.status_code == 302
    return signed_in


def code_for(secret: str) -> str:
    """The six digits an app shows now, as RFC 6238 computes them."""
    moment = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), moment, hashlib.sha1).digest()
    start = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


def test_email_and_password_let_in(client: Client, ben: Person) -> None:
    assert send_in(client) == (302, reverse("home"))
    assert client.get(reverse("more")).status_code == 200


def test_after_signing_in_one_is_where_one_wanted_to_be(client: Client, ben: Person) -> None:
    asked = client.get(reverse("settings"))
    assert asked["Location"] == f"{reverse('account_login')}?next=/settings/"
    page = client.get(asked["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/settings/"' in page
    assert send_in(client, next="/settings/") == (302, "/settings/")


def test_nobody_is_sent_to_another_server(client: Client, ben: Person) -> None:
    assert send_in(client, next="https://evil.example/")[1] == reverse("home")


@pytest.mark.parametrize("email", ["ben@elm.example", "nobody@elm.example"])
def test_a_wrong_password_and_a_wrong_email_read_the_same(
    client: Client, ben: Person, email: str
) -> None:
    status, page = send_in(client, "wrong", login=email)
    assert status == 200
    assert "That password and email do not belong together" in page
    assert email in page  # the email is not typed twice
    assert "wrong" not in page.split("<main")[1].split("value=")[1][:20]


def test_after_five_wrong_tries_the_account_rests(client: Client, ben: Person) -> None:
    for _ in range(5):
        assert "do not belong together" in send_in(client, "wrong")[1]
    page = send_in(client)[1]
    assert "this account rests" in page
    assert client.get(reverse("more")).status_code == 302


def test_many_tries_from_one_computer_meet_a_page_in_words(client: Client, ben: Person) -> None:
    for _ in range(31):
        answer = client.post(reverse("account_login"), {"login": "", "password": ""})
    assert answer.status_code == 429
    assert "Too many tries in a short time" in answer.content.decode()


def test_the_trail_keeps_who_came_and_never_what_was_typed(client: Client, ben: Person) -> None:
    enter_scope(Scope())
    send_in(client, "wrong")
    send_in(client)
    client.post(reverse("account_logout"))
    enter_scope(Scope())
    done = list(AuditEvent.objects.order_by("sequence").values_list("action", "outcome", "subject"))
    mine = f"practices.person/{ben.pk}"
    assert ("person.sign_in_failed", "refused", "") in done
    assert ("person.signed_in", "done", mine) in done
    assert not AuditEvent.objects.filter(reason__contains="wrong").exists()


def test_nobody_signs_up(client: Client, elm: Practice) -> None:
    for answer in (
        client.get(reverse("account_signup")),
        client.post(reverse("account_signup"), {"email": "new@elm.example", "password1": PASSWORD}),
    ):
        assert "People are invited" in answer.content.decode()
    assert not Person.objects.filter(email="new@elm.example").exists()


@pytest.mark.parametrize("address", ["email/", "confirm-email/", "login/code/", "3rdparty/"])
def test_what_is_not_offered_is_not_there(signed_in: Client, address: str) -> None:
    assert signed_in.get(f"/accounts/{address}").status_code == 404


def test_a_forgotten_password_is_replaced_by_mail(client: Client, ben: Person) -> None:
    client.post(reverse("account_reset_password"), {"email": ben.email})
    (message,) = mail.outbox
    assert message.subject == "Choose a new password for Steadwell"
    link = next(line for line in message.body.splitlines() if "/password/reset/key/" in line)
    page = client.get(link, follow=True)
    assert "Choose a password" in page.content.decode()
    address = page.request["PATH_INFO"]
    short = client.post(address, {"password1": "short", "password2": "short"})
    assert "at least 12 characters" in short.content.decode()
    new = "five wet summer socks"
    client.post(address, {"password1": new, "password2": new})
    assert send_in(client, new)[0] == 302
    client.logout()
    assert "This link works no more" in client.get(link, follow=True).content.decode()


@pytest.mark.parametrize("sent", [True, False])
def test_an_unknown_email_gets_the_same_answer_on_the_page(
    client: Client, ben: Person, settings: LazySettings, *, sent: bool
) -> None:
    settings.EMAIL_IS_SENT = sent
    pages = [
        client.post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in (ben.email, "nobody@elm.example")
    ]
    assert pages[0].request["PATH_INFO"] == pages[1].request["PATH_INFO"]
    page = pages[1].content.decode()
    assert "If that email belongs to somebody here" in page
    assert ("Look in your mailbox" in page) is sent
    assert ("nothing is sent" in page) is not sent


def turn_on_the_app(client: Client) -> str:
    client.get(reverse("mfa_activate_totp"))
    secret = str(client.session["mfa.totp.secret"])
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert answer.status_code == 302
    return secret


def test_a_wrong_code_turns_nothing_on(confirmed: Client, ben: Person) -> None:
    confirmed.get(reverse("mfa_activate_totp"))
    page = confirmed.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert "That code is not right" in page
    assert not Authenticator.objects.filter(user=ben).exists()


def test_the_authenticator_app_becomes_the_second_step(confirmed: Client, ben: Person) -> None:
    secret = turn_on_the_app(confirmed)
    assert "Recovery codes" in confirmed.get(reverse("mfa_view_recovery_codes")).content.decode()
    confirmed.post(reverse("account_logout"))
    assert send_in(confirmed) == (302, reverse("mfa_authenticate"))
    assert confirmed.get(reverse("more")).status_code == 302  # a password alone opens nothing
    page = confirmed.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "That code is not right" in page
    cache.clear()  # a code is taken once
    answer = confirmed.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert answer.status_code == 302
    assert confirmed.get(reverse("more")).status_code == 200


def test_the_apps_secret_is_sealed_in_the_database(confirmed: Client, ben: Person) -> None:
    secret = turn_on_the_app(confirmed)
    row = Authenticator.objects.get(user=ben, type=Authenticator.Type.TOTP)
    assert secret not in str(row.data)


def test_the_app_is_turned_off_again(confirmed: Client, ben: Person) -> None:
    turn_on_the_app(confirmed)
    assert confirmed.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(user=ben, type=Authenticator.Type.TOTP).exists()


def test_who_changes_how_they_sign_in_confirms_first(signed_in: Client) -> None:
    answer = signed_in.get(reverse("mfa_activate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    page = signed_in.get(answer["Location"]).content.decode()
    assert "Confirm that it is you" in page
    wrong = signed_in.post(answer["Location"], {"password": "wrong"})
    assert "That is not your password" in wrong.content.decode()
    right = signed_in.post(answer["Location"], {"password": PASSWORD})
    assert right.status_code == 302


MANAGE = [
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn",
    "account_change_password", "account_logout",
]  # fmt: skip
ENTRANCE = [
    "account_login", "account_signup", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key_done",
]  # fmt: skip


@pytest.mark.parametrize("name", MANAGE)
def test_pages_of_ones_own_are_in_our_look(confirmed: Client, name: str) -> None:
    assert_ours(confirmed.get(reverse(name)).content.decode())


@pytest.mark.parametrize("name", ENTRANCE)
def test_pages_before_signing_in_are_in_our_look(client: Client, db: None, name: str) -> None:
    assert_ours(client.get(reverse(name)).content.decode())


def assert_ours(page: str) -> None:
    assert "css/steadwell.css" in page
    assert 'id="main"' in page
    assert page.count("<h1") == 1
    assert " style=" not in page


def test_a_passkey_needs_no_script_in_the_page(client: Client, db: None) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert 'data-passkey="login"' in page
    assert "js/passkey.js" in page
    asked = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert "challenge" in asked.json()["request_options"]["publicKey"]


def test_a_false_passkey_is_refused(client: Client, ben: Person) -> None:
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": "{}"}, follow=True)
    assert answer.status_code == 200
    assert client.get(reverse("more")).status_code == 302


def age_evidence(client: Client, seconds: float) -> None:
    session = client.session
    session[LAST_EVIDENCE] = datetime.now(UTC).timestamp() - seconds
    session.save()


@pytest.mark.parametrize(("seconds", "status"), [(15 * 60 - 5, 200), (15 * 60 + 1, 302)])
def test_fifteen_minutes_without_evidence_sign_out(
    signed_in: Client, seconds: float, status: int
) -> None:
    signed_in.get(reverse("more"))
    age_evidence(signed_in, seconds)
    answer = signed_in.get(reverse("more"))
    assert answer.status_code == status
    if status == 302:
        page = signed_in.get(answer["Location"]).content.decode()
        assert "signed out after 15 minutes without activity. Nothing was lost." in page
        assert "next=%2Fmore%2F" in answer["Location"]


@pytest.mark.parametrize(("evidence", "kept"), [("0", False), ("1", True)])
def test_a_heartbeat_without_evidence_does_not_keep_the_session(
    signed_in: Client, evidence: str, kept: bool
) -> None:
    signed_in.get(reverse("more"))
    age_evidence(signed_in, 14 * 60)
    before = signed_in.session[LAST_EVIDENCE]
    signed_in.get(reverse("more"), headers={"x-steadwell-evidence": evidence})
    assert (signed_in.session[LAST_EVIDENCE] > before) is kept


def test_htmx_and_scripts_are_told_in_their_own_way(signed_in: Client) -> None:
    signed_in.get(reverse("more"))
    age_evidence(signed_in, 16 * 60)
    answer = signed_in.get(reverse("more"), headers={"hx-request": "true"})
    assert answer.status_code == 204
    assert "idle=1" in answer["HX-Redirect"]
