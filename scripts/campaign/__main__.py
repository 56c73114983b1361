"""Runs every part of the campaign for a part of the time, and prints their figures (`make campaign`).

The exit code is 1 if a part found something wrong.
"""

import argparse
import platform
from multiprocessing import get_context

from campaign.parts import PARTS, run

_SECONDS = 600


def main() -> None:
    """Run the parts that are asked for, one after the other."""
    parser = argparse.ArgumentParser(prog="campaign", description=__doc__)
    parser.add_argument("--seconds", type=float, default=_SECONDS, help="for all parts together (%(default)s)")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="these parts")
    options = parser.parse_args()
    print(f"Python {platform.python_version()} on {platform.platform()}", flush=True)
    weights = sum(PARTS[name][1] for name in options.only)
    # Each part is a process of its own: Linux counts the memory of the one that starts a program as the program's.
    processes = get_context("spawn")
    ends = []
    for name in options.only:
        part = processes.Process(target=run, args=(name, options.seconds * PARTS[name][1] / weights))
        part.start()
        part.join()
        ends.append(part.exitcode)
    raise SystemExit(int(any(ends)))


if __name__ == "__main__":
    main()
