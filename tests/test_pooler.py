"""Behind pgbouncer in transaction mode, one server connection serves many practices. Nothing leaks."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections

from conftest import superuser_of
from steadwell.common.tenancy import practice_scope
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from steadwell.site.database.running import var_directory
from steadwell.site.database.urls import app_address
from tests import cast

pytestmark = pytest.mark.slow
ROUNDS = 150


@pytest.fixture
def pooled(committed_db: str, tmp_path: Path) -> Iterator[None]:
    """Django speaks to the database through pgbouncer, which owns two server connections."""
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    assert program, "This test needs pgbouncer. On Debian: apt-get install pgbouncer"
    port = _free_port()
    process = subprocess.Popen(
        [program, *_as_somebody(tmp_path), str(_configuration(tmp_path, committed_db, port))],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    before = dict(connections["default"].settings_dict)
    _wait(port, process)
    connections["default"].close()
    connections["default"].settings_dict.update(HOST="127.0.0.1", PORT=str(port))
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"].settings_dict.update(before)
        process.terminate()
        process.wait(10)


def test_no_practice_sees_another_through_the_pooler(
    pooled: None, committed_db: str, django_db_blocker: pytest.FixtureRequest
) -> None:
    with practice_scope(practice_id=None):
        practices = [_with_patients(f"p{number}", number + 1) for number in range(4)]

    def look(turn: int) -> tuple[int, int, int]:
        try:
            practice = practices[turn % len(practices)]
            with practice_scope(practice_id=practice.pk):
                mine = Patient.objects.count()
            with practice_scope(practice_id=None):
                nobodys = Patient.objects.count()
            return turn % len(practices) + 1, mine, nobodys
        finally:
            connection.close()

    with django_db_blocker.unblock(), ThreadPoolExecutor(8) as threads:  # type: ignore[attr-defined]
        seen = list(threads.map(look, range(ROUNDS)))

    assert [(wanted, 0) for wanted, _, _ in seen] == [(mine, none) for _, mine, none in seen]
    with superuser_of(committed_db) as intruder:
        row = intruder.execute("SELECT count(*) FROM patients_patient").fetchone()
    assert row == (1 + 2 + 3 + 4,), "the rows were there to be seen"


def _with_patients(slug: str, count: int) -> Practice:
    practice = cast.make_practice(slug, slug)
    for number in range(count):
        cast.make_patient(practice, number)
    return practice


def _configuration(folder: Path, name: str, port: int) -> Path:
    app = app_address(var_directory())
    path = folder / "pgbouncer.ini"
    path.write_text(
        f"[databases]\n{name} = host={app.host} port={app.port or 5432} dbname={name}"
        f" user={app.user} password={app.password}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        "auth_type = any\npool_mode = transaction\ndefault_pool_size = 2\n"
        "ignore_startup_parameters = extra_float_digits,options\n"
        f"logfile = {folder / 'pgbouncer.log'}\n"
    )
    return path


def _as_somebody(folder: Path) -> list[str]:
    """pgbouncer will not run as root; the embedded server's account may use its socket."""
    if os.geteuid() != 0:
        return []
    owner = Path(app_address(var_directory()).host).stat().st_uid
    for path in (folder, *list(folder.parents)[:2]):
        path.chmod(0o755)
    os.chown(folder, owner, -1)
    return ["-u", pwd.getpwuid(owner).pw_name]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        assert process.poll() is None, process.stderr.read().decode() if process.stderr else ""
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("pgbouncer did not answer")
