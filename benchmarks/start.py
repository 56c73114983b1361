"""Seconds from the command to the first answer, and from Ctrl-C to the end of every process."""

import re
import signal
import subprocess
import time

import requests

from serving import HERE, Checkout


def once(workers: int) -> tuple[float, float]:
    """Start a mock, send a request, stop it; return both times in seconds."""
    command = Checkout(HERE).command("serve", "--port", "0", "--workers", str(workers))
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=Checkout(HERE).environment)
    found = re.search(r" on (http://\S+)", process.stdout.readline() if process.stdout else "")
    if found is None:
        raise SystemExit(f"the server did not start: {' '.join(command)}")
    requests.get(f"{found[1]}/__admin/health", timeout=60).raise_for_status()
    answered = time.perf_counter()
    process.send_signal(signal.SIGINT)
    stopping = time.perf_counter()
    process.communicate()
    return answered - began, time.perf_counter() - stopping


if __name__ == "__main__":
    print("workers   first answer s   stop s   (medians of 5)")
    for workers in (1, 4):
        runs = sorted(once(workers) for _ in range(5))
        stops = sorted(stop for _, stop in runs)
        print(f"{workers:>7}{runs[2][0]:>17.2f}{stops[2]:>9.2f}")
