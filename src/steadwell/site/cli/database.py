"""`steadwell database …` and `steadwell migrate`."""

import click

from steadwell.site.cli.start import start_django


@click.group()
def database() -> None:
    """The database: start, stop, prepare a server of one's own."""


@database.command()
def start() -> None:
    """Start the embedded server."""
    start_django()
    click.echo("The database runs.")


@database.command()
def stop() -> None:
    """Stop the embedded server."""
    from steadwell.site.database.running import server

    click.echo("The database is stopped." if server().stop() else "The database was not running.")


@database.command()
@click.option("--admin-url", envvar="STEADWELL_DATABASE_ADMIN_URL", required=True)
@click.option("--backup-password", envvar="STEADWELL_BACKUP_PASSWORD", required=True)
def prepare(admin_url: str, backup_password: str) -> None:
    """Make the three roles and the database on a server of one's own.

    The passwords of the other two come from DATABASE_URL and DATABASE_OWNER_URL.
    """
    from steadwell.site.database.prepare import prepare_database
    from steadwell.site.database.running import var_directory
    from steadwell.site.database.urls import app_address, owner_address, read_url

    var = var_directory()
    prepare_database(
        read_url(admin_url),
        app=app_address(var),
        owner=owner_address(var),
        backup_password=backup_password,
    )
    click.echo("Roles and database are there. Next: steadwell migrate")


@click.command("migrate")
def migrate_command() -> None:
    """Bring the tables up to date, as their owner."""
    start_django()
    from steadwell.site.database.running import migrate

    migrate(verbosity=1)
