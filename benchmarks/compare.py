"""Compares this checkout with another one, in alternating rounds: requests a second, CPU time for each request."""

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from loading import load
from serving import HERE, Checkout, running
from workloads import PATHS, write_bodies

Figures = dict[tuple[str, str], list[list[float]]]
"""By workload and measure: for each checkout, this one first, the figure of each round."""

RATE, SERVED, IN_PROCESS = "requests/s, served", "CPU ms a request, served", "CPU ms a request, in process"


def main() -> None:
    """Run the rounds, and print a line for each workload and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, required=True, metavar="DIR", help="the other checkout")
    parser.add_argument("--workloads", nargs="+", choices=PATHS, default=["W1", "W2"])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=4, help="of load, for each workload of a round")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--only", choices=("served", "in-process"))
    options = parser.parse_args()
    checkouts = [Checkout(HERE), Checkout(options.against.resolve())]
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as name:
        bodies = Path(name)
        write_bodies(bodies, options.workloads)
        for number in range(options.rounds):
            # Every other round in the opposite order: what slows the machine down meets both.
            for at in (0, 1) if number % 2 == 0 else (1, 0):
                if options.only != "in-process":
                    serve(checkouts[at], at, options, bodies, figures)
                if options.only != "served":
                    call(checkouts[at], at, options.workloads, bodies, figures)
            print(f"round {number + 1} of {options.rounds} done", file=sys.stderr)
    report(figures)


def serve(checkout: Checkout, at: int, options: argparse.Namespace, bodies: Path, figures: Figures) -> None:
    """Load the server of a checkout with each workload."""
    with running(checkout, workers=options.workers) as server:
        for workload in options.workloads:
            done = load(server, workload, bodies, seconds=options.seconds)
            add(figures, workload, RATE, at, done.rate)
            add(figures, workload, SERVED, at, done.cpu_ms)


def call(checkout: Checkout, at: int, workloads: Sequence[str], bodies: Path, figures: Figures) -> None:
    """Call the application of a checkout in a process without a server."""
    for workload in workloads:
        script = Path(__file__).with_name("in_process.py")
        command = [sys.executable, str(script), checkout.package, workload, str(bodies / workload)]
        done = subprocess.run(command, capture_output=True, text=True, env=checkout.environment, check=False)
        if done.returncode:
            raise SystemExit(f"{checkout.directory}: {done.stderr}")
        add(figures, workload, IN_PROCESS, at, float(done.stdout))


def add(figures: Figures, workload: str, measure: str, at: int, figure: float) -> None:
    """Add the figure of a round."""
    figures.setdefault((workload, measure), [[], []])[at].append(figure)


def report(figures: Figures) -> None:
    """Print medians and ranges, and the ratio of this checkout to the other: the median of the rounds' own."""
    print(f"{'median (lowest to highest)':<34}{'this checkout':>26}{'the other':>26}{'ratio':>24}")
    for workload, measure in sorted(figures):
        this, other = figures[workload, measure]
        ratios = [one / two for one, two in zip(this, other, strict=True)]
        print(f"{workload}  {measure:<30}{span(this):>26}{span(other):>26}{span(ratios):>24}")


def span(figures: Sequence[float]) -> str:
    """Write median and range with three or more digits."""
    middle = statistics.median(figures)
    digits = 0 if middle >= 100 else 1 if middle >= 20 else 2 if middle >= 2 else 3
    return f"{middle:.{digits}f} ({min(figures):.{digits}f} to {max(figures):.{digits}f})"


if __name__ == "__main__":
    main()
