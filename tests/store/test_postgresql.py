"""`--db postgresql+psycopg://...`: credits, queue, journal and reset are what they are with SQLite, for any crowd."""

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from random import choices
from threading import Event, Semaphore

import pytest
import requests

from remo_mock.store.account import Account
from remo_mock.store.database import Database
from remo_mock.store.journal import KEPT, Entry
from remo_mock.store.store import Store
from tests.support.calls import BACK, V2, credentials, photo_text
from tests.support.control import Person, new_person, problem, status_and_code
from tests.support.postgres import Cluster
from tests.support.servers import COMMAND, announced_url, serving
from tests.support.settling import an_entry, write
from tests.support.waiting import TIMEOUT

ANN = Account("ann@example.com", "ann-user-key", "ann-api-key", 3)
DEMO = Person("", "demo@example.com", {"UserKey": "demo-user-key", "APIKey": "demo-api-key"})


@pytest.fixture
def db(postgresql: Cluster) -> str:
    return postgresql.new_database()


@pytest.fixture(scope="module")
def url(postgresql: Cluster) -> Iterator[str]:
    with serving("--workers", "4", "--db", postgresql.new_database()) as server:
        yield server.url


def crowd(person: Person, number: int, *urls: str, **fields: str) -> list[requests.Response]:
    """Send so many requests of one account at the same time, to the servers in turn."""
    places = [Person(urls[at % len(urls)], person.email, person.keys) for at in range(number)]
    with ThreadPoolExecutor(24) as pool:
        return list(pool.map(lambda place: place.send(**fields), places))


def test_a_crowd_spends_each_credit_once_across_workers(url: str) -> None:
    person = new_person(url, credit=50)
    replies = crowd(person, 120, url)
    assert Counter(reply.status_code for reply in replies) == {200: 50, 422: 70}
    assert sorted(reply.json()["credit"] for reply in replies) == [*[0] * 71, *range(1, 50)]
    charges = requests.get(f"{url}/__admin/accounts/{person.email}/charges", timeout=TIMEOUT).json()["charges"]
    assert [charge["balance"] for charge in charges] == list(range(49, -1, -1))


def test_a_set_that_grows_in_many_workers_at_once_costs_what_it_costs_in_turn(url: str) -> None:
    person = new_person(url)
    replies = crowd(person, 31, url, uuid="one")
    assert Counter(reply.json()["credit_change"] for reply in replies) == {-1: 16, 0: 15}
    assert person.charges() == [-1, 0] * 15 + [-1]
    assert person.credit() == 84


def test_a_queued_outcome_is_used_exactly_as_often_as_it_says(url: str) -> None:
    person = new_person(url)
    assert person.queue(code=518, times=7).json()["times"] == 7
    person.queue(code=522, times=5)
    replies = crowd(person, 40, url)
    assert Counter(reply.status_code for reply in replies) == {518: 7, 522: 5, 200: 28}
    assert (person.waiting(), person.credit()) == ([], 72)


def test_an_outcome_that_lasts_until_the_photo_changes_does_so_in_all_workers(url: str) -> None:
    person = new_person(url, credit=1)
    person.queue(code=518, until="photo changes")
    assert Counter(reply.status_code for reply in crowd(person, 24, url)) == {518: 24}
    other = crowd(person, 4, url, borigimg=photo_text("back") + "\n", words="550")
    assert Counter(reply.status_code for reply in other) == {550: 4}
    assert (person.waiting_fields(), person.credit()) == ([], 1)


def test_removing_outcomes_while_others_use_them_is_no_deadlock(url: str) -> None:
    person = new_person(url, credit=1000)
    over = Event()

    def ask_and_take_back() -> set[int]:
        seen = set()
        while not over.is_set():
            asked = person.queue(code=518, times=3)
            gone = requests.delete(f"{url}/__admin/outcomes", params={"account": person.email}, timeout=TIMEOUT)
            seen |= {asked.status_code, gone.status_code}
        return seen

    with ThreadPoolExecutor(3) as pool:
        changing = [pool.submit(ask_and_take_back) for _ in range(3)]
        codes = {reply.status_code for reply in crowd(person, 60, url)}
        over.set()
    assert {status for one in changing for status in one.result()} == {201, 200}
    assert codes <= {200, 518}
    person.send()
    assert person.waiting() == []
    assert person.credit() == 1000 + sum(person.charges())


