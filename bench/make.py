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
    with practice_scope(practice_id=None):
        cast.make_practice(slug, slug)


if __name__ == "__main__":
    main(*sys.argv[1:])
