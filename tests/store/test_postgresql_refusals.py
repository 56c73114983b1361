"""A database that cannot be opened is one line with a remedy, without its password, before anything is served."""

import socket
import subprocess
import sys

import pytest

from tests.support.postgres import Cluster
from tests.support.waiting import TIMEOUT


def start(db: str, *, code: str = "pass") -> subprocess.CompletedProcess[str]:
    """Run `remo-mock serve` on a database that it cannot open; `code` runs before it in the same process."""
    script = f"import sys; {code}; from remo_mock.cli.group import main; main()"
    command = [sys.executable, "-c", script, "serve", "--port", "0", "--db", db]
    return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)


def test_somebody_elses_tables_are_left_alone(postgresql: Cluster) -> None:
    db = postgresql.new_database()
    postgresql.run("CREATE TABLE accounts (id integer)", db)
    done = start(db)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "its table accounts is another program's, or another version's. Give a database of its own" in done.stderr
    assert postgresql.run("SELECT count(*) FROM pg_tables WHERE tableowner = 'mock' AND tablename = 'charges'", db) == [
        (0,)
    ]


def test_a_wrong_password_is_one_line(postgresql: Cluster) -> None:
    done = start(postgresql.url(password="guess-guess"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(
        f"remo-mock: Cannot open the account store postgresql+psycopg://mock@127.0.0.1:{postgresql.port}/postgres: "
    )
    assert 'password authentication failed for user "mock"' in done.stderr
    assert done.stderr.endswith("Check that the server runs, and the host, user, password and database in --db.\n")
    assert "guess" not in done.stderr


ONE_LINE = {
    "no driver": (
        "postgresql://u:hush@127.0.0.1/x",
        "sys.modules['psycopg'] = None",
        "pip install 'remo-mock[postgres]'",
    ),
    "nobody there": ("postgresql://u:hush@127.0.0.1:1/x", "pass", "Connection refused. Check that the server runs"),
    "password in the query": ("postgresql://u@127.0.0.1:1/x?password=hush", "pass", "Connection refused. Check that"),
    "another kind": ("mysql://u:hush@127.0.0.1/x", "pass", "mysql is no kind of database that it can be kept in. Give"),
    "another driver": ("postgresql+asyncpg://u:hush@127.0.0.1/x", "pass", "or postgresql+psycopg://USER:PASSWORD@HOST"),
    "no port": (
        "postgresql://u:hush@127.0.0.1:x/x",
        "pass",
        "this is no database URL. Write @, :, / and % in a user or",
    ),
    "a slash in the password": ("postgresql://u:1/hush@127.0.0.1:1/x", "pass", "Connection refused"),
    "a slash and an at in the password": (
        "postgresql://u:1/@hush@127.0.0.1/x",
        "pass",
        "Cannot open the account store",
    ),
    "an at in the password": (
        "postgresql://u:1@hush@127.0.0.1/x",
        "pass",
        "this is no database URL. Write @, :, / and %",
    ),
    "two slashes": ("sqlite://hush.db", "pass", "a SQLite URL has three slashes before the path. Give another --db"),
}


@pytest.mark.parametrize(("db", "code", "message"), ONE_LINE.values(), ids=ONE_LINE)
def test_a_database_that_cannot_be_opened_is_one_line(db: str, code: str, message: str) -> None:
    done = start(db, code=code)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("remo-mock: Cannot open the account store ")
    assert message in done.stderr
    assert "hush" not in done.stderr.replace("sqlite://hush.db", "")


def test_a_server_that_never_answers_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        done = start(f"postgresql://u:hush@127.0.0.1:{silent.getsockname()[1]}/x?connect_timeout=2")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "timeout expired" in done.stderr
