"""What the tests of the pages share."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.test import Client

SignIn = Callable[[str], Client]
RECEIVED = {"digest": "0" * 64, "received_at": datetime(2026, 3, 10, 15, 0, tzinfo=UTC)}


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())
