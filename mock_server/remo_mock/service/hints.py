"""Says in a line what somebody who may not call can do about it, without any key; decides nothing."""

from collections.abc import Iterator
from urllib.parse import quote, unquote

from remo_mock.service.outcome_syntax import split_addresses
from remo_mock.store.account import Account
from remo_mock.store.accounts import Accounts

_FUNDS = '{"credit": 100}'


def of_want(account: Account, price: int) -> str:
    """Say how many credits are left, what the success costs, and how the account is funded."""
    left = f"{account.credit} credit{'' if account.credit == 1 else 's'} left, the price is {price}"
    return f"{left}; PATCH /__admin/accounts/{quote(account.email, safe='@+')} {_FUNDS} funds it"


def of_stranger(accounts: Accounts, email: str) -> str:
    """Say what of Email and UserKey fits no account; an account is named if `email` is a slip of its address."""
    if known_among(accounts, email) is not None:
        return "the account of this Email has another UserKey"
    # As forms and URLs spell it: %2B or a space where the plus was.
    meant = [form.strip() for form in (email, unquote(email), email.strip().replace(" ", "+"))]
    for address in (address for form in meant for address in _addresses(form)):
        found = accounts.spelled_like(address)
        if found is not None:
            return f"no account has this Email: it is compared exactly, letter by letter, and there is {found}"
    return "no account has this Email; GET /__admin/accounts lists those that there are"


def known_among(accounts: Accounts, email: str) -> str | None:
    """Return the address of the account that an Email means, itself or as a plus-address, or None."""
    return next((address for address in _addresses(email) if accounts.knows(address)), None)


def _addresses(email: str) -> Iterator[str]:
    yield email
    yield from (address for address, _ in split_addresses(email))
