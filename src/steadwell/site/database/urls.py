"""Which database to speak to, and as whom."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from steadwell.site.database.embedded import DATABASE, SUPERUSER, embedded_server

APP_ROLE = "steadwell_app"
OWNER_ROLE = "steadwell_owner"
BACKUP_ROLE = "steadwell_backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a database is and how to sign in to it."""

    name: str
    user: str
    password: str
    host: str
    port: str = ""

    def as_django(self) -> dict[str, object]:
        """The entry for Django's DATABASES; transactions are the requests'."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
            "ATOMIC_REQUESTS": True,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            # A pooler in transaction mode knows no prepared statements of ours.
            "DISABLE_SERVER_SIDE_CURSORS": True,
            "OPTIONS": {"prepare_threshold": None, "application_name": "steadwell"},
        }

    def as_psycopg(self) -> dict[str, Any]:
        """Keyword arguments for psycopg.connect."""
        port = {"port": self.port} if self.port else {}
        return {
            "dbname": self.name,
            "user": self.user,
            "password": self.password,
            "host": self.host,
            **port,
        }

    def named(self, name: str) -> "Address":
        """The same server and role, another database."""
        return replace(self, name=name)


def read_url(text: str) -> Address:
    """Read postgresql://user:password@host:port/name; the host may be a socket directory (?host=).

    Raises:
        ValueError: the scheme is not postgres, or user or database are missing.
    """
    url = urlsplit(text)
    if url.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"A database address starts with postgresql://, not {url.scheme}://.")
    name = unquote(url.path.lstrip("/"))
    if not name or not url.username:
        raise ValueError(
            "A database address names a user and a database: postgresql://user@host/name."
        )
    host = parse_qs(url.query).get("host", [unquote(url.hostname or "")])[0]
    return Address(
        name=name,
        user=unquote(url.username),
        password=unquote(url.password or ""),
        host=host,
        port=str(url.port or ""),
    )


def is_embedded() -> bool:
    """Whether Steadwell runs the database itself."""
    return not os.environ.get("DATABASE_URL")


def app_address(var: Path) -> Address:
    """As the role that serves pages and jobs: neither owner nor exempt from any policy."""
    if url := os.environ.get("DATABASE_URL"):
        return read_url(url)
    return _embedded_address(var, APP_ROLE)


def owner_address(var: Path) -> Address:
    """As the role that owns the tables and runs migrations.

    Raises:
        ValueError: DATABASE_URL is set and DATABASE_OWNER_URL is not.
    """
    if url := os.environ.get("DATABASE_OWNER_URL"):
        return read_url(url)
    if not is_embedded():
        raise ValueError(
            "DATABASE_URL is set. Set DATABASE_OWNER_URL too: migrations need the owner."
        )
    return _embedded_address(var, OWNER_ROLE)


def admin_address(var: Path) -> Address:
    """As a superuser: makes roles and databases, nothing else.

    Raises:
        ValueError: DATABASE_URL is set and STEADWELL_DATABASE_ADMIN_URL is not.
    """
    if url := os.environ.get("STEADWELL_DATABASE_ADMIN_URL"):
        return read_url(url)
    if not is_embedded():
        raise ValueError("Set STEADWELL_DATABASE_ADMIN_URL, or give --admin-url.")
    return _embedded_address(var, SUPERUSER)


def _embedded_address(var: Path, role: str) -> Address:
    server = embedded_server(var)
    return Address(
        name=DATABASE, user=role, password=server.password(role), host=str(server.socket_directory)
    )
