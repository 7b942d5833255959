"""Strict readers of environment variables: what is not exactly right stops the start."""

import os
import secrets
from contextlib import suppress
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


ROLES_OF_SIGN_IN = (
    "care_manager", "enrollment", "practitioner", "practice_manager", "compliance", "operator",
)  # fmt: skip
"""Those of the practices, and whoever runs the platform."""


def roles(name: str, *, default: str) -> frozenset[str]:
    """`all`, `none`, or roles with commas between."""
    given = text(name, default=default)
    if given in {"all", "none"}:
        return frozenset(ROLES_OF_SIGN_IN if given == "all" else ())
    named = frozenset(word.strip() for word in given.split(",") if word.strip())
    if not named or not named <= set(ROLES_OF_SIGN_IN):
        raise ImproperlyConfigured(
            f"{name} is {given!r}. Write all, none, or some of {', '.join(ROLES_OF_SIGN_IN)}."
        )
    return named


def secret_or_nothing(name: str) -> str:
    """From NAME, or the file named in NAME_FILE; empty where neither is given."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, "")


def secret(name: str, var: Path) -> str:
    """From NAME, or the file named in NAME_FILE, or made once and kept below `var`."""
    if given := os.environ.get(name):
        return given
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return kept_secret(var / "secrets" / name.lower())


def kept_secret(path: Path, *, length: int = 48) -> str:
    """A random secret of that many bytes, made once and kept in a file only its owner can read."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(length))
        with suppress(FileExistsError):  # the first of several processes wins
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text()
