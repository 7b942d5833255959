"""`python -m steadwell` is the `steadwell` command."""

from steadwell.site.cli.main import main

if __name__ == "__main__":
    main()
