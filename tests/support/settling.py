"""Settles exchanges with a store as the responder does: a charge with the exchange that it belongs to."""

from collections.abc import Mapping, Sequence

from remo_mock.contract import Json
from remo_mock.store.charges import Charge, Purchase
from remo_mock.store.journal import Entry
from remo_mock.store.store import Effects, Store


def an_entry(
    account: str = "a", *, code: int = 200, balance: int = 0, asked: str = "", photos: Sequence[Mapping[str, Json]] = ()
) -> Entry:
    """Return an exchange."""
    return Entry(
        at="2026-01-01T00:00:00.000+00:00",
        account=account,
        endpoint="e",
        path="/e",
        code=code,
        origin="natural",
        reasons=(),
        asked=asked,
        photos=photos,
        price=0,
        balance=balance,
        milliseconds=1.0,
    )


def charge(store: Store, purchase: Purchase) -> Charge | None:
    """Charge a success, and return the charge, or None if the balance is too low."""
    settled = store.settle(Effects(purchase=purchase), an_entry(purchase.email))
    return None if settled is None else settled.charge


def write(store: Store, entry: Entry) -> None:
    """Keep an exchange that costs nothing."""
    assert store.settle(Effects(), entry)
