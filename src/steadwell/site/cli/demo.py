"""`steadwell demo`: a made-up practice, ready to sign in."""

import click

from steadwell.site.cli.start import start_django


@click.command()
@click.option("--no-server", is_flag=True, help="Make everything ready, serve nothing.")
@click.option("--staff-only", is_flag=True, help="The practice and its staff, without patients.")
@click.option("--port", default=8000, show_default=True)
def demo(*, no_server: bool, staff_only: bool, port: int) -> None:
    """A made-up practice with patients and two months of work, served on this computer.

    Run again, it changes nothing that is there.
    """
    start_django()
    from steadwell.site.cli.serve import run_server
    from steadwell.site.database.running import migrate
    from steadwell.site.demo.make import make_demo, make_staff

    migrate()
    if staff_only:
        make_staff()
    else:
        make_demo(say=click.echo)
    _introduce(port)
    if not no_server:
        run_server(host="127.0.0.1", port=port, workers=1, threads=4)


def _introduce(port: int) -> None:
    from steadwell.site.demo.staff import MEMBERS, OPERATOR, PASSWORD

    click.echo(f"\nSteadwell's demo: http://localhost:{port}\n\nWho may sign in:")
    for member in (*MEMBERS, OPERATOR):
        click.echo(f"  {member.email:<32} {member.full_name}, {member.what}")
    click.echo(
        f"The password of each: {PASSWORD}\nEverybody here is made up. Ctrl-C stops the server."
    )
