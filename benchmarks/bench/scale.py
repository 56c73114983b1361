"""Says how much is measured: all of it within some minutes, or a little of everything within seconds."""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SHARES = {"throughput": 0.4, "memory": 0.08, "history": 0.34, "photos": 0.05, "machines": 0.13}
"""The parts of the bench, and how much of the time each of them gets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much is measured; `seconds` are those of one load, `warm` those before it, `jvm` more for a JVM;
    `peers` is how many of them at most."""

    minutes: float
    rounds: int = 3
    seconds: float = 2
    warm: float = 1
    jvm: float = 9
    workloads: tuple[str, ...] = ("W1", "W2", "W3")
    history: tuple[int, ...] = (0, 1_000, 10_000, 100_000, 1_000_000)
    connections: tuple[int, ...] = (1, 2, 4, 8, 16, 32, 64)
    workers: tuple[int, ...] = (1, 2, 3, 4)
    crowd: tuple[int, ...] = (8, 64)
    accounts: int = 100
    megapixels: tuple[int, ...] = (2, 12)
    peers: int | None = None

    def bound(self, part: str) -> "Bound":
        """Begin the time of a part."""
        return Bound(part, rounds=self.rounds, seconds=self.minutes * 60 * SHARES[part])


QUICK = Scale(
    minutes=1,
    rounds=1,
    seconds=0.1,
    warm=0,
    jvm=0,
    workloads=("W1",),
    history=(100,),
    connections=(1,),
    workers=(1,),
    crowd=(2,),
    accounts=2,
    megapixels=(1,),
    peers=1,
)
"""A little of everything."""


class Bound:
    """The time of one part, and its progress on stderr."""

    def __init__(self, part: str, *, rounds: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._part = part
        self._rounds = rounds
        self._seconds = seconds
        self._clock = clock
        self._began = clock()
        self._round = 0

    def rounds(self) -> Iterator[int]:
        """Yield the number of each round; the first always, another if the time is enough for one like those before."""
        for number in range(1, self._rounds + 1):
            took = self._clock() - self._began
            if number > 1 and took * number / (number - 1) > self._seconds:
                self.say(f"no more rounds: {self._seconds:.0f} seconds are nearly over")
                return
            self._round = number
            yield number

    def say(self, what: str) -> None:
        """Show what was measured just now."""
        took = self._clock() - self._began
        print(f"{self._part}, round {self._round}, {took:.0f} s: {what}", file=sys.stderr, flush=True)
