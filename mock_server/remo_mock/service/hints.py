"""Writes the hints for callers who are refused: what is wrong with the account, and what to do, without any key."""

from urllib.parse import quote

from remo_mock.service.facts import EmailMatch
from remo_mock.store.account import Account

WRONG_API_KEY = "the APIKey is not this account's"
_FUNDS = '{"credit": 100}'


def insufficient_credit(account: Account, price: int) -> str:
    """Say how many credits are left, what the success costs, and how the account is funded."""
    left = f"{account.credit} credit{'' if account.credit == 1 else 's'} left, the price is {price}"
    return f"{left}; PATCH /__admin/accounts/{quote(account.email, safe='@+')} {_FUNDS} funds it"


def unknown_user(match: EmailMatch) -> str:
    """Say why Email and UserKey name no account; an account with a similar address is named."""
    if match.exact is not None:
        return "the account of this Email has another UserKey"
    if match.similar is not None:
        return f"no account has this Email: it is compared exactly, letter by letter, and there is {match.similar}"
    return "no account has this Email; GET /__admin/accounts lists those that there are"
