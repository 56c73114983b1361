"""`remo-mock serve`: says where it is, serves with several workers, stops at once, loses no credit when killed."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Semaphore
from typing import Any

import pytest
import requests

from remo_mock import Settings
from remo_mock.assembly import make_mock
from remo_mock.exceptions import StoreError
from tests.support.calls import BACK, credentials, photo_text
from tests.support.servers import COMMAND, announced_url, refusal, serving
from tests.support.waiting import TIMEOUT, wait_until

ACCOUNT = "/__admin/accounts/demo@example.com"


def body() -> dict[str, Any]:
    return credentials() | {"borigimg": photo_text("back")}


def test_it_says_where_it_is_and_who_may_call() -> None:
    with serving() as server:
        assert requests.get(server.url + "/__admin/health", timeout=TIMEOUT).json()["status"] == "ok"
        server.process.send_signal(signal.SIGINT)
        out = server.process.stdout.read() if server.process.stdout else ""
        server.process.wait(timeout=TIMEOUT)
    assert "demo@example.com / demo-user-key / demo-api-key" in out
    assert "Traceback" not in out
    assert server.process.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("workers", ["1", "3"])
def test_a_signal_ends_it_with_everything_it_started(number: signal.Signals, workers: str) -> None:
    with serving("--workers", workers) as server:
        requests.get(server.url + "/__admin/health", timeout=TIMEOUT)
        server.process.send_signal(number)
        assert server.process.wait(timeout=TIMEOUT) == 0
        with pytest.raises(requests.ConnectionError):
            requests.get(server.url + "/__admin/health", timeout=TIMEOUT)


def test_a_port_in_use_is_one_line_with_the_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = refusal("--port", str(port))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        f"remo-mock: Port {port} on 127.0.0.1 is in use. Stop the other program, choose another port "
        f"(--port {port + 1}), or let the system choose one (--port 0).\n"
    )


def test_a_second_mock_on_the_same_port_is_refused() -> None:
    with serving() as server:
        port = server.url.rsplit(":", 1)[1]
        done = refusal("--port", port)
    assert done.returncode == 2
    assert "is in use" in done.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--host", "203.0.113.7"], "Cannot listen on 203.0.113.7"),
        (["--port", "abc"], "Error: Invalid value for '--port': 'abc' is not a valid integer range."),
        (["--workers", "0"], "Error: Invalid value for '--workers': 0 is not in the range 1<=x<=64."),
        (["--delay", "fast"], "'--delay': 'fast' is not a number of milliseconds, or a range such as 200-800."),
        (["--http-status", "404"], "Error: Invalid value for '--http-status': '404' is not one of 'mirror', '200'."),
        (["--db", "/no/such/folder/a.sqlite"], "Cannot open the account store"),
        (["--db", "oracle://ann:hush@127.0.0.1/a"], "Cannot open the account store oracle://...: "),
        (["--db", "oracle://ann:hu@hush@127.0.0.1/a"], "Cannot open the account store oracle://...: "),
        (["--db", "oracle://ann:hush@127.0.0.1:port/a"], "Cannot open the account store oracle://...: "),
        (["--db", "sqlite:///a.sqlite?timeout=long"], "store sqlite:///a.sqlite?timeout=long: could"),
        (["--cors", "notanorigin"], "such as http://localhost:3000"),
        (["--nonsense"], "No such option"),
    ],
)
def test_a_wrong_option_is_named_without_a_traceback(options: list[str], message: str) -> None:
    done = refusal(*options)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert "hush" not in done.stderr


def test_a_file_that_is_no_database_is_refused_in_a_line(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no database " * 1000)
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as other:
        other.execute("create table accounts (name)")
    for file, reason in (
        (text, "file is not a database"),
        (tmp_path / "other.sqlite", "its table accounts is another"),
    ):
        done = refusal("--db", str(file))
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert reason in done.stderr
        assert done.stderr.endswith(". Give another --db, or leave it out.\n")


def test_a_database_that_may_only_be_read_is_refused_before_anything_is_served(tmp_path: Path) -> None:
    file = tmp_path / "accounts.sqlite"
    make_mock(Settings(db=str(file))).close()
    with pytest.raises(StoreError, match="attempt to write a readonly database"):
        make_mock(Settings(db=f"sqlite:///file:{file}?mode=ro&uri=true"))


def test_options_come_from_the_environment_too() -> None:
    environment = os.environ | {"REMO_MOCK_HTTP_STATUS": "200", "REMO_MOCK_ERROR_SHAPE": "both"}
    process = subprocess.Popen(COMMAND, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        reply = requests.post(announced_url(process) + BACK, json={}, timeout=TIMEOUT)
    finally:
        process.terminate()
        process.communicate(timeout=TIMEOUT)
    assert reply.status_code == 200
    assert reply.json() == {"state": False, "credit": 0, "message": "no input data", "status": 411, "status_code": 411}


def test_a_crowd_spends_each_credit_once_across_workers() -> None:
    with serving("--workers", "4") as server:
        requests.patch(server.url + ACCOUNT, json={"credit": 50}, timeout=TIMEOUT)
        with ThreadPoolExecutor(32) as crowd:
            replies = list(
                crowd.map(lambda _: requests.post(server.url + BACK, json=body(), timeout=TIMEOUT), range(200))
            )
        assert sorted(reply.status_code for reply in replies) == [200] * 50 + [422] * 150
        assert requests.get(server.url + ACCOUNT, timeout=TIMEOUT).json()["credit"] == 0
        charges = requests.get(server.url + ACCOUNT + "/charges", timeout=TIMEOUT).json()["charges"]
    assert [charge["balance"] for charge in charges] == list(range(49, -1, -1))


@pytest.mark.parametrize("successes", [1, 7, 30])
def test_killed_at_any_moment_the_books_balance(tmp_path: Path, successes: int) -> None:
    database = tmp_path / "accounts.sqlite"
    kill_in_mid_work(database, successes)
    with closing(sqlite3.connect(database)) as books:
        query = "select credit, granted from accounts where email = 'demo@example.com'"
        credit, granted = books.execute(query).fetchone()
        (changes,) = books.execute("select sum(change) from charges where email = 'demo@example.com'").fetchone()
        (prices,) = books.execute("select sum(price) from requests where account = 'demo@example.com'").fetchone()
    assert changes <= -successes
    assert credit == granted + changes
    assert prices == -changes


def kill_in_mid_work(database: Path, successes: int) -> None:
    """Serve a crowd with two workers, and kill them all, without notice, after so many successes."""
    process = subprocess.Popen(
        [*COMMAND, "--db", str(database), "--workers", "2"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    url = announced_url(process)
    enough = Semaphore(0)
    with ThreadPoolExecutor(8) as crowd:
        for _ in range(300):
            crowd.submit(attempt, url, enough)
        for _ in range(successes):
            assert enough.acquire(timeout=TIMEOUT)
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=TIMEOUT)


def attempt(url: str, enough: Semaphore) -> None:
    try:
        reply = requests.post(url + BACK, json=body(), timeout=TIMEOUT)
    except requests.RequestException:
        return
    if reply.status_code == 200:
        enough.release()


def test_a_delay_holds_answers_back() -> None:
    with serving("--delay", "300-400") as server:
        reply = requests.post(server.url + BACK, json=body(), timeout=TIMEOUT)
    assert reply.status_code == 200
    assert reply.elapsed.total_seconds() >= 0.3


def test_bound_elsewhere_the_admin_routes_want_a_token() -> None:
    with serving("--host", "0.0.0.0", "--admin-token", "let-me-in") as server:  # noqa: S104
        url = server.url
        assert requests.get(url + "/__admin/health", timeout=TIMEOUT).status_code == 200
        refused = requests.get(url + "/__admin/accounts", timeout=TIMEOUT)
        token = {"Authorization": "Bearer let-me-in"}
        assert requests.get(url + "/__admin/accounts", headers=token, timeout=TIMEOUT).status_code == 200
    assert refused.status_code == 401
    assert refused.headers["Content-Type"] == "application/problem+json"


def test_the_module_runs_like_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "remo_mock", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("remo-mock, version ")


def test_a_parent_killed_without_notice_takes_its_workers_along() -> None:
    process = subprocess.Popen(COMMAND, stdout=subprocess.PIPE, text=True)
    url = announced_url(process)
    process.kill()
    process.communicate(timeout=TIMEOUT)
    wait_until(lambda: refuses_connections(url), what="nobody listens any more")


def refuses_connections(url: str) -> bool:
    """Tell whether nobody takes connections at a URL."""
    try:
        requests.get(url + "/__admin/health", timeout=TIMEOUT)
    except requests.ConnectionError:
        return True
    return False
