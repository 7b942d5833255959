"""Whether this installation is well. Each check says what it saw, and what to do where it is not.

Nothing here reads a row of a practice.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from steadwell.common.clock import now
from steadwell.rules.rulebook.book import load_rulebook
from steadwell.site.database.urls import is_embedded
from steadwell.site.folders import VAR
from steadwell.site.platform.encryption import device_encryption

OLDEST_POSTGRESQL: Final = 150000
LITTLE_SPACE: Final = 2 * 1024**3  # bytes
RULES_END_SOON: Final = timedelta(days=45)


class State(StrEnum):
    WELL = "well"
    LOOK = "look"  # works, and somebody should know
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """`cure` says what to do; empty where all is well."""

    name: str
    state: State
    saw: str
    cure: str = ""


def all_checks() -> list[Check]:
    return [check for group in CHECKS for check in group()]


def _database() -> Iterator[Check]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, current_setting('server_version'),"
            " rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        number, version, is_mighty = cursor.fetchone()
    whose = "run by Steadwell" if is_embedded() else "at DATABASE_URL"
    if number < OLDEST_POSTGRESQL:
        yield Check("Database", State.BAD, f"PostgreSQL {version}.", "Move to version 15 or newer.")
    else:
        yield Check("Database", State.WELL, f"PostgreSQL {version}, {whose}.")
    if is_mighty:
        yield Check(
            "Practices kept apart",
            State.BAD,
            "The role of the pages reads past row-level security.",
            "Let DATABASE_URL name the role steadwell_app; `steadwell database prepare` makes it.",
        )
    else:
        yield Check("Practices kept apart", State.WELL, "The role of the pages is bound by it.")


def _migrations() -> Iterator[Check]:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield Check(
            "Tables",
            State.BAD,
            f"{len(missing)} changes of the tables wait.",
            "Run `steadwell migrate`.",
        )
    else:
        yield Check("Tables", State.WELL, "As this version needs them.")


def _rules() -> Iterator[Check]:
    last = load_rulebook().verified_through
    yield rules_check(last, now().date())


def rules_check(last: date, today: date) -> Check:
    """A month after `last` is refused, so whoever upgrades should know before it comes."""
    saw = f"Verified through {last:%B} {last.day}, {last.year}."
    cure = "Install the version of Steadwell that knows the next year; its months are refused."
    if today > last:
        return Check("Rules", State.BAD, saw, cure)
    return Check("Rules", State.LOOK if last - today < RULES_END_SOON else State.WELL, saw, cure)


def _mail() -> Iterator[Check]:
    if settings.EMAIL_IS_SENT:
        yield Check("E-mail", State.WELL, f"Sent through {settings.EMAIL_HOST}.")
    else:
        yield Check(
            "E-mail",
            State.LOOK,
            "Invitations are kept below var/mail, and you hand them on.",
            "Name a server in STEADWELL_SMTP_HOST.",
        )


def _sign_in() -> Iterator[Check]:
    who = settings.SECOND_FACTOR_ROLES
    if who:
        yield Check("Second factor", State.WELL, f"Asked of {len(who)} of 6 roles.")
    else:
        yield Check(
            "Second factor",
            State.LOOK,
            "Asked of nobody: right on a computer of one's own, and nowhere else.",
            "Set STEADWELL_SECOND_FACTOR to all where others reach this server.",
        )


def _space() -> Iterator[Check]:
    free = shutil.disk_usage(VAR).free
    saw = f"{free / 1024**3:.1f} GB free where Steadwell keeps its own."
    if free < LITTLE_SPACE:
        yield Check("Disk", State.BAD, saw, "Make room: work is lost when a disk is full.")
    else:
        yield Check("Disk", State.WELL, saw)


def _encryption() -> Iterator[Check]:
    if not is_embedded():
        yield Check(
            "Encryption at rest",
            State.LOOK,
            "The database is elsewhere, and cannot be seen from here.",
            "Ask whoever runs it for the encryption of its volume and of its backups.",
        )
        return
    if device_encryption(VAR):
        yield Check("Encryption at rest", State.WELL, "The volume is encrypted (dm-crypt).")
        return
    yield Check(
        "Encryption at rest",
        State.LOOK if frozenset() == settings.SECOND_FACTOR_ROLES else State.BAD,
        "No encrypted volume is seen below Steadwell's data.",
        "Put it on an encrypted volume (LUKS) before a real patient is brought in.",
    )


def _backups() -> Iterator[Check]:
    yield Check(
        "Backups",
        State.LOOK,
        "Steadwell makes none by itself.",
        "Run pg_dump as steadwell_backup every day, keep copies elsewhere, and try one.",
    )


CHECKS: Final[tuple[Callable[[], Iterator[Check]], ...]] = (
    _database,
    _migrations,
    _rules,
    _mail,
    _sign_in,
    _space,
    _encryption,
    _backups,
)
