"""A PostgreSQL server that cuts connections or crashes under load: what was answered was charged, nothing else was."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.support.control import Person, new_person, status_and_code
from tests.support.postgres import Cluster
from tests.support.servers import serving
from tests.support.waiting import TIMEOUT, wait_until

END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}' AND pid <> pg_backend_pid()"


def charged(person: Person) -> Counter[str]:
    """Count the charges by the uuid of their set."""
    found = requests.get(f"{person.url}/__admin/accounts/{person.email}/charges", timeout=TIMEOUT)
    return Counter(charge["uuid"] for charge in found.json()["charges"])


def answered(replies: list[requests.Response]) -> Counter[str]:
    """Count the successes by their uuid; all other replies must be refusals of the store."""
    assert {status_and_code(reply) for reply in replies} <= {(200, 200), (559, 559)}
    return Counter(reply.json()["uuid"] for reply in replies if reply.status_code == 200)


def test_connections_that_are_cut_under_load_cost_no_credit_and_keep_no_success(postgresql: Cluster) -> None:
    db = postgresql.new_database()
    with serving("--db", db, "--workers", "2") as server, ThreadPoolExecutor(8) as pool:
        person = new_person(server.url, credit=1000)
        sending = [pool.submit(person.send) for _ in range(120)]
        for done in range(0, 120, 5):
            sending[done].result(timeout=TIMEOUT)
            postgresql.run(END_ALL.format(db.rpartition("/")[2]))
        replies = [one.result() for one in sending]
        assert charged(person) == answered(replies)
        assert sum(entry["price"] for entry in person.journal()) == charged(person).total()
        assert person.credit() == 1000 - charged(person).total()


def test_what_was_answered_before_the_server_crashed_is_in_the_books(postgresql: Cluster) -> None:
    with serving("--db", postgresql.new_database(), "--workers", "2") as server, ThreadPoolExecutor(8) as pool:
        person = new_person(server.url, credit=1000)
        sending = [pool.submit(person.send) for _ in range(60)]
        sending[20].result(timeout=TIMEOUT)
        postgresql.crash()
        postgresql.start()
        replies = [one.result() for one in sending]
        wait_until(lambda: status_and_code(person.send()) == (200, 200), what="the mock works again")
        paid = charged(person)
        assert answered(replies) <= paid
        assert person.credit() == 1000 - paid.total()
