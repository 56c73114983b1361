"""Sends hostile requests to a mock in a process of its own, and prints what they cost and how they were answered."""

import base64
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import requests

from campaign.hostile_bodies import costly_bodies, mutations

PATH = "/api/analysis-skeleton-v2-back"
_ACCOUNT = "/__admin/accounts/demo@example.com"
_PHOTO = Path(__file__).parents[2] / "fixtures" / "photos" / "back.jpg"
_JSON = {"Content-Type": "application/json"}
_TIMEOUT = 120.0
_CROWD = 900
_WRONG = 40
_MEGABYTE = 1024 * 1024
_LARGEST = 60 * _MEGABYTE
# CPU seconds that no body takes on a machine of our time.
_MOST_SECONDS = 2.0
_RICH = 1_000_000


@dataclass(frozen=True, slots=True)
class Target:
    """A running mock: its base URL, its process, and the file of its errors."""

    url: str
    process: "subprocess.Popen[str]"
    errors: Path

    @property
    def cpu_seconds(self) -> float:
        """The CPU time of its processes so far (Linux)."""
        tick, children = os.sysconf("SC_CLK_TCK"), Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        family = [str(self.process.pid), *children.read_text().split()]
        stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in family]
        return sum(int(fields[11]) + int(fields[12]) for fields in stats) / tick

    @property
    def credit(self) -> int:
        """The credits of the demo account."""
        return int(requests.get(self.url + _ACCOUNT, timeout=_TIMEOUT).json()["credit"])

    def seconds_of_health(self) -> float:
        """Return how long `health` takes to answer."""
        began = time.monotonic()
        requests.get(f"{self.url}/__admin/health", timeout=_TIMEOUT).raise_for_status()
        return time.monotonic() - began


def rows(seconds: float, wrong: list[str]) -> Iterator[str]:
    """Yield the figures, line by line; generated requests are sent for so many seconds, the rest takes about 30.

    What took too long, was not answered, or changed the books is appended to `wrong`.
    """
    good = _good_request()
    with _target() as target:
        yield from _costs(target, good, wrong)
        yield from _crowds(target, json.dumps(good).encode())
        yield from _wrong_paths(target, wrong)
        yield from _mutants(target, json.dumps(good).encode(), seconds, wrong)
        tracebacks, lives = target.errors.read_text(encoding="utf-8").count("Traceback"), target.process.poll() is None
        yield f"tracebacks: {tracebacks}; the server lives: {lives}"
        if tracebacks or not lives:
            wrong.append(f"{tracebacks} tracebacks" if lives else "the server ended")


def _costs(target: Target, good: dict[str, str], wrong: list[str]) -> Iterator[str]:
    yield f"bodies of {_LARGEST // _MEGABYTE} MB: CPU seconds of the server, status"
    dearest = 0.0
    for name, make in costly_bodies(good).items():
        body, before = make(_LARGEST), target.cpu_seconds
        status = requests.post(target.url + PATH, data=body, headers=_JSON, timeout=_TIMEOUT).status_code
        cost = target.cpu_seconds - before
        dearest = max(dearest, cost)
        yield f"  {cost:5.2f}  {status}  {name}"
        if cost > _MOST_SECONDS:
            wrong.append(f"{name}: {cost:.2f} s of CPU time")
    yield f"  the dearest: {dearest:.2f} s"


def _crowds(target: Target, good: bytes) -> Iterator[str]:
    lines = ["Host: localhost", "Content-Type: application/json", f"Content-Length: {len(good)}"]
    head = "\r\n".join([f"POST {PATH} HTTP/1.1", *lines, "", ""]).encode()
    crowds = {"silent connections": b"", "heads without a body": head, "half bodies": head + good[:99]}
    for name, data in crowds.items():
        with ExitStack() as stack:
            for _ in range(_CROWD):
                stack.enter_context(_connection(target)).sendall(data)
            yield f"{_CROWD} {name}: health after {target.seconds_of_health() * 1000:.0f} ms"


def _wrong_paths(target: Target, wrong: list[str]) -> Iterator[str]:
    photo = b"x" * 4_000_000
    for path in (f"{PATH}/", "/__admin/nothing", "/"):
        statuses = Counter[str]()
        with requests.Session() as session:
            for _ in range(_WRONG):
                for send in (partial(session.post, target.url + path, photo), partial(session.get, target.url)):
                    try:
                        statuses[str(send(timeout=_TIMEOUT).status_code)] += 1
                    except requests.RequestException as error:
                        statuses[type(error).__name__] += 1
        wrong += (f"4 MB to {path} and the next request: {status}" for status in statuses if not status.isdigit())
        answers = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
        yield f"4 MB to {path} and the next request, {_WRONG} times: {answers}"


def _mutants(target: Target, good: bytes, seconds: float, wrong: list[str]) -> Iterator[str]:
    requests.patch(target.url + _ACCOUNT, json={"credit": _RICH}, timeout=_TIMEOUT).raise_for_status()
    ends, statuses, broken = time.monotonic() + seconds, Counter[int](), 0
    bodies = mutations(good, seed=0)
    with requests.Session() as session:
        while time.monotonic() < ends:
            for body in islice(bodies, 50):
                try:
                    reply = session.post(target.url + PATH, data=body, headers=_JSON, timeout=_TIMEOUT)
                except requests.RequestException:
                    broken += 1
                    continue
                statuses[reply.status_code] += 1
    spent = _RICH - target.credit
    answers = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
    yield f"mutated requests: {statuses.total()} ({answers}); connections broken: {broken}"
    yield f"successes: {statuses[200]}, credits spent: {spent}"
    if broken or spent != statuses[200]:
        wrong.append(f"mutated requests: {broken} connections broken, {spent} credits for {statuses[200]} successes")


@contextmanager
def _target() -> Iterator[Target]:
    with tempfile.TemporaryDirectory() as directory:
        errors = Path(directory) / "stderr.txt"
        command = [sys.executable, "-m", "remo_mock", "serve", "--port", "0"]
        with errors.open("w") as stderr:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, text=True)  # noqa: S603 - ours
        try:
            found = re.search(r" on (http://\S+)", process.stdout.readline() if process.stdout else "")
            if found is None:
                raise SystemExit(f"the server did not start: {errors.read_text(encoding='utf-8')}")
            yield Target(found[1], process, errors)
        finally:
            process.terminate()
            process.communicate()


def _connection(target: Target) -> socket.socket:
    host, _, port = target.url.removeprefix("http://").rpartition(":")
    return socket.create_connection((host, int(port)), timeout=_TIMEOUT)


def _good_request() -> dict[str, str]:
    credentials = {"Email": "demo@example.com", "UserKey": "demo-user-key", "APIKey": "demo-api-key"}
    return credentials | {"borigimg": base64.b64encode(_PHOTO.read_bytes()).decode()}
