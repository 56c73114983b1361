"""Seconds from the command to the first answer, and from Ctrl-C to the end of every process."""

import signal
import subprocess
import sys
import time
import urllib.request

PORT = 4598


def once(workers: int) -> tuple[float, float]:
    """Start a mock, ask it, stop it; return both waits."""
    command = [sys.executable, "-m", "remo_mock", "serve", "--port", str(PORT), "--workers", str(workers)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/__admin/health").read()
            break
        except OSError:
            time.sleep(0.005)
    answered = time.perf_counter()
    process.send_signal(signal.SIGINT)
    stopping = time.perf_counter()
    process.wait()
    return answered - began, time.perf_counter() - stopping


if __name__ == "__main__":
    print("workers   first answer s   stop s   (medians of 5)")
    for workers in (1, 4):
        runs = sorted(once(workers) for _ in range(5))
        stops = sorted(stop for _, stop in runs)
        print(f"{workers:>7}{runs[2][0]:>17.2f}{stops[2]:>9.2f}")
