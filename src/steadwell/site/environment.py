"""Strict readers of environment variables: what is not exactly right stops the start."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def flag(name: str, *, default: bool) -> bool:
    """0 or 1, nothing else."""
    given = os.environ.get(name, "")
    if given not in {"", "0", "1"}:
        raise ImproperlyConfigured(f"{name} is {given!r}. Write 0 or 1.")
    return given == "1" if given else default


def number(name: str, *, default: int, at_least: int) -> int:
    """A whole number."""
    given = os.environ.get(name, "")
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or int(given) < at_least:
        raise ImproperlyConfigured(f"{name} is {given!r}. Write a whole number from {at_least} up.")
    return int(given)


def text(name: str, *, default: str) -> str:
    return os.environ.get(name) or default


def words(name: str) -> list[str]:
    """A list with commas between."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def secret(name: str, var: Path) -> str:
    """From NAME, or the file named in NAME_FILE, or made once and kept below `var`."""
    if given := os.environ.get(name):
        return given
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    kept = var / "secrets" / name.lower()
    if not kept.exists():
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = kept.with_name(f".{kept.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        try:
            os.link(fresh, kept)  # the first of several processes wins
        except FileExistsError:
            pass
        fresh.unlink()
    return kept.read_text()
