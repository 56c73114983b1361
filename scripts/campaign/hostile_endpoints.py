"""Judges and records endpoints that mean harm, and prints how each run ended, its time and its memory."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread

from campaign import hostile_servers
from campaign.hostile_servers import HOSTILE
from remo_mock.contract.packaged import good_photo

_TIMEOUT = 2
_PATH = "/api/analysis-skeleton-v2-back"
_COMMAND = [sys.executable, "-m", "remo_mock"]
# How `verify` ends: violations, or not judged. It does not pass, and does not fall.
_ENDS = (1, 3)
_MOST_SECONDS, _MOST_MEGABYTES = 60.0, 250.0


def rows(seconds: float, wrong: list[str]) -> Iterator[str]:
    """Yield a line for each endpoint, first `verify`, then `record`, until `seconds` are over.

    The line has the exit code or HTTP status, seconds, the most memory in MB, and whether there was a traceback. What
    must not be is appended to `wrong`.
    """
    until = time.monotonic() + seconds
    yield f"{'':<28}{'verify: exit':>14}{'s':>7}{'MB':>6}{'record: status':>18}{'s':>7}{'MB':>6}   traceback"
    for name in HOSTILE:
        if time.monotonic() > until:
            yield f"{name:<28} not tried: the time is over"
            continue
        with _hostile_server(name) as url:
            code, took, memory, printed = _verify(url)
            status, waited, kept, said = _record(url)
        traced = "Traceback" in printed + said
        wrong += (
            f"{name}: {found}"
            for found, is_so in {
                f"verify ended with {code}": code not in _ENDS,
                "record did not answer": not status,
                f"{max(took, waited):.1f} s": max(took, waited) > _MOST_SECONDS,
                f"{max(memory, kept):.0f} MB": max(memory, kept) > _MOST_MEGABYTES,
                "traceback": traced,
            }.items()
            if is_so
        )
        yield (
            f"{name:<28}{code:>14}{took:>7.1f}{memory:>6.0f}{status:>18}{waited:>7.1f}{kept:>6.0f}   {traced or 'none'}"
        )


@contextmanager
def _hostile_server(name: str) -> Iterator[str]:
    """Serve in a process of its own: the memory of this one would count as that of the programs that it starts."""
    command = [sys.executable, hostile_servers.__file__, name]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        yield process.stdout.readline().strip() if process.stdout else ""
        process.kill()


def _verify(url: str) -> tuple[int, float, float, str]:
    command = [*_COMMAND, "verify", url, "--budget", "40", "--timeout", str(_TIMEOUT)]
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - ours
        [*command, "--endpoint", "analysis-skeleton-v2-back"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    printed = process.stdout.read().decode(errors="replace") if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, time.monotonic() - began, usage.ru_maxrss / 1024, printed


def _record(url: str) -> tuple[int, float, float, str]:
    said: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        options = ["--cassette", folder, "--budget", "40", "--timeout", str(_TIMEOUT), "--port", "0"]
        process = subprocess.Popen(  # noqa: S603 - ours
            [*_COMMAND, "record", "--upstream", url, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        lines = iter(process.stdout or ())
        address = next((found[0] for line in lines if (found := re.search(r"http://\S+", line))), "")
        Thread(target=lambda: said.extend(lines), daemon=True).start()
        began = time.monotonic()
        status = _post(address)
        waited = time.monotonic() - began
        memory = _most_memory(process.pid)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
    return status, waited, memory, "".join(said)


def _post(address: str) -> int:
    body = {"Email": "a@example.com", "UserKey": "user-key", "APIKey": "api-key"}
    body["borigimg"] = b64encode(good_photo("back")).decode()
    # Not urllib, which follows a Location.
    connection = HTTPConnection(address.removeprefix("http://"), timeout=60)
    try:
        connection.request("POST", _PATH, json.dumps(body), {"Content-Type": "application/json"})
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


def _most_memory(parent: int) -> float:
    """Return the most memory in MB that a process or one of its children has had; 0 where /proc does not tell."""
    found = [0.0]
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        if re.search(rf"^(?:Pid|PPid):\t{parent}$", text, re.MULTILINE) and (
            most := re.search(r"VmHWM:\s*(\d+)", text)
        ):
            found.append(int(most[1]) / 1024)
    return max(found)
