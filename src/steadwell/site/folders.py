"""Where an installation keeps what is its own. Plain Python: the `rules` commands read it too."""

import os
from pathlib import Path

from steadwell.rules.rulebook.installed import VARIABLE

ROOT = Path(__file__).resolve().parents[3]
IN_CHECKOUT = (ROOT / "pyproject.toml").exists()
VAR = Path(
    os.environ.get("STEADWELL_VAR") or (ROOT / "var" if IN_CHECKOUT else Path.home() / ".steadwell")
)


def name_rules_folder() -> None:
    """Let the rulebook read what was loaded here, unless somebody named another folder, or none."""
    os.environ.setdefault(VARIABLE, str(VAR / "rules"))
