"""Bringing the database up to date, from nothing if need be."""

import os
from pathlib import Path

import psycopg

from steadwell.site.database.embedded import EmbeddedServer, embedded_server
from steadwell.site.database.prepare import prepare_database
from steadwell.site.database.urls import (
    BACKUP_ROLE,
    admin_address,
    app_address,
    is_embedded,
    owner_address,
)


def var_directory() -> Path:
    """Where this installation keeps its data; the same answer as the settings give."""
    from steadwell.site.folders import VAR

    return VAR


def server() -> EmbeddedServer:
    return embedded_server(var_directory())


def ensure_database_server() -> None:
    """Start the embedded server if it is ours to start, and make roles and database if missing."""
    if not is_embedded():
        return
    running = server()
    running.ensure_running()
    if not _is_prepared():
        prepare_embedded(running)


def prepare_embedded(running: EmbeddedServer) -> None:
    var = var_directory()
    prepare_database(
        admin_address(var),
        app=app_address(var),
        owner=owner_address(var),
        backup_password=running.password(BACKUP_ROLE),
    )


def migrate(*, verbosity: int = 0) -> None:
    """Run migrations as the owner."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "steadwell.site.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", database="owner", verbosity=verbosity, interactive=False)


def _is_prepared() -> bool:
    try:
        psycopg.connect(**app_address(var_directory()).as_psycopg()).close()
    except psycopg.OperationalError:
        return False
    return True
