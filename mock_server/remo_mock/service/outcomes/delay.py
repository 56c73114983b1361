"""Reads and writes delays: a number of milliseconds, or a range of them."""

import re
from dataclasses import dataclass

MAX_DELAY = 600_000
"""The longest delay in milliseconds, ten minutes: a mock must not hang for ever."""


@dataclass(frozen=True, slots=True)
class Delay:
    """A range of milliseconds; of a single number, both ends are the same."""

    shortest: int = 0
    longest: int = 0

    def __str__(self) -> str:
        return f"{self.shortest}" if self.shortest == self.longest else f"{self.shortest}-{self.longest}"

    def seconds(self, share: float) -> float:
        """Return the seconds at `share` (0 to 1) of the range."""
        return (self.shortest + (self.longest - self.shortest) * share) / 1000


AT_ONCE = Delay()


def parse_delay(text: str) -> Delay:
    """Read `800` or `200-800`, in milliseconds. Raises `ValueError`."""
    found = re.fullmatch(r"([0-9]{1,7})(?:-([0-9]{1,7}))?", text)
    if found is None:
        raise ValueError(text)
    delay = Delay(int(found[1]), int(found[2] or found[1]))
    if not delay.shortest <= delay.longest <= MAX_DELAY:
        raise ValueError(text)
    return delay
