"""Messages let somebody in: without a mail server they are kept where only their owner reads."""

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.conf import LazySettings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse

from steadwell.practices.models import Membership, Practice, Role
from steadwell.site.environment import ROLES_OF_SIGN_IN

ASK = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=sorted))
"""


def settings_with(tmp_path: Path, *names: str, **environment: str) -> dict[str, Any]:
    """The settings of a process of its own, started with these variables only."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("STEADWELL")}
    result = subprocess.run(
        [sys.executable, "-c", ASK, *names],
        env={**clean, "DJANGO_SETTINGS_MODULE": "steadwell.site.settings",
             "STEADWELL_VAR": str(tmp_path), **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if result.returncode:
        return {"fault": result.stderr}
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_message_is_kept_and_not_printed(
    tmp_path: Path, settings: LazySettings, capfd: pytest.CaptureFixture[str]
) -> None:
    given = settings_with(tmp_path, "EMAIL_BACKEND", "EMAIL_FILE_PATH", "EMAIL_IS_SENT")
    assert given["EMAIL_IS_SENT"] is False
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = (
        given["EMAIL_BACKEND"],
        given["EMAIL_FILE_PATH"],
    )
    mail.send_mail("New password", "https://here/key/secret/", None, ["ben@elm.example"])
    (kept,) = (tmp_path / "mail").iterdir()
    assert "https://here/key/secret/" in kept.read_text()
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    printed = capfd.readouterr()
    assert "secret" not in printed.out + printed.err


def test_with_a_mail_server_messages_are_sent(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hush\n")
    given = settings_with(
        tmp_path, "EMAIL_BACKEND", "EMAIL_IS_SENT", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS",
        "EMAIL_USE_SSL", "DEFAULT_FROM_EMAIL",
        STEADWELL_SMTP_HOST="smtp.example", STEADWELL_SMTP_PASSWORD_FILE=str(secret),
        STEADWELL_EMAIL_FROM="care@clinic.example",
    )  # fmt: skip
    assert given == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_IS_SENT": True,
        "EMAIL_HOST_PASSWORD": "hush",
        "EMAIL_USE_TLS": True,
        "EMAIL_USE_SSL": False,
        "DEFAULT_FROM_EMAIL": "care@clinic.example",
    }


@pytest.mark.parametrize(
    ("environment", "needs"),
    [
        ({}, []),
        ({"STEADWELL_HTTPS": "1"}, "all"),
        ({"STEADWELL_HOSTS": "care.clinic.example"}, "all"),
        ({"STEADWELL_HTTPS": "1", "STEADWELL_SECOND_FACTOR": "none"}, []),
        ({"STEADWELL_SECOND_FACTOR": "practitioner, operator"}, ["operator", "practitioner"]),
    ],
)
def test_who_needs_a_second_factor(
    tmp_path: Path, environment: dict[str, str], needs: list[str] | str
) -> None:
    given = settings_with(tmp_path, "SECOND_FACTOR_ROLES", **environment)["SECOND_FACTOR_ROLES"]
    everybody = sorted(ROLES_OF_SIGN_IN) if needs == "all" else needs
    assert given == everybody


def test_a_role_that_is_none_stops_the_start(tmp_path: Path) -> None:
    given = settings_with(tmp_path, "VAR", STEADWELL_SECOND_FACTOR="doctors")
    assert "STEADWELL_SECOND_FACTOR is 'doctors'. Write all, none, or some of" in given["fault"]


def test_the_roles_of_signing_in_are_those_there_are() -> None:
    assert sorted(ROLES_OF_SIGN_IN) == sorted([*Role.values, "operator"])


def sent(**more: object) -> dict[str, object]:
    return {"email": "n@elm.example", "full_name": "N", "roles": ["enrollment"],
            "credential": "lpn", **more}  # fmt: skip


@pytest.mark.parametrize(("is_sent", "says"), [(True, "is on its way"), (False, "is kept there")])
def test_an_invitation_says_what_became_of_it(
    sign_in: Callable[[str], Client], settings: LazySettings, says: str, *, is_sent: bool
) -> None:
    settings.EMAIL_IS_SENT = is_sent
    page = sign_in("max").post(reverse("settings_invite"), sent(), follow=True)
    assert says in page.content.decode()


def test_where_the_mail_server_is_down_nobody_is_invited(
    sign_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_arguments: object) -> None:
        raise SMTPServerDisconnected

    monkeypatch.setattr(type(get_adapter()), "send_mail", down)
    answer = sign_in("max").post(reverse("settings_invite"), sent())
    assert answer.status_code == 422
    assert "The mail server does not take messages now" in answer.content.decode()
    assert not Membership.objects.filter(person__email="n@elm.example").exists()


def ask_for_a_link(
    client: Client, monkeypatch: pytest.MonkeyPatch, email: str, error: OSError
) -> tuple[int, str]:
    """Status and words of the page after asking, where the mail server answers with `error`."""

    def fails(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", fails)
    answer = client.post(reverse("account_reset_password"), {"email": email})
    page = re.sub('(csrfmiddlewaretoken" value=)"[^"]*"', r"\1", answer.content.decode())
    return answer.status_code, page.replace(email, "…")


@pytest.mark.parametrize(
    "error",
    [
        SMTPServerDisconnected("Connection unexpectedly closed"),
        SMTPAuthenticationError(535, b"5.7.8 ben@elm.example may not send"),
        ConnectionRefusedError(111, "Connection refused"),
        TimeoutError("timed out"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_where_no_link_can_be_sent_the_page_says_so_to_anybody_alike(
    client: Client, elm: Practice, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, error: OSError,
) -> None:  # fmt: skip
    known = ask_for_a_link(client, monkeypatch, "ben@elm.example", error)
    unknown = ask_for_a_link(client, monkeypatch, "nobody@elm.example", error)
    assert known[0] == 503
    assert "The message could not be sent" in known[1]
    assert "tell whoever runs your Steadwell" in known[1]
    assert known == unknown
    assert type(error).__name__ in caplog.text
    assert "elm.example" not in caplog.text


def test_a_mailbox_that_is_refused_reads_as_any_other(
    client: Client, elm: Practice, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    refused = SMTPRecipientsRefused({"nobody@elm.example": (550, b"no such user")})
    status, _ = ask_for_a_link(client, monkeypatch, "nobody@elm.example", refused)
    assert status == 302
    assert "SMTPRecipientsRefused" in caplog.text
    assert "elm.example" not in caplog.text


def test_a_server_hashes_passwords_with_argon2(tmp_path: Path) -> None:
    given = settings_with(tmp_path, "PASSWORD_HASHERS")["PASSWORD_HASHERS"]
    assert given == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    code = (
        "import django; django.setup();"
        "from django.contrib.auth.hashers import make_password as make, check_password as check;"
        "kept = make('four dry winter boots');"
        "assert kept.startswith('argon2$argon2id$') and check('four dry winter boots', kept)"
    )
    clean = {**os.environ, "DJANGO_SETTINGS_MODULE": "steadwell.site.settings",
             "STEADWELL_VAR": str(tmp_path)}  # fmt: skip
    subprocess.run([sys.executable, "-c", code], env=clean, check=True)
