"""Over HTTP: front, both sides and back of one person, with one uuid, cost two credits."""

from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import pytest

from tests.support.calls import BACK, FRONT, SIDE
from tests.support.control import Person, new_person
from tests.support.servers import serving

VIEWS = (FRONT, SIDE, SIDE, BACK)
ORDERS = sorted(set(permutations(VIEWS)))


def changes_at_once(person: Person) -> list[int]:
    with ThreadPoolExecutor(4) as pool:
        return sorted(pool.map(lambda path: person.send(path, uuid="one").json()["credit_change"], VIEWS))


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: " ".join(path.rpartition("-")[2] for path in order))
def test_in_any_order_a_person_costs_two_credits(person: Person, order: tuple[str, ...]) -> None:
    changes = [person.send(path, uuid="one").json()["credit_change"] for path in order]
    assert (changes, person.credit()) == ([-1, 0, -1, 0], 98)


def test_at_once_a_person_costs_two_credits_across_workers(shared_url: str) -> None:
    people = [new_person(shared_url) for _ in range(5)]
    assert [changes_at_once(person) for person in people] == [[-1, -1, 0, 0]] * 5
    assert [person.credit() for person in people] == [98] * 5


def test_a_fresh_server_charges_the_demo_account_two_credits() -> None:
    with serving() as server:
        demo = Person(server.url, "demo@example.com", {"UserKey": "demo-user-key", "APIKey": "demo-api-key"})
        assert (changes_at_once(demo), demo.credit()) == ([-1, -1, 0, 0], 98)
