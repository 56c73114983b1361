"""Runs a PostgreSQL server for tests in a temporary directory, with a fresh database for each that wants one."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

from remo_mock.web.server import free_address
from tests.support.programs import left_out

USER, PASSWORD = "mock", "hush-hush"
# Distributions do not put initdb and pg_ctl on the PATH.
_ELSEWHERE = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql*/bin")


Call = Callable[..., None]


class Cluster:
    """A PostgreSQL server; `call` runs one of its programs."""

    def __init__(self, port: int, start: Callable[[], None], call: Call) -> None:
        self.port = port
        self.start = start
        self._call = call

    def crash(self) -> None:
        """Stop the server without writing anything more; `start` lets it recover."""
        self._call("pg_ctl", "stop", "-m", "immediate")

    def url(self, database: str = "postgres", *, password: str = PASSWORD) -> str:
        """Return the URL of a database, as `--db` takes it."""
        return f"postgresql+psycopg://{USER}:{password}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Make an empty database, and return its URL."""
        name = f"test_{uuid4().hex}"
        self.run(f"CREATE DATABASE {name}")
        return self.url(name)

    def run(self, statement: str, url: str | None = None) -> list[tuple[object, ...]]:
        """Run a statement past the mock, and return its rows."""
        plain = (url or self.url()).replace("+psycopg", "")
        with psycopg.connect(plain, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


def programs() -> Path | None:
    """Return the newest directory that holds PostgreSQL's programs, None if there is none."""
    on_path = shutil.which("initdb")
    root = Path("/")
    found = [Path(on_path).parent] if on_path else [path for glob in _ELSEWHERE for path in sorted(root.glob(glob))]
    whole = [path for path in found if (path / "initdb").exists() and (path / "pg_ctl").exists()]
    return whole[-1] if whole else None


@contextmanager
def cluster(*, fsync: bool = False) -> Iterator[Cluster]:
    """Run a server on a free port of 127.0.0.1 that wants a password; leave the test out where there is none.

    Without `fsync` it does not wait for the disk: only a crash of the machine would show the difference.
    """
    bin_ = programs() or left_out("PostgreSQL")
    with tempfile.TemporaryDirectory(prefix="remo-mock-postgres-", ignore_cleanup_errors=True) as name:
        directory, port = Path(name), free_address("127.0.0.1", 0)[1]
        secret = directory / "password"
        secret.write_text(PASSWORD, encoding="utf-8")
        # PostgreSQL refuses to run as root.
        user = "nobody" if os.geteuid() == 0 else None
        if user is not None:
            shutil.chown(directory, user)
            shutil.chown(secret, user)

        def call(program: str, *options: str) -> None:
            command = [str(bin_ / program), "-D", str(directory / "data"), *options]
            log = directory / "programs.txt"
            with log.open("ab") as out:
                done = subprocess.run(command, cwd="/", user=user, stdout=out, stderr=out, check=False)
            assert done.returncode == 0, log.read_text(encoding="utf-8", errors="replace")

        access = (f"--username={USER}", "--auth=scram-sha-256", f"--pwfile={secret}")
        call("initdb", *access, "--no-sync", "--encoding=UTF8", "--no-locale")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync={fsync}"

        def start() -> None:
            call("pg_ctl", "start", "-w", "-o", options, "-l", str(directory / "server.txt"))

        start()
        running = Cluster(port, start, call)
        try:
            yield running
        finally:
            running.crash()
