"""`steadwell serve`: the web server."""

import click

from steadwell.site.cli.start import start_django


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Server processes.")
@click.option("--threads", default=4, show_default=True, help="Requests at a time in each process.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the pages until stopped with Ctrl-C."""
    start_django()
    from steadwell.site.database.running import migrate

    migrate()
    run_server(host=host, port=port, workers=workers, threads=threads)


def run_server(*, host: str, port: int, workers: int, threads: int) -> None:
    """Blocks until the server is stopped."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "steadwell.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_level=LogLevels.warning,
    ).serve()
