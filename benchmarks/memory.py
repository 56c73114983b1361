"""Memory of `remo-mock serve` while many connections send large bodies, and after; who was answered (Linux)."""

import argparse
import base64
import json
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from serving import HERE, Checkout, Server, running
from workloads import ACCOUNT, FIELDS, PATHS, body, photo

MEGABYTE = 1024 * 1024


def main() -> None:
    """Measure W3 with a few connections and with many, and bodies near the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--checkout", type=Path, default=HERE)
    parser.add_argument("--only", nargs="+", choices=("few", "many", "large"), default=["few", "many", "large"])
    options = parser.parse_args()
    cases = {"few": ("W3", body("W3"), 8, 4), "many": ("W3", body("W3"), 64, 1), "large": ("60 MB", large(60), 64, 1)}
    print("body    connections  answers                      seconds  peak RSS MB  RSS after MB  health at most s")
    for name in options.only:
        label, sent, connections, times = cases[name]
        with running(Checkout(options.checkout.resolve()), workers=options.workers) as server:
            print(
                f"{label:<8}{connections:>11}  {measured(server, sent, connections=connections, times=times)}",
                flush=True,
            )


def large(megabytes: int) -> bytes:
    """Return a body of so many megabytes: three photos, each with zeros behind the picture."""
    each = megabytes * MEGABYTE * 3 // 4 // 3 - 1000
    photos = {
        field: base64.b64encode(photo(view, (426, 640), 20).ljust(each, b"\0")).decode()
        for view, field in FIELDS.items()
    }
    return json.dumps(ACCOUNT | photos).encode()


def measured(server: Server, sent: bytes, *, connections: int, times: int) -> str:
    """Send a body over each connection so many times; return the columns of a line."""
    over, waits = threading.Event(), [0.0]
    asking = threading.Thread(target=ask_for_health, args=(server, over, waits))
    asking.start()
    began = time.monotonic()
    with ThreadPoolExecutor(connections) as pool:
        answers = Counter(pool.map(lambda _: send(server, sent), range(connections * times)))
    took = time.monotonic() - began
    over.set()
    asking.join()
    answered = ", ".join(f"{number} x {code}" for code, number in sorted(answers.items()))
    peak, after = server.memory("VmHWM"), server.memory()
    return f"{answered:<28} {took:>7.1f}  {peak:>11.0f}  {after:>12.0f}  {max(waits):>16.2f}"


def send(server: Server, sent: bytes) -> str:
    """Return the status of an answer, or the name of what came instead."""
    headers = {"Content-Type": "application/json"}
    try:
        return str(requests.post(server.url + PATHS["W3"], data=sent, headers=headers, timeout=300).status_code)
    except requests.RequestException as error:
        return type(error).__name__


def ask_for_health(server: Server, over: threading.Event, waits: list[float]) -> None:
    """Ask for health all the time, and note how long each answer takes."""
    while not over.wait(0.1):
        began = time.monotonic()
        requests.get(f"{server.url}/__admin/health", timeout=300).raise_for_status()
        waits.append(time.monotonic() - began)


if __name__ == "__main__":
    main()
