"""`steadwell import`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from steadwell.site.cli.start import practice_named, start_django

if TYPE_CHECKING:
    from steadwell.patients.services import ImportSummary

INTERRUPTED = 130


@click.group("import")
def import_group() -> None:
    """Bring charts in."""


@import_group.command("fhir")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--practice", "slug", required=True, help="Slug of the practice.")
@click.option("--strict", is_flag=True, help="Exit with 3 where anything was rejected.")
def import_fhir_command(path: Path, slug: str, *, strict: bool) -> None:
    """Read FHIR R4 from PATH: a file or a folder of bundles or Bulk Data NDJSON, zipped or not.

    Run again, it changes nothing that did not change.
    """
    start_django()
    from steadwell.common.errors import Refusal
    from steadwell.patients.services import import_fhir

    practice = practice_named(slug)
    try:
        with click.progressbar(length=1000, label="Importing", width=30) as bar:
            summary = import_fhir(
                path,
                practice=practice,
                progress=lambda share: bar.update(int(share * 1000) - bar.pos),
            )
            bar.update(1000 - bar.pos)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    except KeyboardInterrupt:
        click.echo(
            "\nStopped. What was loaded stays. Run the same command again to finish.", err=True
        )
        raise SystemExit(INTERRUPTED) from None
    _print(summary)
    if strict and summary.rejected:
        raise SystemExit(3)


def _print(summary: "ImportSummary") -> None:
    """The last line is read by scripts: keep its form."""
    if summary.not_used:
        listed = ", ".join(f"{count:,} {kind}" for kind, count in summary.not_used.most_common())
        click.echo(f"Not kept: {listed}.")
    if summary.left_aside:
        click.echo(f"Left aside: {summary.left_aside} files that are not FHIR by their name.")
    if summary.repeated:
        click.echo(f"Given more than once: {summary.repeated}; the last of each was kept.")
    if summary.rejects_file:
        click.echo(f"What was rejected, where it stands and why: {summary.rejects_file}")
    if summary.possible_pairs:
        click.echo(
            f"May be one person's: {summary.possible_pairs} pairs of charts. Say which on the page"
            " /patients/same-person/; nothing is merged."
        )
    click.echo(
        f"{summary.read} read, {summary.new} new, {summary.changed} changed,"
        f" {summary.unchanged} unchanged, {summary.rejected} rejected"
    )
