import click


@click.command()
def claims() -> None:
    """Being built."""
