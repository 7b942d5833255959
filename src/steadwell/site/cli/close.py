"""`steadwell close MONTH`: the dry run in numbers, and sealing a month that people approved."""

from typing import TYPE_CHECKING

import click

from steadwell.site.cli.start import in_practice, start_django

if TYPE_CHECKING:
    from steadwell.billing.selectors import MonthRun
    from steadwell.practices.models import Person, Practice


@click.command()
@click.argument("month")
@click.option("--practice", "slug", required=True, help="The practice's slug.")
@click.option("--dry-run", is_flag=True, help="Only say what would be claimed; change nothing.")
@click.option("--by", "email", default="", help="The practice manager who closes, by e-mail.")
@click.option(
    "--leave-open",
    is_flag=True,
    help="Close although patient-months are left that somebody could still approve.",
)
def close(month: str, slug: str, dry_run: bool, email: str, leave_open: bool) -> None:
    """Decide every patient of MONTH (2026-03) and, without --dry-run, seal the month.

    Nothing is approved here: practitioners approve in person, on the page.
    Ends with 0 when done, 1 when the answer is no, 2 when something is missing in the command.
    """
    from steadwell.rules.months import Month

    try:
        asked = Month.parse(month)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="MONTH") from error
    if not dry_run and not email:
        raise click.UsageError("Say who closes the month, as --by max@elm.example, or --dry-run.")
    start_django()
    from steadwell.billing.selectors import month_run

    with in_practice(slug, origin="close") as practice:
        run = month_run(practice, asked)
        _say(run)
        if not dry_run:
            _seal(practice, run, _person(practice, email), leave_open=leave_open)


def _say(run: "MonthRun") -> None:
    """Counts, amounts and reasons."""
    from steadwell.billing.selectors import State

    if run.unavailable:
        raise click.ClickException(run.unavailable)
    click.echo(f"{run.month}: {len(run.rows)} patients enrolled.")
    for state in State:
        count, amount = run.counts[state], run.amount_of(state)
        money = f"  ${amount:,.2f}" if amount else ""
        click.echo(f"  {state.label + ':':<18} {count:>6}{money}")
    for identifier, count in run.reasons:
        click.echo(f"    {identifier:<34} {count:>6}")


def _seal(practice: "Practice", run: "MonthRun", person: "Person", *, leave_open: bool) -> None:
    from steadwell.billing.services import LeftOpen, StillOpen, close_month
    from steadwell.common.errors import Refusal

    confirmed = None
    if leave_open:
        confirmed = LeftOpen(run.counts["ready"], run.counts["needs_a_person"])
    try:
        sealed = close_month(
            practice=practice, month=run.month, confirmed=confirmed, acting_user=person
        )
    except StillOpen as refusal:
        raise click.ClickException(f"{refusal} On the command line: --leave-open.") from refusal
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{run.month} is closed over {sealed.approvals} approvals, {sealed.digest[:12]}….")


def _person(practice: "Practice", email: str) -> "Person":
    from steadwell.practices.models import Membership

    found = (
        Membership.objects.select_related("person")
        .filter(practice=practice, person__email=email.lower())
        .first()
    )
    if found is None:
        raise click.ClickException(f"Nobody with the e-mail {email} works in this practice.")
    return found.person
