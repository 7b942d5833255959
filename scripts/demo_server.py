"""The demo on a database of its own behind a real server, and a browser to look at it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.find_browser import ADVICE, find
from steadwell.site.database.scratch import scratch_database
from steadwell.site.demo.staff import DOMAIN, PASSWORD

ROOT = Path(__file__).resolve().parents[1]
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
)


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


@contextmanager
def demo_server(database: str) -> Iterator[Server]:
    """`steadwell demo --no-server`, then `steadwell serve`; all gone afterwards."""
    with scratch_database(database) as environment:
        port = _free_port()
        running = Server(address=f"http://localhost:{port}", environment=environment)
        made = running.run("demo", "--no-server")
        assert made.returncode == 0, made.stdout + made.stderr
        process = subprocess.Popen(
            [sys.executable, "-m", "steadwell", "serve", "--port", str(port)],
            env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        try:
            _wait_for(f"{running.address}/healthz", process)
            yield running
        finally:
            process.terminate()
            process.wait(20)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium; with its sandbox but as root.

    Raises:
        LookupError: there is none; the text says what to install.
    """
    path = find()
    if path is None:
        raise LookupError(ADVICE)
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(
            executable_path=path, args=list(QUIET), chromium_sandbox=os.geteuid() != 0
        )
        yield one
        one.close()


def sign_in(page: Page, mailbox: str) -> None:
    """As one of the demo's staff, the way they do it."""
    page.goto("/accounts/login/")
    details = page.locator("details:has(input[type=password])")
    if details.count() and details.first.get_attribute("open") is None:
        details.first.locator("summary").click()
    page.locator("input[type=email], input[name=login]").first.fill(f"{mailbox}@{DOMAIN}")
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/accounts/login" not in address)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
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
