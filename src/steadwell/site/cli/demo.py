import click


@click.command()
def demo() -> None:
    """Being built."""
