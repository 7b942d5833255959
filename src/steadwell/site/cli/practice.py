"""`steadwell practice …`: what whoever runs the platform does for a practice."""

from typing import TYPE_CHECKING

import click

from steadwell.site.cli.start import in_practice, start_django

if TYPE_CHECKING:
    from steadwell.practices.models import Membership, Practice, Practitioner

HOW_TO_GET_IN = "chooses a password by “I cannot get in” on the sign-in page."


@click.group()
def practice() -> None:
    """What whoever runs the platform does for a practice."""


@practice.command("open")
@click.argument("slug")
@click.option("--name", required=True, help="As its patients know it.")
@click.option("--kind", default="physician_office", show_default=True, help="Or rhc, fqhc, …")
@click.option("--time-zone", default="America/New_York", show_default=True)
@click.option("--manager", "email", required=True, help="Work email of its first manager.")
@click.option("--manager-name", required=True)
def open_command(
    slug: str, name: str, kind: str, time_zone: str, email: str, manager_name: str
) -> None:
    """Open a practice; its manager sets up the rest."""
    start_django()
    from zoneinfo import available_timezones

    from steadwell.common.errors import Refusal
    from steadwell.practices.models import Practice
    from steadwell.practices.services import NewPractice, open_practice

    _one_of([kind], Practice.Kind.values, "--kind")
    if time_zone not in available_timezones():
        raise click.ClickException(f"--time-zone is {time_zone!r}. Write it as America/New_York.")
    try:
        open_practice(
            new=NewPractice(slug=slug, name=name, kind=kind, time_zone=time_zone),
            manager_email=email,
            manager_name=manager_name,
            acting_user=None,
            origin="command practice open",
        )
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{slug} is opened. {email} {HOW_TO_GET_IN}")


@practice.command()
@click.argument("email")
@click.option("--name", "full_name", required=True, help="Of whoever runs the platform.")
def operator(email: str, full_name: str) -> None:
    """Let somebody see the platform's health and open practices. They read no practice's records."""
    start_django()
    from django.db import transaction

    from steadwell.audit.services import audit_trail
    from steadwell.common.errors import Refusal
    from steadwell.practices.services import add_operator

    try:
        with (
            transaction.atomic(),
            audit_trail(practice_id=None, origin="command practice operator"),
        ):
            add_operator(email=email, full_name=full_name)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{email} runs the platform and {HOW_TO_GET_IN}")


@practice.command()
@click.argument("email")
@click.option("--practice", "slug", required=True, help="The practice's slug.")
@click.option(
    "--role",
    "roles",
    required=True,
    multiple=True,
    help="All roles the person has from now on: give the option once for each.",
)
@click.option("--credential", help="Such as rn; without it, as it is.")
@click.option("--npi", default="", help="For the role practitioner: the practitioner they are.")
def rights(email: str, slug: str, roles: tuple[str, ...], credential: str | None, npi: str) -> None:
    """Set the roles of somebody who works in a practice.

    For a practice with one manager only: nobody changes their own rights, and nobody else could.
    """
    start_django()
    from steadwell.common.errors import Refusal
    from steadwell.practices.models import Role, StaffCredential
    from steadwell.practices.services import change_member

    _one_of(roles, Role.values, "--role")
    _one_of([credential] if credential else [], StaffCredential.values, "--credential")
    with in_practice(slug, origin="practice rights") as where:
        membership = _membership(where, email)
        try:
            changed = change_member(
                membership=membership,
                roles=set(roles),
                credential=credential or membership.credential,
                practitioner=_practitioner(where, npi),
                acting_user=None,
            )
        except Refusal as refusal:
            raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{email} in {slug}: {changed.role_names}.")


def _one_of(given: "tuple[str, ...] | list[str]", known: list[str], option: str) -> None:
    for word in given:
        if word not in known:
            raise click.ClickException(f"{option} is {word!r}. Write one of: {', '.join(known)}.")


def _membership(where: "Practice", email: str) -> "Membership":
    from steadwell.practices.selectors import members_of

    found = [one for one in members_of(where) if one.person.email == email.strip().lower()]
    if not found:
        raise click.ClickException(f"{email} does not work in {where.slug}. Invite them first.")
    return found[0]


def _practitioner(where: "Practice", npi: str) -> "Practitioner | None":
    from steadwell.practices.selectors import practitioners_of

    if not npi:
        return None
    found = [one for one in practitioners_of(where) if one.npi == npi]
    if not found:
        raise click.ClickException(
            f"No practitioner of {where.slug} has the NPI {npi}. Enter them under Settings first."
        )
    return found[0]
