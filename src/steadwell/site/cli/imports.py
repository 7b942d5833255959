import click


@click.group("import")
def import_group() -> None:
    """Bring charts in."""
