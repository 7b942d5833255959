"""The tests' database: a template migrated once, a copy for each worker, reached as the app role."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from steadwell.site.database.prepare import grant_rights, make_database
from steadwell.site.database.running import ensure_database_server, var_directory
from steadwell.site.database.urls import admin_address, app_address, owner_address

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"{os.getpid()}")[:12]
TEMPLATE = f"steadwell_template_{RUN}"


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, worker_id: str = "master") -> Iterator[None]:
    """Replace pytest-django's: its owner would be the app, and policies would bind nothing."""
    from django.conf import settings
    from django.db import connections

    ensure_database_server()
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"steadwell_test_{RUN}_{worker}"
    with admin() as connection:
        make_template(connection)
        make_database(
            connection, name, owner=owner_address(var_directory()).user, template=TEMPLATE
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
        drop_template_if_last(connection)


@contextmanager
def admin() -> Iterator[psycopg.Connection]:
    """A superuser's connection that makes databases."""
    address = admin_address(var_directory()).named("postgres")
    with psycopg.connect(**address.as_psycopg(), autocommit=True) as connection:
        yield connection


def make_template(connection: psycopg.Connection) -> None:
    """One worker migrates, the others wait for it."""
    connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATE])
    try:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
        if found.fetchone():
            return
        var = var_directory()
        owner = owner_address(var)
        make_database(connection, TEMPLATE, owner=owner.user)
        named = admin_address(var).named(TEMPLATE).as_psycopg()
        with psycopg.connect(**named, autocommit=True) as inside:
            grant_rights(inside, app=app_address(var).user, owner=owner.user)
            inside.execute(
                sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(
                    sql.Identifier(TEMPLATE)
                )
            )
        migrate_as_owner(TEMPLATE)
    finally:
        connection.execute("SELECT pg_advisory_unlock(hashtext(%s))", [TEMPLATE])


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


def drop_template_if_last(connection: psycopg.Connection) -> None:
    """The last worker takes the template away."""
    left = connection.execute(
        "SELECT count(*) FROM pg_database WHERE datname LIKE %s", [f"steadwell_test_{RUN}_%"]
    ).fetchone()
    if left == (0,):
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(TEMPLATE)))
