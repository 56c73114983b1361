"""Compares what was measured with the goals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench import crowd, photos
from bench.peers import PEERS
from bench.tables import Table
from bench.throughput import CPU, OURS, P50, P99, RATE, START, WARM

_ONE, _TWO = OURS[1], OURS[2]
_JVM = next(peer.name for peer in PEERS if peer.warms_up)
_AGAINST_JVM = {"W1": 2.0, "W2": 2.5, "W3": 2.5}
_CPU_MS = {"W1": 0.45, "W2": 2.4, "W3": 50.0}
_RSS_MB = {"W2": 250.0, "W3": 700.0}
_ONE_OF_TWO = 0.6
_START_S = 0.45
_P99_OF_P50 = 4.0
_COLD_OF_PILLOW = 1.3


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal: what is measured, its median (None: it was not), and the limit that it is to keep."""

    what: str
    figure: float | None
    limit: float
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        """Whether it is kept."""
        if self.figure is None:
            return False
        return self.figure >= self.limit if self.at_least else self.figure <= self.limit


def goals(tables: Mapping[str, Table]) -> Iterator[Goal]:
    """Yield each goal, whose figure is None if it was not measured; ratios are those of medians of the same run."""
    for workload in _CPU_MS:
        table = tables.get(f"throughput {workload}", Table("", ""))
        against = _ratio(table, RATE, _TWO, _JVM)
        yield Goal(
            f"{workload}: requests/s, times those of {_JVM} after 1 s", against, _AGAINST_JVM[workload], at_least=True
        )
        if workload == "W1":
            warm = _ratio(table, RATE, _TWO, _JVM + WARM)
            yield Goal(f"{workload}: the same after 10 s", warm, 1.0, at_least=True)
        yield Goal(
            f"{workload}: requests/s of one worker, times those of two",
            _ratio(table, RATE, _ONE, _TWO),
            _ONE_OF_TWO,
            at_least=True,
        )
        yield Goal(f"{workload}: {CPU}, 1 worker", table.median(_ONE, CPU), _CPU_MS[workload])
        yield Goal(f"{workload}: {CPU}, 2 workers", table.median(_TWO, CPU), _CPU_MS[workload])
        for row in (_ONE, _TWO):
            p50, p99 = table.median(row, P50), table.median(row, P99)
            ratio = None if p50 is None or p99 is None else p99 / p50
            yield Goal(f"{workload}: p99, times p50, at 8 connections, {row.partition(', ')[2]}", ratio, _P99_OF_P50)
    starts = tables.get("throughput W1", Table("", ""))
    yield Goal("start to first answer, s, 1 worker", starts.median(_ONE, START), _START_S)
    memory = tables.get("memory", Table("", ""))
    for row in memory.rows:
        yield Goal(f"{crowd.AFTER}, {row}", memory.median(row, crowd.AFTER), _RSS_MB.get(row[:2], _RSS_MB["W2"]))
    cold = tables.get("photos", Table("", ""))
    for row in cold.rows:
        if row.startswith("12"):
            yield Goal(
                f"a photo never seen, {row}: times Pillow's decode and encode",
                cold.median(row, photos.RATIO),
                _COLD_OF_PILLOW,
            )


def _ratio(table: Table, column: str, row: str, other: str) -> float | None:
    one, two = table.median(row, column), table.median(other, column)
    return None if one is None or not two else one / two
