"""Invents accounts, the same ones for the same seed: named from a small list, or by Faker in a locale."""

from collections.abc import Callable, Iterator
from itertools import islice
from random import Random
from typing import Any

from remo_mock.exceptions import MissingExtraError
from remo_mock.store.account import Account

_GIVEN = (
    *("ada", "amir", "ana", "anton", "chloe", "dana", "elif", "emeka", "hana", "ines", "ivan", "jae", "jana", "jihoon"),
    *("kai", "leila", "lena", "liam", "luca", "mara", "mei", "mina", "minjun", "nadia", "noah", "nora", "olga", "omar"),
    *("priya", "rosa", "sami", "sara", "seoyeon", "sofia", "soojin", "tariq", "tomas", "yara", "yuki", "zoe"),
)
_FAMILY = (
    *("adams", "bae", "baker", "chen", "choi", "costa", "diaz", "dubois", "evans", "fischer", "garcia", "haddad"),
    *("han", "ito", "jang", "jung", "kang", "khan", "kim", "kowalski", "lee", "lim", "lopez", "meyer", "moreau"),
    *("nair", "novak", "okafor", "park", "patel", "rossi", "sato", "schmidt", "silva", "singh", "tanaka", "weber"),
    *("yilmaz", "yoon", "young"),
)


def personas(seed: int | str, *, locale: str | None = None) -> Iterator[Account]:
    """Yield invented accounts without end, none with the address of an earlier one.

    `locale`, such as ko_KR, has Faker name them. Raises `MissingExtraError` if Faker is not installed, `ValueError` for
    a locale that it does not have.
    """
    return _each_once(_with_faker(seed, locale) if locale else _from_the_list(seed))


def first_personas(count: int, *, seed: int | str, locale: str | None = None) -> tuple[Account, ...]:
    """Return the first `count` invented accounts; `locale` and errors are those of `personas`."""
    return tuple(islice(personas(seed, locale=locale), count))


def invent(chance: Random, name: Callable[[], str]) -> Account:
    """Invent an account from the random numbers of `chance`, at example.com: nobody has an address there (RFC 2606)."""
    number = chance.randrange(10_000)
    return Account(
        email=f"{name()}{number:04}@example.com",
        user_key=f"{chance.getrandbits(64):016x}",
        api_key=f"{chance.getrandbits(128):032x}",
    )


def known_locale(text: str) -> str:
    """Return a locale for which Faker has names. Raises as `personas` does."""
    _faker(text)
    return text


def _each_once(invented: Iterator[Account]) -> Iterator[Account]:
    seen: set[str] = set()
    for account in invented:
        if account.email not in seen:
            seen.add(account.email)
            yield account


def _from_the_list(seed: int | str) -> Iterator[Account]:
    chance = Random(seed)
    while True:
        yield invent(chance, lambda: f"{chance.choice(_GIVEN)}.{chance.choice(_FAMILY)}")


def _with_faker(seed: int | str, locale: str) -> Iterator[Account]:
    faker = _faker(locale)
    faker.seed_instance(seed)
    while True:
        yield invent(faker.random, faker.user_name)


def _faker(locale: str) -> Any:
    try:
        from faker import Faker  # the extra, which takes long to import
    except ImportError as error:
        raise MissingExtraError("faker", "Invented accounts in the names of a locale") from error
    try:
        return Faker(locale)
    except (AttributeError, ValueError) as error:
        raise ValueError(f"Faker has no locale {locale!r}; give one such as ko_KR, en_US or de_DE.") from error
