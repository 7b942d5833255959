"""`steadwell audit …`: proof that the trail is whole, and the packet of a patient-month."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from steadwell.site.cli.packets import packet, verify_sealed
from steadwell.site.cli.rederive import rederive
from steadwell.site.cli.start import practice_named, start_django

if TYPE_CHECKING:
    from steadwell.audit.selectors import ChainReport


@click.group()
def audit() -> None:
    """The audit trail and the audit packet."""


@audit.command()
@click.option(
    "--practice",
    "slug",
    help="The practice's slug: walks its trail, then the one of what belongs to no practice.",
)
@click.option(
    "--packet",
    "sealed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A packet.json: computes its digests again. Needs no database.",
)
def verify(slug: str | None, sealed: Path | None) -> None:
    """Walk the chains of events and name the first broken link, or check a packet.

    Without options it walks the chain of events that belong to no practice: sign-ins that failed,
    and acts of people who work nowhere.
    """
    if slug is not None and sealed is not None:
        raise click.UsageError("Give --practice or --packet, one of them.")
    if sealed is not None:
        verify_sealed(sealed)
    else:
        _verify_trails(slug)


def _verify_trails(slug: str | None) -> None:
    """Both chains are walked before anything is said to be broken."""
    start_django()
    broken = []
    for practice_id, whose in _chains(slug):
        report = _walked(practice_id)
        if report.is_whole:
            click.echo(f"The audit trail of {whose} is whole: {report.events} events.")
        else:
            broken.append(
                f"The audit trail of {whose} is broken: {report.fault}. "
                f"{report.events} events before it are whole."
            )
    if broken:
        raise click.ClickException("\n".join(broken))


def _chains(slug: str | None) -> list[tuple[int | None, str]]:
    """The practice's own chain where one is named, and the chain of events without a practice."""
    nobodys = (None, "events without a practice")
    return [nobodys] if slug is None else [(practice_named(slug).pk, slug), nobodys]


def _walked(practice_id: int | None) -> "ChainReport":
    from steadwell.audit.selectors import verify_chain
    from steadwell.common.tenancy import practice_scope

    with practice_scope(practice_id=practice_id):
        return verify_chain(practice_id)


audit.add_command(rederive)
audit.add_command(packet)
