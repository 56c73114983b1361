"""Says in a line what somebody who may not call can do about it, without any key; decides nothing."""

from urllib.parse import quote, unquote

from mock_server.ledger import Account, Ledger
from mock_server.ways import split_address

_FUNDS = '{"credit": 100}'


def of_want(account: Account, price: int) -> str:
    """Say how many credits are left, what the success costs, and how the account is funded."""
    left = f"{account.credit} credit{'' if account.credit == 1 else 's'} left, the price is {price}"
    return f"{left}; PATCH /__admin/accounts/{quote(account.email, safe='@+')} {_FUNDS} funds it"


def of_stranger(ledger: Ledger, email: str) -> str:
    """Say what of Email and UserKey fits no account; an account is named if `email` is a slip of its address."""
    sent = (email, split_address(email)[0])
    if any(ledger.knows(address) for address in sent):
        return "the account of this Email has another UserKey"
    # As forms and URLs spell it: %2B or a space where the plus was.
    meant = [form.strip() for form in (email, unquote(email), email.strip().replace(" ", "+"))]
    for address in (address for form in meant for address in (form, split_address(form)[0])):
        found = ledger.spelled_like(address)
        if found is not None:
            return f"no account has this Email: it is compared exactly, letter by letter, and there is {found}"
    return "no account has this Email; GET /__admin/accounts lists those that there are"
