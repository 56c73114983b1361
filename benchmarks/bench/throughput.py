"""Measures requests a second, CPU time, waits, start and memory: this server with 1 and 2 workers, and the others."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import requests

from bench import peers
from bench.scale import Bound, Scale
from bench.tables import Table
from loading import NotAnsweredError, load
from serving import HERE, Checkout, Server, running
from workloads import PATHS

OURS = {1: "remo-mock, 1 worker", 2: "remo-mock, 2 workers"}
WARM = ", after 10 s"
CPU, RATE, P50, P99 = "CPU ms a request", "requests/s", "p50 ms", "p99 ms"
RSS, START = "RSS MB after it", "first answer s"


def measure(scale: Scale, bodies: Path) -> list[Table]:
    """Load every server with every workload, each on a server of its own; yield a table for each workload."""
    tables = {workload: Table(f"throughput {workload}", "server") for workload in scale.workloads}
    there = [peer for peer in peers.PEERS if peer.is_there()][: scale.peers]
    bound = scale.bound("throughput")
    for peer in peers.PEERS:
        if not peer.is_there():
            bound.say(f"left out: {peer.name}; {peer.remedy}")
    for _ in bound.rounds():
        for workload, table in tables.items():
            for workers, name in OURS.items():
                with running(Checkout(HERE), workers=workers) as server:
                    _load(name, server, workload, bodies, scale, table, bound)
                    reply = _reply(server, workload, bodies)
            for peer in there:
                with _running(peer, workload, reply, bodies) as server, _may_fail(f"{peer.name}, {workload}", bound):
                    _load(peer.name, server, workload, bodies, scale, table, bound)
                    if peer.warms_up:
                        _load(peer.name + WARM, server, workload, bodies, replace(scale, warm=scale.jvm), table, bound)
    return list(tables.values())


def _reply(server: Server, workload: str, bodies: Path) -> Path:
    """Keep this server's reply to a workload for the others: all send bodies of the same size."""
    sent, headers = (bodies / workload).read_bytes(), {"Content-Type": "application/json"}
    answer = requests.post(server.url + PATHS[workload], data=sent, headers=headers, timeout=60)
    answer.raise_for_status()
    file = bodies / f"{workload}.reply"
    file.write_bytes(answer.content)
    return file


def _running(peer: peers.Peer, workload: str, reply: Path, bodies: Path) -> AbstractContextManager[Server]:
    folder = bodies / f"{peer.name.split()[0]}-{workload}"
    folder.mkdir(exist_ok=True)
    return peers.running(peer, peers.Request(workload, reply, folder))


@contextmanager
def _may_fail(what: str, bound: Bound) -> Iterator[None]:
    """Leave out what another server does not answer: some have limits that large requests meet."""
    try:
        yield
    except NotAnsweredError as error:
        bound.say(f"left out: {what}: {error}")


def _load(row: str, server: Server, workload: str, bodies: Path, scale: Scale, table: Table, bound: Bound) -> None:
    done = load(server, workload, bodies, seconds=scale.seconds, warm=scale.warm)
    figures = {RATE: done.rate, CPU: done.cpu_ms, P50: done.p50_ms, P99: done.p99_ms, RSS: server.memory()}
    table.add(row, **figures, **({} if row.endswith(WARM) else {START: server.start}))
    bound.say(f"{row}, {workload}: {done.rate:,.1f} requests/s, {done.cpu_ms:.2f} CPU ms a request")
