"""A charge of a set is no more work when the set has many charges already, in either kind of database."""

from collections.abc import Iterator
from typing import Any

import pytest

from remo_mock.contract import Price
from remo_mock.store.account import Account
from remo_mock.store.charges import LAST_OF_SET, Purchase
from remo_mock.store.database import Database
from remo_mock.store.engine import make_engine
from remo_mock.store.store import Store
from tests.support.postgres import Cluster
from tests.support.settling import charge
from tests.support.sqlite_steps import Steps, counted_steps

ANN = Account("ann@example.com", "ann-user-key", "ann-api-key", 10_000)
ONE_SET = Purchase(email=ANN.email, endpoint="e", uuid="one", family="split", price_of=Price(1, 2, "split").of)


@pytest.fixture
def steps() -> Iterator[Steps]:
    with counted_steps() as steps:
        yield steps


def work(store: Store, steps: Steps) -> tuple[int, int]:
    """Return the steps of asking for the price of one more request of the set, and of charging it."""
    before = steps.count
    store.accounts.price(ONE_SET)
    between = steps.count
    assert charge(store, ONE_SET)
    return between - before, steps.count - between


def charge_often(store: Store, times: int) -> None:
    for _ in range(times):
        assert charge(store, ONE_SET)


def test_sqlite_does_the_same_steps_for_the_thousandth_charge_of_a_set(steps: Steps) -> None:
    database = Database("sqlite://")
    store = Store(database)
    store.accounts.prepare([ANN])
    charge_often(store, 10)
    early = work(store, steps)
    charge_often(store, 1000)
    late = work(store, steps)
    database.close()
    assert min(early) > 0
    assert late == early


def rows_read(plan: dict[str, Any]) -> dict[str, int]:
    """Return how many rows each kind of scan in a plan read."""
    below = [rows_read(inner) for inner in plan.get("Plans", ())]
    found = {kind: number for rows in below for kind, number in rows.items()}
    if plan["Node Type"].endswith("Scan"):
        found[plan["Node Type"]] = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
    return found


def test_postgresql_reads_one_row_for_the_last_charge_of_a_set(postgresql: Cluster) -> None:
    url = postgresql.new_database()
    database = Database(url)
    store = Store(database)
    store.accounts.prepare([ANN])
    charge_often(store, 300)
    database.close()
    statement = LAST_OF_SET.statement.params(account=ANN.email, set="one", of_family="split")
    sql = statement.compile(dialect=make_engine(url).dialect, compile_kwargs={"literal_binds": True})
    rows: Any = postgresql.run(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", url)
    plan = rows[0][0][0]["Plan"]
    assert rows_read(plan) == {"Index Only Scan": 1}
