import click


@click.command()
def close() -> None:
    """Being built."""
