"""A real server with the demo's practice in a database of its own, and a real browser before it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import RUN
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from scripts.find_browser import ADVICE, find

from steadwell.site.database.scratch import scratch_database
from steadwell.site.demo.practice import DOMAIN, PASSWORD

ROOT = Path(__file__).resolve().parents[2]
SIGN_IN_SECONDS = 20


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All browser tests in one worker: they share the server and its practice."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass(frozen=True, slots=True)
class Server:
    """Where the pages are, and the environment a command needs to reach the same database."""

    address: str
    environment: dict[str, str]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`steadwell …` beside the server."""
        return subprocess.run(
            [sys.executable, "-m", "steadwell", *arguments],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """`steadwell demo --no-server`, then `steadwell serve`, on a database of its own."""
    with scratch_database(f"steadwell_browser_{RUN}") as environment:
        port = free_port()
        running = Server(address=f"http://localhost:{port}", environment=environment)
        made = running.run("demo", "--no-server")
        assert made.returncode == 0, made.stdout + made.stderr
        process = subprocess.Popen(
            [sys.executable, "-m", "steadwell", "serve", "--port", str(port)],
            env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        try:
            wait_for(f"{running.address}/healthz", process)
            yield running
        finally:
            process.terminate()
            process.wait(20)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, process.stderr.read().decode() if process.stderr else ""
        try:
            urllib.request.urlopen(address, timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"{address} did not answer within a minute")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; with its sandbox but as root."""
    path = find()
    if path is None:
        pytest.exit(ADVICE, returncode=1)
    arguments = ["--disable-background-networking", "--disable-component-update", "--disable-quic"]
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(
            executable_path=path, args=arguments, chromium_sandbox=os.geteuid() != 0
        )
        yield one
        one.close()


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
        page.on("console", lambda message: note(message, complaints))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        sign_in(page, mailbox)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def note(message: ConsoleMessage, complaints: list[str]) -> None:
    expected = "Failed to load resource"  # a refusal (422) or a 404 the test asked for
    if message.type == "error" and expected not in message.text:
        complaints.append(message.text)


def sign_in(page: Page, mailbox: str) -> None:
    page.goto("/accounts/login/")
    details = page.locator("details:has(input[type=password])")
    if details.count() and details.get_attribute("open") is None:
        details.locator("summary").click()
    page.get_by_label("email").first.fill(f"{mailbox}@{DOMAIN}")
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/accounts/login" not in address)


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical on the page as it stands."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{one['id']}: {one['help']} ({len(one['nodes'])}x, {one['nodes'][0]['html'][:160]})"
        for one in found.response["violations"]
        if one["impact"] in {"serious", "critical"}
    ]


def scrolls_sideways(page: Page) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )
