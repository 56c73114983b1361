"""The parts of the campaign, and how one is run."""

import time
from collections.abc import Callable, Iterator
from importlib import import_module

# What each part is about, and its weight in the time.
PARTS = {
    "spends": ("credits, with processes killed and database connections cut", 4),
    "hostile_requests": ("generated and hostile requests", 1),
    "hostile_pictures": ("mutated and hostile pictures", 1),
    "hostile_endpoints": ("hostile endpoints, judged and recorded", 4),
}


def run(name: str, seconds: float) -> None:
    """Run one part for about so many seconds, and print its figures.

    Raises `SystemExit` with 1 behind them if something was found that must not be, which is named.
    """
    rows: Callable[[float, list[str]], Iterator[str]] = import_module(f"campaign.{name}").rows
    began, wrong = time.monotonic(), list[str]()
    print(f"\n{name}: {PARTS[name][0]}", flush=True)
    for row in rows(seconds, wrong):
        print(row, flush=True)
    for found in wrong:
        print(f"WRONG: {found}", flush=True)
    print(f"({time.monotonic() - began:.0f} s, {len(wrong)} wrong)", flush=True)
    if wrong:
        raise SystemExit(1)