def test_the_journal_keeps_the_last_thousand(db: str, postgresql: Cluster) -> None:
    database = Database(db)
    store = Store(database)
    store.accounts.prepare([ANN])
    journal = store.journal
    for number in range(KEPT + 250):
        write(store, exchange(number))
    balances = [entry["balance"] for entry in journal.entries()]
    assert balances == list(range(KEPT + 249, 249, -1))
    assert journal.count() == KEPT
    assert journal.entries()[0]["photos"] == [{"view": "back", "digest": "d"}]
    assert journal.clear() == len(postgresql.run("SELECT generate_series(201, 1250)"))  # old ones go in hundreds
    assert journal.count() == 0
    database.close()


def exchange(number: int) -> Entry:
    photos = [{"view": "back", "digest": "d"}]
    return an_entry(ANN.email, balance=number, asked='a "quote", a 한글 and a \0', photos=photos)


def test_a_restart_keeps_everything(db: str) -> None:
    with serving("--db", db) as server:
        person = new_person(server.url)
        person.queue(code=518, times=3)
        assert [status_and_code(person.send())[1] for _ in range(2)] == [518, 518]
        person.send(V2, uuid="u")
        assert person.send(uuid="u").json()["credit_change"] == -1
    with serving("--db", db, "--workers", "2") as server:
        again = Person(server.url, person.email, person.keys)
        assert (again.credit(), again.charges(), again.waiting()) == (99, [-1], [])
        assert [entry["code"] for entry in again.journal()] == [200, 518, 518, 518]
        assert again.send(uuid="u").json()["credit_change"] == 0


def test_two_servers_that_start_at_once_share_an_empty_database(db: str) -> None:
    with ExitStack() as servers, ThreadPoolExecutor(2) as pool:
        commands = [[*COMMAND, "--db", db, "--workers", "2"]] * 2
        started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
        for process in started:
            servers.callback(process.communicate, timeout=TIMEOUT)
            servers.callback(process.terminate)
        first, second = pool.map(announced_url, started)
        person = new_person(first, credit=30)
        Person(second, person.email, person.keys).queue(code=518, times=5)
        replies = crowd(person, 60, first, second)
        assert Counter(reply.status_code for reply in replies) == {200: 30, 422: 25, 518: 5}
        assert len(person.journal()) == 60
        assert requests.post(f"{second}/__admin/reset", timeout=TIMEOUT).status_code == 200
        assert requests.get(f"{first}/__admin/accounts/{person.email}", timeout=TIMEOUT).status_code == 404


def test_a_reset_amid_a_crowd_leaves_balanced_books(db: str, postgresql: Cluster) -> None:
    with serving("--workers", "3", "--db", db) as server:
        over = Event()

        def reset() -> set[int]:
            seen = set()
            while not over.is_set():
                seen.add(requests.post(f"{server.url}/__admin/reset", timeout=TIMEOUT).status_code)
            return seen

        with ThreadPoolExecutor(1) as pool:
            resetting = pool.submit(reset)
            codes = {reply.status_code for reply in crowd(DEMO, 100, server.url)}
            over.set()
        assert (resetting.result(), codes) == ({200}, {200})
    assert balanced(postgresql, db)


def balanced(postgresql: Cluster, db: str) -> bool:
    """Return whether the demo account's credit is what was granted, and changed by its charges."""
    query = (
        "SELECT credit = granted + (SELECT coalesce(sum(change), 0) FROM charges WHERE email = 'demo@example.com') "
        "FROM accounts WHERE email = 'demo@example.com'"
    )
    return postgresql.run(query, db) == [(True,)]


