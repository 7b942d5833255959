"""`steadwell eligibility …`: asking payers about cover (270), and reading what they answer (271)."""

from pathlib import Path

import click

from steadwell.site.cli.start import in_practice, read_each, start_django

SOME_WAIT = 3


@click.group()
def eligibility() -> None:
    """Whether patients are covered, as Medicare says."""


@eligibility.command()
@click.argument("month")
@click.option("--practice", "slug", required=True, help="The practice's slug.")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the file is put; made if it is not there.",
)
def write(month: str, slug: str, out: Path) -> None:
    """Write one 270 about everybody enrolled in MONTH (2026-03) for Medicare Part B.

    Ends with 3 when somebody was left out for want of a valid Medicare number.
    """
    start_django()
    from steadwell.claims.services.inquire import ask_about_month
    from steadwell.common.errors import Refusal
    from steadwell.rules.months import Month

    try:
        wanted = Month.parse(month)
        with in_practice(slug, origin="eligibility write") as practice:
            asked = ask_about_month(practice=practice, month=wanted, directory=out)
    except (Refusal, ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{asked.path}: {asked.asked} asked about.")
    for one in asked.without_number:
        click.echo(f"Left out: patient {one.public_id}: no valid Medicare number in the chart.")
    if asked.without_number:
        raise click.exceptions.Exit(SOME_WAIT)


@eligibility.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--practice", "slug", required=True, help="The practice's slug.")
def read(files: tuple[Path, ...], slug: str) -> None:
    """Read FILES of answers (271), each whole or not at all. No cover is changed by them.

    What was read before changes nothing. Ends with 1 when a file was refused; the others are read.
    """
    start_django()
    read_each(files, lambda path: _read_one(path, slug))


def _read_one(path: Path, slug: str) -> bool:
    """Whether the file was taken. It has a transaction of its own."""
    from steadwell.patients.services import EligibilityRefused, read_eligibility

    try:
        with in_practice(slug, origin="eligibility read") as practice:
            done = read_eligibility(
                practice=practice, content=path.read_bytes(), name=path.name, acting_user=None
            )
    except EligibilityRefused as refusal:
        click.echo(f"{path}: {refusal}", err=True)
        return False
    click.echo(f"{path}: {done.sentence}")
    return True
