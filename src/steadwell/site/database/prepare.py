"""Make the three roles and the database. Run again, it changes nothing but passwords that differ."""

import psycopg
from psycopg import sql

from steadwell.site.database.urls import BACKUP_ROLE, Address

ROLE_OPTIONS = {
    "app": "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE",
    "owner": "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE",
    "backup": "LOGIN NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE",
}


def prepare_database(admin: Address, *, app: Address, owner: Address, backup_password: str) -> None:
    """Roles, database and rights, as `docs/explanation/tenancy.md` describes them."""
    with psycopg.connect(**admin.named("postgres").as_psycopg(), autocommit=True) as connection:
        _role(connection, owner.user, owner.password, ROLE_OPTIONS["owner"])
        _role(connection, app.user, app.password, ROLE_OPTIONS["app"])
        _role(connection, BACKUP_ROLE, backup_password, ROLE_OPTIONS["backup"])
        make_database(connection, app.name, owner=owner.user)
    with psycopg.connect(**admin.named(app.name).as_psycopg(), autocommit=True) as connection:
        grant_rights(connection, app=app.user, owner=owner.user)


def make_database(
    connection: psycopg.Connection, name: str, *, owner: str, template: str | None = None
) -> None:
    """CREATE DATABASE where there is none of that name."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    statement = sql.SQL("CREATE DATABASE {} OWNER {}").format(
        sql.Identifier(name), sql.Identifier(owner)
    )
    if template:
        statement += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
    connection.execute(statement)


def grant_rights(connection: psycopg.Connection, *, app: str, owner: str) -> None:
    """The app reads and writes rows; what it may not do is taken away table by table."""
    names = {
        "app": sql.Identifier(app),
        "owner": sql.Identifier(owner),
        "backup": sql.Identifier(BACKUP_ROLE),
    }
    for statement in (
        "ALTER SCHEMA public OWNER TO {owner}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {app}, {backup}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
        "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT SELECT ON TABLES TO {backup}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
        "GRANT USAGE, SELECT ON SEQUENCES TO {app}",
    ):
        connection.execute(sql.SQL(statement).format(**names))


def _role(connection: psycopg.Connection, name: str, password: str, options: str) -> None:
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = "ALTER" if exists else "CREATE"
    connection.execute(
        sql.SQL(f"{verb} ROLE {{}} {options} PASSWORD {{}}").format(
            sql.Identifier(name), sql.Literal(password)
        )
    )
