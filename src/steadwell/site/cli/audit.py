"""`steadwell audit …`: proof that the trail is whole, and the packet of a patient-month."""

import click

from steadwell.site.cli.start import practice_named, start_django


@click.group()
def audit() -> None:
    """The audit trail and the audit packet."""


@audit.command()
@click.option("--practice", "slug", required=True, help="The practice's slug.")
def verify(slug: str) -> None:
    """Walk the practice's chain of events and name the first broken link."""
    start_django()
    from steadwell.audit.selectors import verify_chain
    from steadwell.common.tenancy import practice_scope

    practice = practice_named(slug)
    with practice_scope(practice_id=practice.pk):
        report = verify_chain(practice.pk)
    if not report.is_whole:
        raise click.ClickException(
            f"The audit trail of {slug} is broken: {report.fault}. "
            f"{report.events} events before it are whole."
        )
    click.echo(f"The audit trail of {slug} is whole: {report.events} events.")
