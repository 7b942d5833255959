"""`steadwell worker`: what was asked for and takes longer than a page may."""

import signal
import time
from threading import Event
from typing import Final

import click

from steadwell.site.cli.start import practice_named, start_django

PAUSE: Final = 2.0  # seconds between looks into an empty ledger


@click.command()
@click.option("--practice", "slugs", required=True, multiple=True, help="A practice's slug.")
@click.option("--until-empty", is_flag=True, help="End when nothing is left to do.")
def worker(slugs: tuple[str, ...], until_empty: bool) -> None:
    """Work through the ledger of the practices named; may be repeated: --practice elm --practice oak.

    Any number may run beside each other, on several machines: a piece of work is claimed by one,
    and written together with its done mark. One that is killed leaves its piece to the next.
    """
    start_django()

    ids = [practice_named(slug).pk for slug in slugs]
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    done = failed = 0
    while not stop.is_set():
        outcomes = [_one(practice_id) for practice_id in ids]
        done, failed = done + outcomes.count("done"), failed + outcomes.count("failed")
        if not any(outcomes):
            if until_empty:
                break
            stop.wait(PAUSE)
    click.echo(f"{done} pieces of work done, {failed} failed.")
    if failed:
        raise click.exceptions.Exit(1)


def _one(practice_id: int) -> str:
    """done, failed, or empty where nothing can be claimed."""
    from steadwell.jobs.services import work_one
    from steadwell.site.work import HANDLERS

    try:
        return "done" if work_one(practice_id=practice_id, handlers=HANDLERS) else ""
    except Exception as error:
        click.echo(f"A piece of work failed: {type(error).__name__}.", err=True)
        time.sleep(0.1)
        return "failed"
