"""Runs every part of the campaign for a part of the time, and prints their figures (`make campaign`)."""

import argparse
import platform
import time
from collections.abc import Callable, Iterator
from importlib import import_module

_PARTS = {
    "spends": "credits, with processes killed and database connections cut",
    "hostile_requests": "generated and hostile requests",
    "hostile_pictures": "mutated and hostile pictures",
    "hostile_endpoints": "hostile endpoints, judged and recorded",
}
_SECONDS = 600


def main() -> None:
    """Run the parts that are asked for, one after the other."""
    parser = argparse.ArgumentParser(prog="campaign", description=__doc__)
    parser.add_argument("--seconds", type=float, default=_SECONDS, help="for all parts together (%(default)s)")
    parser.add_argument("--only", nargs="+", choices=_PARTS, default=list(_PARTS), help="these parts")
    options = parser.parse_args()
    print(f"Python {platform.python_version()} on {platform.platform()}")
    for name in options.only:
        rows: Callable[[float], Iterator[str]] = import_module(f"campaign.{name}").rows
        began = time.monotonic()
        print(f"\n{name}: {_PARTS[name]}", flush=True)
        for row in rows(options.seconds / len(options.only)):
            print(row, flush=True)
        print(f"({time.monotonic() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
