"""The tests' database: a template migrated once, a copy for each worker, reached as the app role.

The template bears the digest of what made it and stays on the server, so that the next run does not
migrate again; whoever changes a migration gets a new one, and the old one goes.
"""

import gc
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg import sql

from steadwell.site.database.prepare import grant_rights, make_database
from steadwell.site.database.running import ensure_database_server, var_directory
from steadwell.site.database.urls import admin_address, app_address, owner_address

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoDbBlocker

    from steadwell.audit.services import Trail
    from steadwell.patients.models import Patient
    from steadwell.practices.models import Person, Practice

settings.register_profile(
    # A slow machine is no fault, and what failed here has to fail for the next one who looks.
    "steadwell",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steadwell")

os.environ["STEADWELL_RULES"] = ""  # what somebody loaded on this machine is not what is tested
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"{os.getpid()}")[:12]
SOURCES = Path(__file__).parent / "src" / "steadwell"


def pytest_configure() -> None:
    """Passwords are hashed quickly here; `test_mail` holds that a server takes Argon2."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_finish() -> None:
    """Thousands of tests stay until the end: the collector need not look through them again."""
    gc.collect()
    gc.freeze()


def _template_name() -> str:
    """Of the migrations, what they call, and what they are pinned to."""
    made_of = [
        *sorted(SOURCES.glob("*/migrations/*.py")),
        *sorted((SOURCES / "common" / "tenancy").glob("*.py")),
        *sorted((SOURCES / "site" / "database").glob("*.py")),
        SOURCES.parents[1] / "constraints.txt",
    ]
    digest = hashlib.sha256()
    for file in made_of:
        digest.update(f"{file.relative_to(SOURCES.parents[1])}\0".encode() + file.read_bytes())
    return f"steadwell_template_{digest.hexdigest()[:16]}"


TEMPLATE = _template_name()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_blocker: "DjangoDbBlocker"
) -> Iterator[None]:
    """Replace pytest-django's: its owner would be the app, and policies would bind nothing."""
    from django.conf import settings
    from django.db import connections

    ensure_database_server()
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"steadwell_test_{RUN}_{worker}"
    with admin() as connection:
        with django_db_blocker.unblock():
            make_template(connection)
        make_database(
            connection, name, owner=owner_address(var_directory()).user, template=TEMPLATE
        )
        connection.execute(
            sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name))
        )
    for alias in settings.DATABASES:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        settings.DATABASES[alias]["NAME"] = name
    yield
    for alias in settings.DATABASES:
        connections[alias].close()
    with admin() as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def admin() -> Iterator[psycopg.Connection]:
    """A superuser's connection that makes databases."""
    address = admin_address(var_directory()).named("postgres")
    with psycopg.connect(**address.as_psycopg(), autocommit=True) as connection:
        yield connection


def make_template(connection: psycopg.Connection) -> None:
    """One worker migrates, the others wait for it. Half a template never bears the name."""
    connection.execute("SELECT pg_advisory_lock(hashtext('steadwell_template'))")
    try:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
        if not found.fetchone():
            _make_anew(connection)
    finally:
        connection.execute("SELECT pg_advisory_unlock(hashtext('steadwell_template'))")


def _make_anew(connection: psycopg.Connection) -> None:
    _drop_templates(connection)
    var = var_directory()
    owner = owner_address(var)
    unfinished = f"{TEMPLATE}_unfinished"
    make_database(connection, unfinished, owner=owner.user)
    named = admin_address(var).named(unfinished).as_psycopg()
    with psycopg.connect(**named, autocommit=True) as inside:
        grant_rights(inside, app=app_address(var).user, owner=owner.user)
    migrate_as_owner(unfinished)
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(unfinished), sql.Identifier(TEMPLATE)
        )
    )


