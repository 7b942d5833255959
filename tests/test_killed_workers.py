"""Four workers, one after another killed in the middle of its work: the same bytes, nothing twice."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from steadwell.site.database.scratch import scratch_database

ROOT = Path(__file__).resolve().parents[1]
PATIENTS, WORKERS, KILLS = 400, 4, 20
SLUG = "killed"

PRESS = """
from steadwell.site.cli.start import in_practice, start_django
start_django()
from bench.enrolled import MONTH
from steadwell.billing.selectors import month_run, ready_token_of_rows
from steadwell.billing.services import ask_to_approve, parts
from steadwell.practices.models import Person
from steadwell.rules import Month
parts.PART = 2
month = Month.parse(MONTH)
with in_practice("killed", origin="test") as practice:
    seen = ready_token_of_rows(month_run(practice, month).rows)
    doctor = Person.objects.get(email="doctor@killed.example")
    print(ask_to_approve(practice=practice, month=month, seen=seen, acting_user=doctor))
"""
# What one process alone, undisturbed, would freeze: told without writing it.
EXPECTED = """
from steadwell.site.cli.start import in_practice, start_django
start_django()
import json
from datetime import datetime
from bench.enrolled import MONTH
from steadwell.billing.facts import read_enrollments, read_setting
from steadwell.billing.selectors.run import verdicts
from steadwell.billing.snapshot import Approving, Decided, freeze
from steadwell.jobs.models import Chunk
from steadwell.practices.models import Practitioner
from steadwell.rules import Month, load_rulebook
with in_practice("killed", origin="test") as practice:
    setting = read_setting(practice, Month.parse(MONTH))
    found = verdicts(setting, read_enrollments(practice, setting.month))
    decided = [Decided(patient_id=pk, facts=v.facts, decision=v.decision) for pk, v in found]
    one = Practitioner.objects.get(practice=practice)
    at = datetime.fromisoformat(Chunk.objects.first().arguments["at"])
    by = Approving(person="Dr. Ana Abbott", practitioner=one.display_name, npi=one.npi, at=at)
    frozen = freeze(decided, setting, by, load_rulebook().version)
    print(json.dumps({each.patient_id: each.digest for each in frozen}))
"""

# A worker whose connection bears its name, so that it is known which one holds a chunk.
WORK = """
import os
from django.db.backends.signals import connection_created
def name_it(connection, **_):
    with connection.cursor() as cursor:
        cursor.execute("SET application_name = '" + os.environ["WORKER"] + "'")
connection_created.connect(name_it)
from steadwell.site.cli.main import main
main()
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    with scratch_database(f"steadwell_killed_{os.getpid()}") as found:
        found |= {"DJANGO_SETTINGS_MODULE": "steadwell.site.settings", "PYTHONPATH": str(ROOT)}
        _run(found, "-m", "steadwell", "migrate")
        _run(found, "-m", "bench.make", "enrolled", SLUG, str(PATIENTS))
        yield found


def test_twenty_kills_change_nothing(environment: dict[str, str]) -> None:
    assert int(_run(environment, "-c", PRESS)) == PATIENTS // 2
    expected = json.loads(_run(environment, "-c", EXPECTED))
    assert len(expected) == PATIENTS

    with psycopg.connect(environment["STEADWELL_DATABASE_ADMIN_URL"], autocommit=True) as admin:
        kills = _work_and_kill(environment, admin)
        rows = admin.execute("SELECT patient_id, digest FROM billing_monthapproval").fetchall()
        events = admin.execute(
            "SELECT jsonb_array_elements(patient_ids)::int FROM audit_auditevent"
            " WHERE action = 'billing.months_approved'"
        ).fetchall()

    assert kills == KILLS
    assert {str(patient): digest for patient, digest in rows} == expected
    assert len(rows) == PATIENTS  # nobody twice
    assert sorted(events) == sorted((patient,) for patient, _ in rows)  # one event each
    _run(environment, "-m", "steadwell", "audit", "verify", "--practice", SLUG)


def _work_and_kill(environment: dict[str, str], admin: psycopg.Connection) -> int:
    """Keep four workers at it, kill whichever holds a chunk; how many were killed."""
    numbers = iter(range(10_000))
    workers: dict[str, subprocess.Popen[bytes]] = {}

    def start() -> None:
        name = f"worker-{next(numbers)}"
        workers[name] = subprocess.Popen(
            [sys.executable, "-c", WORK, "worker", "--practice", SLUG, "--until-empty"],
            env={**environment, "WORKER": name},
        )

    for _ in range(WORKERS):
        start()
    kills = 0
    while kills < KILLS and (name := _wait_for(lambda: _at_work(admin, workers))):
        workers[name].send_signal(signal.SIGKILL)
        workers.pop(name).wait()
        kills += 1
        start()
    assert [worker.wait(timeout=300) for worker in workers.values()] == [0] * WORKERS
    return kills


def _at_work(admin: psycopg.Connection, workers: dict[str, subprocess.Popen[bytes]]) -> str:
    """A worker that holds a chunk: it has claimed one and not committed yet."""
    found = admin.execute(
        "SELECT application_name FROM pg_stat_activity a JOIN pg_locks l USING (pid)"
        " WHERE application_name LIKE 'worker-%' AND locktype = 'transactionid'"
        " AND mode = 'ExclusiveLock' AND now() - xact_start > interval '5 ms'"
    ).fetchall()
    return next((name for (name,) in found if name in workers), "")


def _wait_for(found: Callable[[], str], seconds: float = 120) -> str:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if name := found():
            return name
        time.sleep(0.002)
    return ""


def _run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""
