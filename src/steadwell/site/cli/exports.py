"""`steadwell practice export`: everything a practice owns, readable without Steadwell."""

from pathlib import Path

import click

from steadwell.site.cli.start import in_practice, start_django


@click.command()
@click.argument("slug")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the export's folder is put; made if it is not there.",
)
def export(slug: str, out: Path) -> None:
    """Write everything the practice SLUG owns: a file for each table, a README, a manifest.

    The folder has its name when it is whole. `steadwell audit packet --verify FOLDER` checks it.
    """
    start_django()
    from steadwell.common.errors import Refusal
    from steadwell.site.exporting import export_practice

    try:
        with in_practice(slug, origin="practice export") as practice:
            path, rows, digest = export_practice(practice=practice, directory=out)
    except (Refusal, OSError) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{path}: {rows} rows, manifest SHA-256 {digest}.")
