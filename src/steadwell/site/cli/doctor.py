"""`steadwell doctor`: is this installation well."""

import click

from steadwell.site.cli.start import start_django


@click.command()
def doctor() -> None:
    """Say what is well, what to look at and what to mend; exits with 1 where something is broken."""
    start_django()
    from steadwell.site.platform.checks import State, all_checks

    signs = {State.WELL: "well", State.LOOK: "look", State.BAD: "MEND"}
    checks = all_checks()
    for check in checks:
        click.echo(f"{signs[check.state]}  {check.name}: {check.saw}")
        if check.cure and check.state is not State.WELL:
            click.echo(f"      {check.cure}")
    bad = sum(check.state is State.BAD for check in checks)
    click.echo(f"{len(checks)} checked, {bad} to mend.")
    if bad:
        raise SystemExit(1)
