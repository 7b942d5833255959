"""What to do about a red flag, until the practice writes its own."""

from functools import cache
from importlib.resources import files

from steadwell.rules.yaml12 import read_yaml

NEWEST = "2026-01-01"


@cache
def default_steps() -> dict[str, tuple[str, ...]]:
    """By kind of red flag."""
    return {str(one["kind"]): tuple(one["steps"]) for one in _data()["protocols"]}


def default_name() -> str:
    return f"Steadwell’s, version {NEWEST}; not yet approved by this practice"


@cache
def _data() -> dict[str, list[dict[str, list[str]]]]:
    folder = files("steadwell.outreach") / "protocols"
    text = (folder / f"{NEWEST}.yaml").read_text()
    data: dict[str, list[dict[str, list[str]]]] = read_yaml(text, name=NEWEST)
    return data
