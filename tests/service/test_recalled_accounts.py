"""A process that has seen an account answers by what other processes have made of it since."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from remo_mock import Settings, create_app
from remo_mock.store.account import Account
from remo_mock.store.charges import Purchase
from remo_mock.store.database import Database
from remo_mock.store.store import Effects, Store
from tests.support.calls import BACK
from tests.support.settling import an_entry

DEMO = "demo@example.com"
ACCOUNT = f"/__admin/accounts/{DEMO}"


@pytest.fixture
def clients(tmp_path: Path) -> Iterator[tuple[FlaskClient, FlaskClient]]:
    """Clients of two mocks that share their books, as those of two processes do."""
    apps = [create_app(Settings(db=str(tmp_path / "mock.sqlite"))) for _ in range(2)]
    yield apps[0].test_client(), apps[1].test_client()
    for app in apps:
        app.extensions["remo_mock"].close()


def queue(other: FlaskClient) -> None:
    assert other.post("/__admin/outcomes", json={"account": DEMO, "code": 518}).status_code == 201


def delete(other: FlaskClient) -> None:
    assert other.delete(ACCOUNT).status_code == 204


def change(**fields: Any) -> Callable[[FlaskClient], None]:
    def send(other: FlaskClient) -> None:
        assert other.patch(ACCOUNT, json=fields).status_code == 200

    return send


CHANGES = {
    "other user key": (change(user_key="new"), 420, 0),
    "other API key": (change(api_key="new"), 421, 99),
    "no credits left": (change(credit=0), 422, 0),
    "other credits": (change(credit=7), 200, 6),
    "an outcome queued": (queue, 518, 99),
    "deleted": (delete, 420, 0),
}


@pytest.mark.parametrize(("act", "code", "credit"), CHANGES.values(), ids=CHANGES)
def test_what_another_process_changed_counts_at_once(
    clients: tuple[FlaskClient, FlaskClient],
    back_request: dict[str, Any],
    act: Callable[[FlaskClient], None],
    code: int,
    credit: int,
) -> None:
    ours, other = clients
    assert ours.post(BACK, json=back_request).get_json()["credit"] == 99
    act(other)
    reply = ours.post(BACK, json=back_request)
    assert (reply.status_code, reply.get_json()["credit"]) == (code, credit)


def test_an_error_shows_the_credits_that_another_process_left(
    clients: tuple[FlaskClient, FlaskClient], back_request: dict[str, Any]
) -> None:
    ours, other = clients
    ours.post(BACK, json=back_request)
    other.post(BACK, json=back_request)
    reply = ours.post(BACK, json=back_request | {"APIKey": "wrong"})
    assert (reply.status_code, reply.get_json()["credit"]) == (421, 98)
    assert other.get("/__admin/requests").get_json()["requests"][0]["balance"] == 98


def test_nothing_is_refused_to_an_account_that_another_process_deleted(
    clients: tuple[FlaskClient, FlaskClient], back_request: dict[str, Any]
) -> None:
    ours, other = clients
    misspelled = back_request | {"Email": "demo+dangr@example.com"}
    assert ours.post(BACK, json=back_request).status_code == 200
    assert ours.post(BACK, json=misspelled).status_code == 400
    delete(other)
    assert ours.post(BACK, json=misspelled).status_code == 420


ANN = Account("ann@example.com", "ann-user-key", "ann-api-key", 3)
PURCHASE = Purchase(email=ANN.email, endpoint="e", uuid="u", family=None, price_of=lambda _position: 1)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_who_rests_on_an_account_that_is_another_one_now_settles_nothing(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = str(tmp_path / "mock.sqlite")
    store = Store(Database(url if kind == "sqlite" else request.getfixturevalue("postgresql").new_database()))
    store.accounts.prepare([ANN])
    recalled = store.accounts.recall(ANN.email, ANN.user_key)
    assert recalled == ANN
    store.accounts.change(ANN.email, api_key="new")
    for effects in (Effects(recalled=recalled), Effects(recalled=recalled, purchase=PURCHASE)):
        assert store.settle(effects, an_entry(ANN.email)) is None
    store.accounts.change(ANN.email, api_key=ANN.api_key, credit=2)
    assert store.settle(Effects(recalled=recalled), an_entry(ANN.email)) is None
    settled = store.settle(Effects(recalled=recalled, purchase=PURCHASE), an_entry(ANN.email))
    assert settled
    assert settled.charge
    assert settled.charge.balance == 1
    assert store.journal.count() == 1
    store.database.close()
