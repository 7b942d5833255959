"""Make a practice to measure: `python -m bench.make empty|enrolled|charts SLUG SIZE`."""

import sys


def main(kind: str, slug: str, size: str) -> None:
    from steadwell.site.cli.start import start_django

    start_django()
    from bench.enrolled import make_enrolled
    from steadwell.common.tenancy import practice_scope
    from tests import cast

    if kind == "enrolled":
        make_enrolled(slug, int(size))
        return
    if kind == "charts":
        from bench.heartbeats import make_charts

        make_charts(slug, int(size))
        return
    if kind == "sessions":
        make_sessions(slug, int(size))
        return
    with practice_scope(practice_id=None):
        cast.make_practice(slug, slug)


def make_sessions(slug: str, users: int) -> None:
    """Print a session key for each of so many nurses, and the seconds that a whole worklist took."""
    import time
    from importlib import import_module

    from django.conf import settings

    from steadwell.outreach.services import rebuild_standings
    from steadwell.practices.models import Person
    from steadwell.site.cli.start import in_practice

    began = time.perf_counter()
    with in_practice(slug, origin="bench") as practice:
        rebuild_standings(practice)
    taken = time.perf_counter() - began
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for number in range(users):
        nurse = Person.objects.get(email=f"n{number % 50}@{slug}.example")
        session = store()
        session["_auth_user_id"] = str(nurse.pk)
        session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
        session["_auth_user_hash"] = nurse.get_session_auth_hash()
        session.create()
        print(session.session_key)
    print(f"{taken:.1f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
