"""Finds which account an Email may mean, where none has this Email and this UserKey."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from remo_mock.service.outcomes.syntax import split_addresses
from remo_mock.store.accounts import Accounts


@dataclass(frozen=True, slots=True)
class EmailMatch:
    """The account whose address an Email is, and one whose address it nearly is, as far as there are any."""

    exact: str | None = None
    similar: str | None = None


def match_email(accounts: Accounts, email: str | None) -> EmailMatch:
    """Find the account that an Email names or may mean: its address may be one with words behind a plus."""
    if email is None:
        return EmailMatch()
    exact = next((address for address in _addresses(email) if accounts.knows(address)), None)
    if exact is not None:
        return EmailMatch(exact=exact)
    # As forms and URLs spell it: %2B or a space where the plus was.
    spellings = [spelling.strip() for spelling in (email, unquote(email), email.strip().replace(" ", "+"))]
    for address in (address for spelling in spellings for address in _addresses(spelling)):
        similar = accounts.spelled_like(address)
        if similar is not None:
            return EmailMatch(similar=similar)
    return EmailMatch()


def _addresses(email: str) -> Iterator[str]:
    yield email
    yield from (address for address, _ in split_addresses(email))
