"""A database of one's own on the same server: for browser tests, benchmarks and pictures."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from steadwell.site.database.prepare import grant_rights, make_database
from steadwell.site.database.running import ensure_database_server, var_directory
from steadwell.site.database.urls import Address, admin_address, app_address, owner_address


@contextmanager
def scratch_database(name: str) -> Iterator[dict[str, str]]:
    """Make the database, give the environment in which commands use it, and drop it afterwards."""
    ensure_database_server()
    var = var_directory()
    app, owner = app_address(var).named(name), owner_address(var).named(name)
    with _connected(admin_address(var).named("postgres")) as connection:
        make_database(connection, name, owner=owner.user)
    with _connected(admin_address(var).named(name)) as inside:
        grant_rights(inside, app=app.user, owner=owner.user)
    try:
        yield {
            **os.environ,
            "DATABASE_URL": as_url(app),
            "DATABASE_OWNER_URL": as_url(owner),
            "STEADWELL_DATABASE_ADMIN_URL": as_url(admin_address(var).named(name)),
        }
    finally:
        with _connected(admin_address(var).named("postgres")) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


def as_url(address: Address) -> str:
    """A socket's directory goes into ?host=, as it holds slashes."""
    if address.host.startswith("/"):
        return f"postgresql://{address.user}:{address.password}@/{address.name}?host={address.host}"
    port = f":{address.port}" if address.port else ""
    return f"postgresql://{address.user}:{address.password}@{address.host}{port}/{address.name}"


@contextmanager
def _connected(address: Address) -> Iterator[psycopg.Connection]:
    with psycopg.connect(**address.as_psycopg(), autocommit=True) as connection:
        yield connection
