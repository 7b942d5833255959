import click


@click.command()
def serve() -> None:
    """Being built."""
