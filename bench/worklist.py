"""`python -m bench.worklist [PATIENTS [USERS]]`: the worklist under people, beside a trivial page.

A real server (granian, two workers) and a small client that keeps one connection a user. Each user
looks at a page, thinks for ten seconds on average, and looks again, as people do; the trivial page
(/healthz) is asked for by the same users in the same run. Then one user alone, without thinking.
"""

import asyncio
import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from steadwell.site.database.scratch import scratch_database

THINKS, LASTS = 10.0, 60.0
SLUG = "worklist"


def main(patients: str = "10000", users: str = "50") -> None:
    print(f"Load before: {os.getloadavg()[0]:.2f}; cores: {os.cpu_count()}\n")
    with scratch_database(f"steadwell_bench_{os.getpid()}") as environment:
        environment |= {
            "DJANGO_SETTINGS_MODULE": "steadwell.site.settings",
            "STEADWELL_SECOND_FACTOR": "",
        }
        run("steadwell", "migrate", environment=environment)
        run("bench.make", "enrolled", SLUG, patients, environment=environment)
        made = run("bench.make", "sessions", SLUG, users, environment=environment)
        sessions, rebuilt = made.split()[:-1], made.split()[-1]
        print(f"  {patients} patients read from nothing in {rebuilt} s, once")
        with served(environment) as port:
            for path in ("/healthz", "/"):  # warm
                asyncio.run(visit(port, path, sessions[:8], lasts=3, thinks=0.5))
            trivial = asyncio.run(visit(port, "/healthz", sessions, lasts=LASTS / 3, thinks=THINKS))
            for path in ("/", "/?show=all&sort=name&page=40", "/forecast/"):
                show(
                    path,
                    asyncio.run(visit(port, path, sessions, lasts=LASTS, thinks=THINKS)),
                    trivial,
                )
                alone = asyncio.run(visit(port, path, sessions[:1], lasts=10, thinks=0))
                show(f"{path} (one user alone)", alone, trivial)
    print(f"\nLoad after: {os.getloadavg()[0]:.2f}")


def run(module: str, *arguments: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return done.stdout


@contextmanager
def served(environment: dict[str, str]) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port",
         str(port), "--workers", "2", "steadwell.site.wsgi:application"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"http://localhost:{port}/healthz").read()
                break
            except OSError:
                time.sleep(0.5)
        yield port
    finally:
        server.terminate()
        server.wait(30)


async def visit(
    port: int, path: str, sessions: list[str], *, lasts: float, thinks: float
) -> list[float]:
    """Milliseconds of every answer, from the request sent to its last byte."""
    until, taken = time.perf_counter() + lasts, list[float]()
    await asyncio.gather(*(_user(port, path, one, until, thinks, taken) for one in sessions))
    return sorted(taken)


async def _user(
    port: int, path: str, session: str, until: float, thinks: float, taken: list[float]
) -> None:
    reader, writer = await asyncio.open_connection("localhost", port)
    head = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: sessionid={session}\r\n\r\n"
    while True:
        await asyncio.sleep(random.uniform(0, 2 * thinks))
        if time.perf_counter() > until:
            break
        began = time.perf_counter()
        writer.write(head.encode())
        answer = await reader.readuntil(b"\r\n\r\n")
        if not answer.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"{path}: {answer[:60]!r}")
        length = next(
            int(line.split(b":")[1])
            for line in answer.lower().splitlines()
            if line.startswith(b"content-length")
        )
        await reader.readexactly(length)
        taken.append((time.perf_counter() - began) * 1000)
    writer.close()


def show(name: str, taken: list[float], trivial: list[float]) -> None:
    def at(times: list[float], share: float) -> float:
        return times[min(len(times) - 1, int(len(times) * share))]

    ratio = at(taken, 0.5) / at(trivial, 0.5)
    print(
        f"  {name:<44} {len(taken):>5} answers, median {at(taken, 0.5):6.1f} ms, 95th percentile"
        f" {at(taken, 0.95):6.1f} ms, {ratio:5.1f} times the trivial page"
        f" ({at(trivial, 0.5):.1f} ms, 95th {at(trivial, 0.95):.1f} ms)"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
