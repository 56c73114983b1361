"""Measures the server's memory after large requests, over few connections and over many."""

from pathlib import Path

from bench.scale import Scale
from bench.tables import Table
from loading import load
from serving import HERE, Checkout, running

PEAK, AFTER = "highest RSS MB", "RSS MB after it"


def measure(scale: Scale, bodies: Path) -> list[Table]:
    """Load servers of 1 and 2 workers with each workload of large photos; answers other than successes end it."""
    table = Table("memory", "load")
    bound = scale.bound("memory")
    for _ in bound.rounds():
        for workload in scale.workloads[1:] or scale.workloads:
            for connections in scale.crowd:
                for workers in scale.workers[:2]:
                    with running(Checkout(HERE), workers=workers) as server:
                        load(server, workload, bodies, seconds=scale.seconds, warm=0, connections=connections)
                        peak, after = server.memory("VmHWM"), server.memory()
                    row = f"{workload}, {connections} connections, workers: {workers}"
                    table.add(row, **{PEAK: peak, AFTER: after})
                    bound.say(f"{row}: {peak:.0f} MB at most, {after:.0f} MB after it")
    return [table]
