"""Say in one sentence what is missing before pip says it in forty lines."""

import importlib.util
import sys

if sys.version_info < (3, 11):  # noqa: UP036  (this file also runs on older Pythons, to say so)
    sys.exit(f"Steadwell needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
if importlib.util.find_spec("ensurepip") is None:
    sys.exit("Python's venv is incomplete. On Debian: apt-get install python3-venv")
