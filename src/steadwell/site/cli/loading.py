"""`steadwell rules load-fees` and `load-edits`: what CMS published after this release."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from steadwell.rules.loading import Loaded, LoadRefused, load_edits, load_fees
from steadwell.rules.rulebook import RuleDataError
from steadwell.rules.rulebook.installed import VARIABLE, installed_directory

SHOWN = 20
"""How many faults are printed one by one."""

_FILES = click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
_FROM = click.option(
    "--from", "start", type=click.DateTime(["%Y-%m-%d"]), default=None,
    help="The day from which the files hold, where they do not say it.",
)  # fmt: skip
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Check and say what would be kept.")


@click.command("load-fees")
@_FILES
@_FROM
@_DRY_RUN
def load_fees_command(paths: tuple[Path, ...], start: datetime | None, *, dry_run: bool) -> None:
    """Load relative values (PPRRVU) and indices of localities (GPCI), as CMS publishes them: the
    zip, or the .csv or .txt in it."""
    _load(load_fees, paths, start, dry_run=dry_run)


@click.command("load-edits")
@_FILES
@_FROM
@_DRY_RUN
def load_edits_command(paths: tuple[Path, ...], start: datetime | None, *, dry_run: bool) -> None:
    """Load NCCI pairs (PTP) and unit edits (MUE) of practitioner services: the zip, or the .csv or
    .txt in it."""
    _load(load_edits, paths, start, dry_run=dry_run)


def _load(
    load: Callable[..., Loaded], paths: tuple[Path, ...], start: datetime | None, *, dry_run: bool
) -> None:
    directory = installed_directory()
    if directory is None:
        raise click.ClickException(
            f"{VARIABLE} is empty, so there is no folder to keep this in. Name one, or unset it."
        )
    given: dict[str, Any] = {"start": _day(start), "dry_run": dry_run}
    try:
        loaded = load(list(paths), directory, **given)
    except LoadRefused as refused:
        _print_faults(refused)
        raise SystemExit(1) from refused
    except (RuleDataError, OSError) as error:
        raise click.ClickException(str(error)) from error
    for sentence in loaded.said:
        click.echo(sentence)
    click.echo(_outcome(loaded, directory, dry_run=dry_run))


def _day(start: datetime | None) -> date | None:
    return start.date() if start else None


def _print_faults(refused: LoadRefused) -> None:
    for fault in refused.faults[:SHOWN]:
        click.echo(str(fault), err=True)
    if len(refused.faults) > SHOWN:
        click.echo(f"And {len(refused.faults) - SHOWN} more.", err=True)
    click.echo("Nothing was loaded.", err=True)


def _outcome(loaded: Loaded, directory: Path, *, dry_run: bool) -> str:
    if not loaded.added:
        return "Nothing is new: nothing was changed."
    if dry_run:
        return f"{loaded.added} new values would be kept in {directory}."
    return (
        f"{loaded.added} new values are kept in {directory}. Restart Steadwell so that every process"
        " reads them. Amounts follow; whether a month may be decided is for the rule files to say."
    )
