"""`steadwell practice …`: what whoever runs the platform does for a practice."""

from typing import TYPE_CHECKING

import click

from steadwell.site.cli.start import in_practice, start_django

if TYPE_CHECKING:
    from steadwell.practices.models import Membership, Practice, Practitioner


@click.group()
def practice() -> None:
    """A practice's rights, given by whoever runs the platform."""


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
