"""A real server with the demo's practice in a database of its own, and a real browser before it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
)

from conftest import RUN
from scripts.demo_server import Server, chromium, demo_server, sign_in

DESK, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All browser tests in one worker: they share the server and its practice."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with demo_server(f"steadwell_browser_{RUN}_{worker}") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        with chromium() as one:
            yield one
    except LookupError as advice:
        pytest.exit(str(advice), returncode=1)


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of: a policy violation, an error in a script."""
    return []


@pytest.fixture
def open_as(
    server: Server, browser: Browser, complaints: list[str]
) -> Iterator[Callable[..., Page]]:
    """A page signed in as one of the demo's staff: open_as("rosa")."""
    contexts: list[BrowserContext] = []

    def opened(mailbox: str, *, width: int = 1440, height: int = 900) -> Page:
        context = browser.new_context(
            base_url=server.address, viewport={"width": width, "height": height}, locale="en-US"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _note(message, complaints))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        sign_in(page, mailbox)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _note(message: ConsoleMessage, complaints: list[str]) -> None:
    expected = "Failed to load resource"  # a refusal (422) or a 404 the test asked for
    if message.type == "error" and expected not in message.text:
        complaints.append(message.text)


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical on the page as it stands."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{one['id']}: {one['help']} ({len(one['nodes'])}x, {one['nodes'][0]['html'][:160]})"
        for one in found.response["violations"]
        if one["impact"] in {"serious", "critical"}
    ]


def fits(page: Page) -> None:
    """Readable by all, and on a phone."""
    assert serious(page) == []
    page.set_viewport_size(PHONE)
    assert not scrolls_sideways(page)
    page.set_viewport_size(DESK)


def scrolls_sideways(page: Page) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )
