"""Runs every part of the campaign for a part of the time, and prints their figures (`make campaign`)."""

import argparse
import platform
import time
from collections.abc import Callable, Iterator
from importlib import import_module

# What each part is about, and its weight in the time.
_PARTS = {
    "spends": ("credits, with processes killed and database connections cut", 4),
    "hostile_requests": ("generated and hostile requests", 1),
    "hostile_pictures": ("mutated and hostile pictures", 1),
    "hostile_endpoints": ("hostile endpoints, judged and recorded", 4),
}
_SECONDS = 600


def main() -> None:
    """Run the parts that are asked for, one after the other."""
    parser = argparse.ArgumentParser(prog="campaign", description=__doc__)
    parser.add_argument("--seconds", type=float, default=_SECONDS, help="for all parts together (%(default)s)")
    parser.add_argument("--only", nargs="+", choices=_PARTS, default=list(_PARTS), help="these parts")
    options = parser.parse_args()
    print(f"Python {platform.python_version()} on {platform.platform()}")
    weights = sum(_PARTS[name][1] for name in options.only)
    for name in options.only:
        about, weight = _PARTS[name]
        rows: Callable[[float], Iterator[str]] = import_module(f"campaign.{name}").rows
        began = time.monotonic()
        print(f"\n{name}: {about}", flush=True)
        for row in rows(options.seconds * weight / weights):
            print(row, flush=True)
        print(f"({time.monotonic() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
