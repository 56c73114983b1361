"""Eight tests at once on one server, each with an account of its own, see only their own; a reset undoes everything."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import requests

from tests.support.calls import BACK, V2, credentials, photo_text
from tests.support.control import Person, new_person
from tests.support.servers import serving
from tests.support.waiting import TIMEOUT


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving("--workers", "2") as server:
        yield server.url


def a_test(url: str, codes: tuple[int, ...], start: Barrier) -> tuple[list[int], int, list[int], list[int]]:
    """Do what a client's test does: queue codes, send requests, read the balance, the journal and what still waits."""
    person = new_person(url, credit=10)
    start.wait(timeout=TIMEOUT)
    for code in codes:
        person.queue(code=code)
    person.queue(code=550, endpoint="analysis-skeleton-v2")
    seen = [person.send(BACK).status_code for _ in codes]
    seen.append(person.send(V2).status_code)
    journal = [entry["code"] for entry in reversed(person.journal())]
    left = [outcome["terms"]["code"] for outcome in person.waiting()]
    return seen, person.credit(), journal, left


SEQUENCES = [
    (518, 200, 522),
    (400, 411, 412),
    (413, 200, 200),
    (420, 421, 422),
    (515, 518, 200),
    (522, 522, 522),
    (559, 550, 559),
    (200, 200, 411),
]
LEFT = [9, 10, 8, 10, 9, 10, 10, 8]


def test_eight_tests_in_parallel_see_only_their_own(url: str) -> None:
    start = Barrier(8)
    with ThreadPoolExecutor(8) as crowd:
        found = list(crowd.map(lambda codes: a_test(url, codes, start), SEQUENCES))
    assert [seen for seen, _, _, _ in found] == [[*codes, 550] for codes in SEQUENCES]
    assert [credit for _, credit, _, _ in found] == LEFT
    assert [journal for _, _, journal, _ in found] == [[*codes, 550] for codes in SEQUENCES]
    assert [left for _, _, _, left in found] == [[]] * 8


@pytest.fixture
def used(url: str) -> Person:
    """The demo account with an exchange in the journal, a charge and a waiting outcome; and one more account."""
    requests.post(f"{url}/__admin/reset", timeout=TIMEOUT)
    keys = credentials()
    demo = Person(url, keys.pop("Email"), keys)
    demo.send()
    demo.queue(code=550)
    new_person(url)
    return demo


def accounts(url: str) -> int:
    return len(requests.get(f"{url}/__admin/accounts", timeout=TIMEOUT).json()["accounts"])


def state(person: Person) -> tuple[int, int, int, int]:
    """Return the balance, and how many exchanges, waiting outcomes and accounts there are."""
    return person.credit(), len(person.journal()), len(person.waiting()), accounts(person.url)


def test_the_state_before_a_reset(used: Person) -> None:
    assert state(used) == (99, 1, 1, 5)


@pytest.mark.parametrize(
    ("query", "names", "after"),
    [
        ("", ["requests", "outcomes", "accounts"], (100, 0, 0, 4)),
        ("?only=requests", ["requests"], (99, 0, 1, 5)),
        ("?only=outcomes", ["outcomes"], (99, 1, 0, 5)),
        ("?only=accounts", ["accounts"], (100, 1, 0, 4)),  # what waits for an account goes with it
    ],
)
def test_reset_brings_the_start_state_back(
    used: Person, query: str, names: list[str], after: tuple[int, int, int, int]
) -> None:
    reply = requests.post(f"{used.url}/__admin/reset{query}", timeout=TIMEOUT)
    assert reply.json() == {"reset": names}
    assert state(used) == after


def test_a_reset_removes_waiting_outcomes(used: Person) -> None:
    requests.post(f"{used.url}/__admin/reset?only=outcomes", timeout=TIMEOUT)
    assert used.send().status_code == 200
    used.queue(code=550)
    assert [used.send().status_code, used.send().status_code] == [550, 200]


def test_a_charge_before_a_reset_is_not_part_of_a_set(used: Person) -> None:
    used.send(uuid="one")
    requests.post(f"{used.url}/__admin/reset", timeout=TIMEOUT)
    assert used.send(uuid="one", borigimg=photo_text("back")).json()["credit_change"] == -1
