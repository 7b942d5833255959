"""`steadwell sweep`: who of a practice may be offered chronic care management."""

from datetime import datetime

import click

from steadwell.site.cli.start import in_practice, start_django


@click.command()
@click.option("--practice", "slug", required=True, help="Slug of the practice.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Charts as of the end of this day; today where it is left out.",
)
def sweep(slug: str, as_of: datetime | None) -> None:
    """Look at every chart of a practice: who qualifies, and what is missing."""
    start_django()
    from steadwell.common.clock import today_in
    from steadwell.common.errors import Refusal
    from steadwell.enrollment.services import run_sweep

    with in_practice(slug, origin="sweep") as practice:
        day = as_of.date() if as_of else today_in(practice.zone)
        try:
            run = run_sweep(practice=practice, as_of=day, progress=_say)
        except Refusal as error:
            raise click.ClickException(str(error)) from error
    click.echo(
        f"{run.patients:,} patients, {run.candidates:,} candidates: {run.qualify:,} qualify, "
        f"{run.need_something:,} need something, {run.do_not_qualify:,} do not qualify"
    )


def _say(done: int, of: int) -> None:
    click.echo(f"{done:,} of {of:,} looked at", err=True)
