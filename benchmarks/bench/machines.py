"""Measures two servers on one PostgreSQL, as on two machines, beside one server on it and on SQLite."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import requests

from bench.scale import Scale
from bench.tables import Table
from bench.throughput import CPU, P50, P99, RATE
from loading import Load, load
from serving import HERE, Checkout, running
from tests.support.postgres import Cluster, cluster, programs
from workloads import new_account, sent_by

_CONNECTIONS = 8


def measure(scale: Scale, bodies: Path) -> list[Table]:
    """Load one server and two with each workload, by the same number of connections; small requests of many as well."""
    table, bound = Table("machines", "load"), scale.bound("machines")
    if programs() is None:
        bound.say("left out: PostgreSQL is missing; apt-get install postgresql")
        return [table]
    with cluster(fsync=True) as postgres:
        for _ in bound.rounds():
            for workload in scale.workloads:
                for accounts in (1, scale.accounts) if workload == "W1" else (1,):
                    for name, urls in _books(postgres, bodies).items():
                        done = _loaded(urls, workload, bodies, scale, accounts=accounts)
                        row = f"{workload}{f' of {accounts} accounts' if accounts > 1 else ''}, {name}"
                        table.add(row, **done)
                        bound.say(f"{row}: {done[RATE]:,.0f} requests/s")
    return [table]


def _books(postgres: Cluster, bodies: Path) -> dict[str, list[str]]:
    """Return the databases of the servers of each row."""
    shared = postgres.new_database()
    file = bodies / "one.sqlite"
    for one in bodies.glob(f"{file.name}*"):
        one.unlink()
    return {
        "one server on SQLite": [str(file)],
        "one server on PostgreSQL": [postgres.new_database()],
        "two servers on one PostgreSQL": [shared, shared],
    }


def _loaded(urls: Sequence[str], workload: str, bodies: Path, scale: Scale, *, accounts: int = 1) -> dict[str, float]:
    """Load servers of one worker together; the rates add up, the CPU time is that of the servers without PostgreSQL."""
    each = _CONNECTIONS // len(urls)
    with ExitStack() as stack:
        servers = [stack.enter_context(running(Checkout(HERE), workers=1, options=["--db", url])) for url in urls]

        for number in range(1, accounts):
            requests.post(f"{servers[0].url}/__admin/accounts", json=new_account(number), timeout=60).raise_for_status()

        def one(at: int) -> Load:
            # The script of the load generator is a file beside the first body.
            names = [f"{workload}-{number}-of-{at}" for number in range(accounts)]
            for number, name in enumerate(names):
                (bodies / name).write_bytes(sent_by(number, (bodies / workload).read_bytes()))
            return load(
                servers[at], workload, bodies, seconds=scale.seconds, warm=scale.warm, connections=each, names=names
            )

        with ThreadPoolExecutor(len(servers)) as pool:
            done = list(pool.map(one, range(len(servers))))
    rate = sum(one.rate for one in done)
    cpu = sum(one.cpu_ms * one.rate for one in done) / rate
    return {RATE: rate, CPU: cpu, P50: max(one.p50_ms for one in done), P99: max(one.p99_ms for one in done)}