@pytest.mark.parametrize("successes", [1, 20])
def test_the_books_balance_whenever_the_server_is_killed(db: str, postgresql: Cluster, successes: int) -> None:
    command = [*COMMAND, "--db", db, "--workers", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    url, enough = announced_url(process), Semaphore(0)

    def attempt() -> None:
        try:
            body = credentials() | {"borigimg": photo_text("back")}
            if requests.post(url + BACK, json=body, timeout=TIMEOUT).status_code == 200:
                enough.release()
        except requests.RequestException:
            return

    with ThreadPoolExecutor(8) as pool:
        for _ in range(100):
            pool.submit(attempt)
        for _ in range(successes):
            assert enough.acquire(timeout=TIMEOUT)
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=TIMEOUT)
    assert balanced(postgresql, db)
    ((changes,),) = postgresql.run("SELECT sum(change) FROM charges", db)
    assert isinstance(changes, int)
    assert changes <= -successes
    assert postgresql.run("SELECT sum(price) FROM requests", db) == [(-changes,)]


TEXTS = {
    "zero characters": "a\0b\0",
    "Korean": "한글",
    "the longest": "".join(choices("🦴🦵🦶🧍", k=200)),
    "placeholders": "%s %(of)s",
    "a statement": "'; DROP TABLE accounts; --",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_text_may_be_a_uuid_or_an_address(url: str, text: str) -> None:
    person = new_person(url)
    first, second = (person.send(uuid=text).json() for _ in range(2))
    assert (first["uuid"], first["credit_change"], second["credit_change"]) == (text, -1, 0)
    assert status_and_code(person.send(Email=text))[1] == 420
    assert person.queue(endpoint=text, code=518).status_code == 400
    asked = requests.post(f"{url}/__admin/outcomes", json={"account": text, "code": 518}, timeout=TIMEOUT)
    assert asked.status_code == 404


def test_an_account_may_have_a_million_million_credits(url: str) -> None:
    person = new_person(url, credit=10**12)
    assert person.send().json()["credit"] == 10**12 - 1
    assert person.journal()[0]["balance"] == 10**12 - 1
    added = {"add_credit": 10**12}
    account = requests.patch(f"{url}/__admin/accounts/{person.email}", json=added, timeout=TIMEOUT).json()
    assert account["credit"] == 10**12


def test_accounts_are_sorted_by_address_whatever_the_collation_of_the_database(url: str) -> None:
    for name in ("zoe", "Zoe", "ämma"):
        requests.post(f"{url}/__admin/accounts", json={"email": f"{name}@example.com"}, timeout=TIMEOUT)
    listed = requests.get(f"{url}/__admin/accounts", timeout=TIMEOUT).json()["accounts"]
    emails = [account["email"] for account in listed]
    assert emails == sorted(emails)


END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}' AND pid <> pg_backend_pid()"


def test_a_database_that_goes_away_is_two_lines_in_the_log_and_costs_no_credit(
    db: str, postgresql: Cluster, tmp_path: Path
) -> None:
    log, name = tmp_path / "stderr.txt", db.rpartition("/")[2]
    with (
        log.open("wb") as stderr,
        subprocess.Popen([*COMMAND, "--db", db], stdout=subprocess.PIPE, stderr=stderr, text=True) as process,
    ):
        person = new_person(announced_url(process))
        assert status_and_code(person.send()) == (200, 200)
        postgresql.run(END_ALL.format(name))
        postgresql.run(f"ALTER DATABASE {name} RENAME TO {name}_away")
        refused = [person.send() for _ in range(2)]
        assert [status_and_code(reply) for reply in refused] == [(559, 559)] * 2
        assert "The account store postgresql+psycopg://mock@127.0.0.1" in refused[1].headers["X-Remo-Mock-Hint"]
        status, kind, detail = problem(person.queue(code=518))
        assert (status, kind) == (503, "application/problem+json")
        assert "Check that the server runs" in detail
        postgresql.run(f"ALTER DATABASE {name}_away RENAME TO {name}")
        assert status_and_code(person.send()) == (200, 200)
        assert (person.credit(), person.charges(), person.waiting()) == (98, [-1, -1], [])
        process.terminate()
    written = log.read_text(encoding="utf-8")
    assert written.count("The account store postgresql+psycopg://") == 1
    assert written.count("The account store works again, after 3 failures in ") == 1
    assert written.count("\n") == 2
    assert "Traceback" not in written
    assert "hush-hush" not in written + detail
