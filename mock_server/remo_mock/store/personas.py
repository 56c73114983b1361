"""Invents account holders with Faker, the same for the same seed; knows no store, no photo and no test."""

from collections.abc import Iterator
from itertools import islice

from faker import Faker

from remo_mock.store.account import Account


def personas(seed: int | str) -> Iterator[Account]:
    """Yield invented accounts without end, no address twice."""
    faker = Faker("en_US")
    faker.seed_instance(seed)
    seen: set[str] = set()
    while True:
        account = invent(faker)
        if account.email not in seen:
            seen.add(account.email)
            yield account


def first_personas(count: int, *, seed: int | str) -> tuple[Account, ...]:
    """Return as many accounts as a fresh mock is to know besides the published ones."""
    return tuple(islice(personas(seed), count))


def invent(faker: Faker) -> Account:
    """Invent one account out of Faker's randomness; nobody real has an address at example.com (RFC 2606)."""
    number = faker.random.randrange(10_000)
    return Account(
        email=f"{faker.user_name()}{number:04}@example.com",
        user_key=f"{faker.random.getrandbits(64):016x}",
        api_key=f"{faker.random.getrandbits(128):032x}",
    )
