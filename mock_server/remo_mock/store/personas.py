"""Invents accounts with Faker, the same ones for the same seed."""

from collections.abc import Iterator
from itertools import islice

from faker import Faker

from remo_mock.store.account import Account


def personas(seed: int | str) -> Iterator[Account]:
    """Yield invented accounts without end, none with the address of an earlier one."""
    faker = Faker("en_US")
    faker.seed_instance(seed)
    seen: set[str] = set()
    while True:
        account = invent(faker)
        if account.email not in seen:
            seen.add(account.email)
            yield account


def first_personas(count: int, *, seed: int | str) -> tuple[Account, ...]:
    """Return the first `count` invented accounts."""
    return tuple(islice(personas(seed), count))


def invent(faker: Faker) -> Account:
    """Invent one account from the random numbers of `faker`, at example.com, where nobody has an address (RFC 2606)."""
    number = faker.random.randrange(10_000)
    return Account(
        email=f"{faker.user_name()}{number:04}@example.com",
        user_key=f"{faker.random.getrandbits(64):016x}",
        api_key=f"{faker.random.getrandbits(128):032x}",
    )
