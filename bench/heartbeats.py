"""600 open charts, each with a worker at it, send a heartbeat every 15 seconds to one server process.

Beside them, in the same run and at the same rate, a view that does nothing: what is left is the clock.
"""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

CHARTS, EVERY, SECONDS = 600, 15, 45
TOKEN = "b" * 32
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Chart:
    """An open chart: its address, the session of its worker, and the run of their clock."""

    patient: str
    session: str
    clock: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds to the answer, and of the server's processor for each."""

    answers: list[float]
    failed: int
    processor: float

    def at(self, share: float) -> float:
        return sorted(self.answers)[int(share * (len(self.answers) - 1))] * 1000

    @property
    def each(self) -> float:
        return self.processor / len(self.answers) * 1000


def measure_heartbeats(environment: dict[str, str]) -> None:
    print(
        f"Heartbeats of {CHARTS} open charts every {EVERY} s, one process, against a trivial view"
    )
    made = subprocess.run(
        [sys.executable, "-m", "bench.make", "charts", "clocks", str(CHARTS)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        raise SystemExit(made.stdout + made.stderr)
    charts = [Chart(*line.split()) for line in made.stdout.splitlines() if line.count(" ") == 2]
    with served(environment) as (port, process):
        floor = asyncio.run(load(charts, port, process, trivial=True))
        beats = asyncio.run(load(charts, port, process, trivial=False))
    for name, one in (("trivial view", floor), ("heartbeat", beats)):
        print(
            f"  {name:<14} {len(one.answers):>6} answers, {one.failed} failed,"
            f" {len(one.answers) / SECONDS:5.1f} a second,"
            f" {one.at(0.5):6.1f} ms median, {one.at(0.95):6.1f} ms at 95%,"
            f" {one.each:5.2f} ms of processor each"
        )
    print(f"  a heartbeat costs {beats.each / floor.each:.1f} times the trivial view\n")


@contextmanager
def served(environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """`steadwell serve` as it comes: one process, four threads."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "steadwell", "serve", "--port", str(port)],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        time.sleep(1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


async def load(charts: list[Chart], port: int, process: int, *, trivial: bool) -> Measured:
    """Each chart on its own connection, all spread evenly over the 15 seconds."""
    answers: list[float] = []
    failures: list[int] = []
    began = processor_of(process)
    until = time.monotonic() + SECONDS
    await asyncio.gather(
        *(
            chart_at(chart, port, EVERY * number / len(charts), until, answers, failures, trivial)
            for number, chart in enumerate(charts)
        )
    )
    return Measured(answers, len(failures), processor_of(process) - began)


async def chart_at(
    chart: Chart, port: int, wait: float, until: float, answers: list[float],
    failures: list[int], trivial: bool,
) -> None:  # fmt: skip
    await asyncio.sleep(wait)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    number = 0
    while time.monotonic() < until:
        number += 1
        began = time.monotonic()
        writer.write(trivial_request(port) if trivial else beat_request(chart, port, number))
        status = await answer(reader)
        answers.append(time.monotonic() - began)
        if status != 200:
            failures.append(status)
        await asyncio.sleep(max(0, began + EVERY - time.monotonic()))
    writer.close()


async def answer(reader: asyncio.StreamReader) -> int:
    """Read a whole answer; its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = next(
        (
            int(line.split(":")[1])
            for line in head.splitlines()
            if line.startswith("content-length:")
        ),
        0,
    )
    await reader.readexactly(length)
    return int(head.split()[1])


def trivial_request(port: int) -> bytes:
    return f"GET /healthz HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()


def beat_request(chart: Chart, port: int, number: int) -> bytes:
    """As clock.js sends it, with three signs of work."""
    second = int(time.time())
    fields = {
        "key": f"bench:{number}", "clock": chart.clock, "kept": "", "shown": "0",
        "brief": "1" if number % 4 else "",
        "marks": f"{second - 10}i,{second - 5}i,{second}i",
    }  # fmt: skip
    body = urlencode(fields)
    return (
        f"POST /patients/{chart.patient}/clock/beat/ HTTP/1.1\r\nHost: localhost:{port}\r\n"
        f"Cookie: sessionid={chart.session}; csrftoken={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\n"
        "Accept: application/json\r\nX-Steadwell-Evidence: 1\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def processor_of(process: int) -> float:
    """Seconds of processor of the process and its children, as Linux counts them."""
    total = 0
    for each in [process, *children_of(process)]:
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def children_of(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(one) for one in text.split()]


def make_charts(slug: str, charts: int) -> None:
    """Workers with a session each, their charts open; printed as patient, session, clock."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from steadwell.audit.services import audit_trail
    from steadwell.common.tenancy import Scope, enter_scope, practice_scope
    from steadwell.practices.models import Membership, Role
    from steadwell.timekeeping.services import open_clock
    from tests import cast

    store = import_module(settings.SESSION_ENGINE).SessionStore
    with practice_scope(practice_id=None):
        practice = cast.make_practice(slug, "Practice of clocks")
        for number in range(charts):
            person = cast.make_member(
                practice, f"{number}@{slug}.example", f"Nurse {number}", "rn", Role.CARE_MANAGER
            )
            patient = cast.make_patient(practice, number)
            member = Membership.objects.select_related("practice").get(
                practice=practice, person=person
            )
            enter_scope(Scope(person_id=person.pk, practice_id=practice.pk))
            with audit_trail(practice_id=practice.pk, person_id=person.pk, origin="bench"):
                clock = open_clock(patient=patient, membership=member, acting_user=person)
            session = store()
            session[SESSION_KEY] = str(person.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = person.get_session_auth_hash()
            session.create()
            print(patient.public_id, session.session_key, clock.public_id)
