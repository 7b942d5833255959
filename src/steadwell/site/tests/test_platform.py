"""The operator's pages: health and directory, nobody else's, and no row of a practice."""

import os
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from steadwell.common.tenancy import practice_scope
from steadwell.practices.models import Membership, Person, Practice
from steadwell.practices.selectors import practice_by_slug
from steadwell.site.cli.main import main
from steadwell.site.platform.checks import State, all_checks, rules_check
from steadwell.site.platform.encryption import device_encryption

BIRCH = {
    "name": "Birch Hill Clinic",
    "slug": "birch",
    "kind": "physician_office",
    "time_zone": "America/Chicago",
    "manager_name": "Mia Manager",
    "manager_email": "mia@birch.example",
}


@pytest.fixture
def operator(client: Client, elm: Practice) -> Client:
    person = Person.objects.create_user("op@example.org", full_name="Op", is_operator=True)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_an_operator_lands_on_health_and_directory(operator: Client) -> None:
    page = operator.get(reverse("home"), follow=True)
    assert page.redirect_chain[-1][0] == reverse("platform")
    text = page.content.decode()
    assert "Elm Street Clinic" in text
    assert "PostgreSQL" in text


def test_an_operator_opens_a_practice_and_its_manager_is_invited(operator: Client) -> None:
    page = operator.post(reverse("platform_open"), BIRCH, follow=True)
    assert "Birch Hill Clinic is opened." in page.content.decode()
    practice = practice_by_slug("birch")
    assert practice
    (message,) = mail.outbox
    assert message.to == ["mia@birch.example"]
    assert "Birch Hill Clinic" in message.body
    with practice_scope(practice_id=practice.pk):
        manager = Membership.objects.select_related("person").get().person
    _follow(str(message.body))
    assert manager.full_name == "Mia Manager"


def _follow(body: str) -> None:
    """The link of the invitation lets its reader choose a password."""
    found = re.search(r"http://testserver(/\S+)", body)
    assert found
    page = Client().get(found[1], follow=True)
    assert "assword" in page.content.decode()


@pytest.mark.parametrize(
    ("field", "given", "says"),
    [
        ("slug", "Birch Hill", "is no short name"),
        ("slug", "elm", "elm is taken"),
        ("time_zone", "Chicago", "Chicago is not a time zone"),
        ("manager_email", "mia", "This is no email address"),
        ("manager_email", "op@example.org", "belongs to whoever runs the platform"),
    ],
)
def test_what_will_not_do_says_why(operator: Client, field: str, given: str, says: str) -> None:
    page = operator.post(reverse("platform_open"), {**BIRCH, field: given})
    assert page.status_code == 422
    assert says in page.content.decode()
    assert not mail.outbox
    assert practice_by_slug("birch") is None


@pytest.mark.parametrize("name", ["platform", "platform_open"])
def test_nobody_else_gets_in(sign_in: Callable[[str], Client], name: str) -> None:
    assert sign_in("max").get(reverse(name)).status_code == 403
    assert sign_in("max").post(reverse(name), BIRCH).status_code == 403


def test_a_new_manager_sets_up_a_practice_that_has_nothing_yet(client: Client, db: None) -> None:
    result = CliRunner().invoke(main, ["practice", "open", *OPENING])
    assert result.exit_code == 0, result.output
    assert result.output.startswith("birch is opened. mia@birch.example chooses a password")
    client.force_login(
        Person.objects.get(email="mia@birch.example"),
        backend=settings.AUTHENTICATION_BACKENDS[0],
    )
    for name in (
        "today", "patients", "enrollment", "month_end", "claims", "settings", "settings_staff",
        "settings_practice", "settings_practitioners", "settings_payers", "settings_charges",
    ):  # fmt: skip
        assert client.get(reverse(name), follow=True).status_code == 200, name


OPENING = (
    "birch", "--name", "Birch Hill Clinic", "--time-zone", "America/Chicago",
    "--manager", "mia@birch.example", "--manager-name", "Mia Manager",
)  # fmt: skip


def test_the_command_says_what_will_not_do(elm: Practice) -> None:
    for given, says in (
        (("--kind", "hospital"), "--kind is 'hospital'. Write one of: physician_office"),
        (("--time-zone", "Chicago"), "Write it as America/New_York"),
    ):
        result = CliRunner().invoke(main, ["practice", "open", *OPENING, *given])
        assert result.exit_code == 1
        assert says in result.output
    taken = CliRunner().invoke(main, ["practice", "open", "elm", *OPENING[1:]])
    assert "elm is taken" in taken.output


def test_an_operator_is_added_at_the_command_line(committed_db: str) -> None:
    command = ["practice", "operator", "op@example.org", "--name", "Olu Platform"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    with transaction.atomic():
        assert Person.objects.get(email="op@example.org").is_operator
    assert "an address of its own" in CliRunner().invoke(main, command).output


def test_doctor_says_what_it_saw(db: None) -> None:
    result = CliRunner().invoke(main, ["doctor"])
    assert "Practices kept apart: The role of the pages is bound by it." in result.output
    bad = sum(check.state is State.BAD for check in all_checks())
    assert result.exit_code == (1 if bad else 0)
    assert result.output.endswith(f"{bad} to mend.\n")


LAST = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (LAST - timedelta(days=45), State.WELL),
        (LAST - timedelta(days=44), State.LOOK),
        (LAST, State.LOOK),
        (LAST + timedelta(days=1), State.BAD),
    ],
)
def test_rules_that_end_are_said_in_time(today: date, state: State) -> None:
    assert rules_check(LAST, today).state is state


def test_a_volume_is_encrypted_only_where_it_is_seen(tmp_path: Path) -> None:
    device = (tmp_path / "x").parent.stat().st_dev
    block = tmp_path / "dev" / "block" / f"{os.major(device)}:{os.minor(device)}"
    assert not device_encryption(tmp_path, system=tmp_path)
    (block / "slaves" / "dm-0" / "dm").mkdir(parents=True)
    uuid = block / "slaves" / "dm-0" / "dm" / "uuid"
    uuid.write_text("LVM-abc\n")
    assert not device_encryption(tmp_path, system=tmp_path)
    uuid.write_text("CRYPT-LUKS2-abc\n")
    assert device_encryption(tmp_path, system=tmp_path)
