"""Requests a second of `remo-mock serve`, and its CPU time for each, for photos seen before."""

import argparse
import tempfile
from pathlib import Path

from serving import HERE, Checkout, load, running
from workloads import PATHS, write_bodies


def main() -> None:
    """Measure each workload with each number of workers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    print("workers  workload  requests/s  CPU ms a request")
    with tempfile.TemporaryDirectory() as name:
        bodies = Path(name)
        write_bodies(bodies, PATHS)
        for workers in options.workers:
            with running(Checkout(HERE), workers=workers) as server:
                for workload in PATHS:
                    done = load(server, workload, bodies, seconds=options.seconds)
                    print(f"{workers:>7}  {workload:<8}  {done.rate:>10.1f}  {done.cpu_ms:>16.2f}")


if __name__ == "__main__":
    main()