def _drop_templates(connection: psycopg.Connection) -> None:
    """Those of earlier migrations, and what a killed run left half made."""
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, 'steadwell_template_')"
    )
    for (name,) in rows.fetchall():
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def migrate_as_owner(name: str) -> None:
    from django.core.management import call_command
    from django.db import connections

    owner = connections["owner"]
    before = owner.settings_dict["NAME"]
    owner.close()
    owner.settings_dict["NAME"] = name

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    owner.close()
    owner.settings_dict["NAME"] = before


@pytest.fixture
def elm(db: None) -> "Practice":
    """Elm Street Clinic with its whole staff; the test's transaction is in its scope."""
    from tests import cast

    practice = cast.make_practice("elm", "Elm Street Clinic")
    for first, (full_name, credential, roles) in cast.ROLES.items():
        person = cast.make_member(practice, f"{first}@elm.example", full_name, credential, *roles)
        if first == "ana":
            cast.make_practitioner(practice, person)
    return practice


@pytest.fixture
def person(elm: "Practice") -> "Callable[[str], Person]":
    """One of the cast by first name: person("ben")."""
    from steadwell.practices.models import Person

    return lambda first: Person.objects.get(email__startswith=f"{first}@")


@pytest.fixture
def oak(elm: "Practice") -> "Practice":
    """Another practice, where Cy works as care manager. The scope goes back to Elm Street."""
    from steadwell.common.tenancy import Scope, enter_scope
    from tests import cast

    practice = cast.make_practice("oak", "Oak Lane Practice")
    cast.make_member(practice, "cy@oak.example", "Cy Cole, RN", "rn", "care_manager")
    enter_scope(Scope(practice_id=elm.pk))
    return practice


@pytest.fixture
def patient(elm: "Practice") -> "Patient":
    from tests import cast

    return cast.make_patient(elm)


@pytest.fixture
def trail(elm: "Practice") -> "Iterator[Trail]":
    """An audit trail around a test that calls services directly."""
    from steadwell.audit.services import audit_trail

    with audit_trail(practice_id=elm.pk, origin="test") as trail:
        yield trail


@pytest.fixture
def sign_in(client: "Client", person: "Callable[[str], Person]") -> "Callable[[str], Client]":
    """The test client as one of the cast: sign_in("ben").get("/")."""

    def signed_in(first: str) -> "Client":
        client.force_login(person(first), backend=settings_backend())
        return client

    return signed_in


def settings_backend() -> str:
    from django.conf import settings

    return str(settings.AUTHENTICATION_BACKENDS[0])


@pytest.fixture(autouse=True)
def frozen_today(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The doorstep's clock stands at 2026-03-17 10:00 in New York, but in the browser's tests."""
    if "browser" in request.keywords or "real_clock" in request.keywords:
        return
    from steadwell.common import clock
    from tests import cast

    monkeypatch.setattr(clock, "read_clock", lambda: cast.NOW)


@pytest.fixture
def committed_db(
    django_db_setup: None, django_db_blocker: "DjangoDbBlocker", request: pytest.FixtureRequest
) -> Iterator[str]:
    """A database of the test's own, where commits are real; its name. Gone afterwards."""
    from django.conf import settings
    from django.db import connections

    name = f"{connections['default'].settings_dict['NAME']}_own"
    before = {alias: connections[alias].settings_dict["NAME"] for alias in settings.DATABASES}
    with admin() as connection:
        make_database(
            connection, name, owner=owner_address(var_directory()).user, template=TEMPLATE
        )
        connection.execute(
            sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name))
        )
    point_at(dict.fromkeys(before, name))
    with django_db_blocker.unblock():
        yield name
    point_at(before)
    with admin() as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def point_at(names: dict[str, str]) -> None:
    """Send each alias to another database, closing what is open."""
    from django.db import connections

    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


@contextmanager
def superuser_of(name: str) -> Iterator[psycopg.Connection]:
    """A superuser inside one database: what an intruder with the keys could do."""
    address = admin_address(var_directory()).named(name)
    with psycopg.connect(**address.as_psycopg(), autocommit=True) as connection:
        yield connection
