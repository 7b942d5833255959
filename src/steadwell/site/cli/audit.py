"""`steadwell audit …`: proof that the trail is whole, and the packet of a patient-month."""

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from steadwell.site.cli.rederive import rederive
from steadwell.site.cli.start import in_practice, practice_named, start_django

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
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A packet.json: computes its digests again. Needs no database.",
)
def verify(slug: str | None, packet: Path | None) -> None:
    """Walk the chains of events and name the first broken link, or check a packet.

    Without options it walks the chain of events that belong to no practice: sign-ins that failed,
    and acts of people who work nowhere.
    """
    if slug is not None and packet is not None:
        raise click.UsageError("Give --practice or --packet, one of them.")
    if packet is not None:
        _verify_packet(packet)
    else:
        _verify_trails(slug)


@audit.command()
@click.argument("patient", type=click.UUID)
@click.argument("month")
@click.option("--practice", "slug", required=True, help="The practice's slug.")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the two files are put; made if it is not there.",
)
def packet(patient: UUID, month: str, slug: str, out: Path) -> None:
    """Write the packet of an approved patient-month as PDF and as data.

    PATIENT is the id in the address of the patient's chart, MONTH is written as 2026-03.
    """
    start_django()
    from steadwell.claims.packet import put_packet
    from steadwell.common.errors import Refusal
    from steadwell.rules.months import Month

    try:
        wanted = Month.parse(month)
        with in_practice(slug, origin="audit packet") as practice:
            paths = put_packet(practice=practice, patient_id=patient, month=wanted, directory=out)
    except (Refusal, ValueError, OSError) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    for path in paths:
        click.echo(str(path))


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


def _verify_packet(path: Path) -> None:
    import json

    import django

    django.setup()  # models are read by name; no database is opened
    from steadwell.claims.packet import fault_of

    try:
        content = json.loads(path.read_bytes())
    except ValueError as error:
        raise click.ClickException(f"{path} is not JSON: {error}") from error
    if fault := fault_of(content):
        raise click.ClickException(f"{path} is not whole. {fault}")
    click.echo(f"{path} is whole: snapshot SHA-256 {content['packet']['digests']['snapshot']}.")


audit.add_command(rederive)
