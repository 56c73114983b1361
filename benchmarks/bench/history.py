"""Measures how requests a second depend on what happened before, on photos, connections and workers."""

import json
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

import requests

from bench.scale import Bound, Scale
from bench.tables import Table
from bench.throughput import CPU, RATE
from loading import load
from remo_mock.store.account import Account
from remo_mock.store.accounts import Accounts
from remo_mock.store.database import Database
from remo_mock.store.journal import KEPT
from serving import HERE, Checkout, Server, running
from workloads import ACCOUNT, CREDIT, photo_body

LISTING = "listing ms"
CHARGES, ACCOUNTS, JOURNAL, PHOTOS, CONNECTIONS, WORKERS = (
    "charges before, all in the request's own set",
    "accounts",
    "exchanges in the journal",
    "kB of the photo",
    "connections",
    "workers",
)
_SIZES = {20: (426, 640), 100: (720, 1280), 250: (1080, 1920), 900: (2000, 1500), 3500: (4000, 3000)}
_SET, _IN_A_SET = "one-set", "W1-in-a-set"
_MILLISECONDS = 1000
_NUMBERS = """
CREATE TEMP TABLE numbers AS
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :number) SELECT i FROM n
"""
_FILL = {
    CHARGES: """
INSERT INTO charges (email, family, at, endpoint, uuid, position, change, balance)
SELECT :email, 'split', '2026-01-01T00:00:00Z', 'analysis-skeleton-v2-back', :uuid, i - 1, 0, 1000000000 FROM numbers
""",
    ACCOUNTS: """
INSERT INTO accounts (email, user_key, api_key, credit, granted)
SELECT 'person-' || i || '@example.com', 'user-key-' || i, 'api-key-' || i, 100, 100 FROM numbers
""",
    JOURNAL: """
INSERT INTO requests (at, account, endpoint, path, code, origin, asked, photos, price, balance, milliseconds)
SELECT '2026-01-01T00:00:00Z', :email, 'analysis-skeleton-v2-back', '/api/analysis-skeleton-v2-back', 200, 'natural',
    '""', '[]', 1, 1000, 1.0 FROM numbers
""",
}
_LISTING = {
    CHARGES: f"/__admin/accounts/{ACCOUNT['Email']}/charges",
    ACCOUNTS: "/__admin/accounts",
    JOURNAL: "/__admin/requests",
}


def measure(scale: Scale, bodies: Path) -> list[Table]:
    """Measure each curve with small requests, whose time depends most on all but the photo."""
    bound = scale.bound("history")
    tables = {name: Table(f"history: {name}", name) for name in (*_FILL, PHOTOS, CONNECTIONS, WORKERS)}
    in_a_set = json.loads((bodies / "W1").read_bytes()) | {"uuid": _SET}
    (bodies / _IN_A_SET).write_bytes(json.dumps(in_a_set).encode())
    sizes = [size for size in _SIZES if size < _MILLISECONDS or len(scale.workloads) > 1][: len(scale.history)]
    for size in sizes:
        (bodies / f"photo-{size}").write_bytes(photo_body("back", _SIZES[size], size))
    curve = _Curve(scale, bodies, bound)
    for _ in bound.rounds():
        for kind in _FILL:
            for number in scale.history:
                if kind != JOURNAL or number <= KEPT:
                    curve.with_history(tables[kind], kind, number)
        for workers in scale.workers:
            with running(Checkout(HERE), workers=workers) as server:
                curve.point(tables[WORKERS], workers, server)
                if workers == 1:
                    for size in sizes:
                        curve.point(tables[PHOTOS], size, server, name=f"photo-{size}")
                    for connections in scale.connections:
                        curve.point(tables[CONNECTIONS], connections, server, connections=connections)
    return list(tables.values())


class _Curve:
    """Measures points, and shows them."""

    def __init__(self, scale: Scale, bodies: Path, bound: Bound) -> None:
        self._scale, self._bodies, self._bound = scale, bodies, bound

    def with_history(self, table: Table, kind: str, number: int) -> None:
        """Measure with so many rows in a file, which is filled past the server."""
        file = self._bodies / "filled.sqlite"
        fill(file, kind, number)
        with running(Checkout(HERE), workers=1, options=["--db", str(file)]) as server:
            listing = _shortest(lambda: requests.get(server.url + _LISTING[kind], timeout=60).raise_for_status())
            self.point(table, number, server, name=_IN_A_SET if kind == CHARGES else "W1", more={LISTING: listing})
        for one in file.parent.glob(f"{file.name}*"):
            one.unlink()

    def point(
        self,
        table: Table,
        at: int,
        server: Server,
        *,
        name: str = "W1",
        connections: int = 8,
        more: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        """Load a server with the body of a file, and add what comes of it."""
        seconds, warm = self._scale.seconds, self._scale.warm
        done = load(server, "W1", self._bodies, seconds=seconds, warm=warm, connections=connections, names=[name])
        table.add(f"{at:,}", **{RATE: done.rate, CPU: done.cpu_ms, **more})
        self._bound.say(f"{table.label}: {at:,}: {done.rate:,.0f} requests/s")


def fill(file: Path, kind: str, number: int) -> None:
    """Make the database of a mock, with so many rows of one kind."""
    database = Database(str(file))
    Accounts(database).prepare([Account(ACCOUNT["Email"], ACCOUNT["UserKey"], ACCOUNT["APIKey"], CREDIT)])
    database.close()
    if number:
        with closing(sqlite3.connect(file)) as connection:
            values = {"number": number, "email": ACCOUNT["Email"], "uuid": _SET}
            for statement in (_NUMBERS, _FILL[kind]):
                connection.execute(statement, values)
            connection.commit()


def _shortest(work: Callable[[], object]) -> float:
    """Return the milliseconds of the shortest of a few runs."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times) * _MILLISECONDS
