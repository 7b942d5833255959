"""What every command that needs the database does first, and how it works in one practice."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from steadwell.practices.models import Practice


def start_django() -> None:
    """Database up, Django ready."""
    from steadwell.site.database.embedded import EmbeddedDatabaseError
    from steadwell.site.database.running import ensure_database_server

    try:
        ensure_database_server()
    except EmbeddedDatabaseError as error:
        raise click.ClickException(str(error)) from error
    import django

    django.setup()


@contextmanager
def in_practice(slug: str, *, origin: str) -> Iterator["Practice"]:
    """A transaction in the practice of that slug, with its audit trail.

    Raises:
        click.ClickException: there is no such practice.
    """
    from steadwell.audit.services import audit_trail
    from steadwell.common.tenancy import practice_scope

    practice = practice_named(slug)
    with (
        practice_scope(practice_id=practice.pk),
        audit_trail(practice_id=practice.pk, origin=f"command {origin}"),
    ):
        yield practice


def read_each(files: Sequence[Path], read_one: Callable[[Path], bool]) -> None:
    """Each file by itself; `read_one` says whether it was taken.

    Raises:
        click.ClickException: some were refused; the others are read.
    """
    refused = [path for path in files if not read_one(path)]
    if refused:
        raise click.ClickException(f"{len(refused)} of {len(files)} files refused.")


def practice_named(slug: str) -> "Practice":
    """The practice of that slug: its row is shown to whoever names it exactly."""
    from steadwell.practices.selectors import practice_by_slug

    practice = practice_by_slug(slug)
    if practice is None:
        raise click.ClickException(
            f"There is no practice {slug!r}. `steadwell demo --no-server` makes one named demo."
        )
    return practice
