import click


@click.command()
def sweep() -> None:
    """Being built."""
