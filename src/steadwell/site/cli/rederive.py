"""`steadwell audit rederive`: closed months, decided again from their frozen facts."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steadwell.site.cli.start import in_practice, start_django

if TYPE_CHECKING:
    from steadwell.billing.selectors import MonthProof
    from steadwell.rules import Rulebook


@click.command()
@click.option("--practice", "slug", required=True, help="The practice's slug.")
@click.option(
    "--rulebook",
    "folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The data folder of an earlier rulebook, for months decided with it. May be repeated.",
)
def rederive(slug: str, folders: tuple[Path, ...]) -> None:
    """Decide every closed month again with its own rulebook, and compare the bytes.

    Ends with 0 when all are the same, with 1 when one differs or its rulebook is not here.
    """
    start_django()
    from steadwell.billing.selectors import rederive_closed

    with in_practice(slug, origin="audit rederive") as practice:
        proofs = list(rederive_closed(practice, _books(folders)))
    for proof in proofs:
        _say(proof)
    if not proofs:
        click.echo("No month is closed yet.")
    if any(proof.first_difference or proof.missing for proof in proofs):
        raise click.exceptions.Exit(1)


def _books(folders: Iterable[Path]) -> "dict[str, Rulebook]":
    from steadwell.rules import load_rulebook
    from steadwell.rules.rulebook import other_rulebooks

    return {book.version: book for book in (load_rulebook(), *other_rulebooks(folders))}


def _say(proof: "MonthProof") -> None:
    click.echo(f"{proof.month}: {proof.same} of {proof.approvals} decided again to the same bytes.")
    if proof.first_difference:
        click.echo(f"  First difference: {proof.first_difference}.")
    for version, count in proof.missing.items():
        click.echo(
            f"  Not decided again: {count} with rulebook {version[:12]}, which is not installed. "
            "Give its data folder as --rulebook."
        )
