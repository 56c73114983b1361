"""Seconds from the command to the first answers, and from Ctrl-C to the end of every process."""

import re
import signal
import statistics
import subprocess
import time

import requests

from serving import HERE, Checkout
from workloads import PATHS


def once(workers: int) -> tuple[float, float, float]:
    """Start a mock, call a path of the vendor's and one of ours, stop it; return the times in seconds."""
    command = Checkout(HERE).command("serve", "--port", "0", "--workers", str(workers))
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=Checkout(HERE).environment)
    found = re.search(r" on (http://\S+)", process.stdout.readline() if process.stdout else "")
    if found is None:
        raise SystemExit(f"the server did not start: {' '.join(command)}")
    requests.get(found[1] + PATHS["W1"], timeout=60)
    answered = time.perf_counter()
    requests.get(f"{found[1]}/__admin/health", timeout=60).raise_for_status()
    healthy = time.perf_counter()
    process.send_signal(signal.SIGINT)
    stopping = time.perf_counter()
    process.communicate()
    return answered - began, healthy - began, time.perf_counter() - stopping


if __name__ == "__main__":
    print("workers   first answer s   /__admin/health s   stop s   (medians of 5)")
    for workers in (1, 4):
        answered, healthy, stopped = (
            statistics.median(times) for times in zip(*(once(workers) for _ in range(5)), strict=True)
        )
        print(f"{workers:>7}{answered:>17.2f}{healthy:>20.2f}{stopped:>9.2f}")
