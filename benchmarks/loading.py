"""Loads a server with one request, again and again, by wrk or, where that is missing, by threads of its own."""

import http.client
import json
import re
import shutil
import statistics
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

from serving import Server
from workloads import PATHS

GENERATOR = "wrk" if shutil.which("wrk") else "threads of Python (wrk is missing: apt-get install wrk)"
"""What loads the servers."""

_TIMES_AS_LONG = 5
_JSON = {"Content-Type": "application/json"}
# Each thread of wrk runs this for itself. One body is sent as it lies; a `request` would copy it each time.
_REQUESTS = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local bodies, requests, at = {}, {}, 0
for _, name in ipairs(names) do
  local file = io.open(name, "rb")
  table.insert(bodies, file:read("*a"))
  file:close()  -- wrk has no room for connections behind many open files
end
wrk.body = bodies[1]
if #bodies > 1 then
  request = function()
    at = at % #bodies + 1
    requests[at] = requests[at] or wrk.format(nil, nil, nil, bodies[at])
    return requests[at]
  end
end
"""
_REPORT = """
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format("figures: %d %d %d %.0f %.0f\\n", summary.requests,
    errors.connect + errors.read + errors.write + errors.timeout + errors.status, summary.duration,
    latency:percentile(50), latency:percentile(99)))
end
"""


class NotAnsweredError(Exception):
    """A server sent no answer in time, or one that is no success."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a server did under load: requests a second, CPU milliseconds of its processes for each, waits in ms."""

    rate: float
    cpu_ms: float
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class _Figures:
    number: int
    seconds: float
    p50_ms: float
    p99_ms: float


def load(
    server: Server,
    workload: str,
    bodies: Path,
    *,
    seconds: float,
    warm: float = 1,
    connections: int = 8,
    names: Sequence[str] = (),
) -> Load:
    """Send a workload for some seconds, after `warm` more in which every worker sees the photos.

    `bodies` is the directory that `write_bodies` wrote to; the bodies are the files `names` there, by turns, the
    workload's unless given. Raises `NotAnsweredError`.
    """
    files = [bodies / name for name in names or [workload]]
    if warm:
        _send(server, workload, files, seconds=warm, connections=connections)
    # The first answers may take longer than all of the time: photos are seen, code is compiled.
    for longer in (seconds, seconds * _TIMES_AS_LONG):
        before = server.cpu_seconds
        figures = _send(server, workload, files, seconds=longer, connections=connections)
        if figures.number:
            break
    else:
        raise NotAnsweredError(f"{workload} was not answered within {longer} seconds")
    cpu = server.cpu_seconds - before
    return Load(figures.number / figures.seconds, cpu / figures.number * 1000, figures.p50_ms, figures.p99_ms)


def _send(server: Server, workload: str, files: Sequence[Path], *, seconds: float, connections: int) -> _Figures:
    send = _by_wrk if shutil.which("wrk") and seconds >= 1 else _by_threads  # wrk counts whole seconds
    return send(server.url + PATHS[workload], files, seconds=seconds, connections=connections)


def _by_wrk(url: str, files: Sequence[Path], *, seconds: float, connections: int) -> _Figures:
    script = files[0].with_name(f"{files[0].name}.lua")
    script.write_text(f"local names = {{{', '.join(json.dumps(str(file)) for file in files)}}}\n{_REQUESTS}{_REPORT}")
    threads = min(2, connections)
    command = [
        "wrk",
        f"-t{threads}",
        f"-c{connections}",
        f"-d{seconds:.0f}s",
        "--timeout",
        "60s",
        "-s",
        str(script),
        url,
    ]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"figures: (\d+) (\d+) (\d+) (\d+) (\d+)", output)
    number, errors, microseconds, p50, p99 = map(int, found.groups() if found else (0, 0, 1, 0, 0))
    if errors or found is None:
        raise NotAnsweredError(f"{url} was not answered with successes:\n{output}")
    return _Figures(number, microseconds / 1e6, p50 / 1000, p99 / 1000)


def _by_threads(url: str, files: Sequence[Path], *, seconds: float, connections: int) -> _Figures:
    bodies, parts, waits, failures = [file.read_bytes() for file in files], urlsplit(url), list[float](), list[str]()
    began = time.monotonic()

    def send() -> None:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        for body in cycle(bodies):
            if time.monotonic() >= began + seconds or failures:
                break
            sent = time.monotonic()
            connection.request("POST", parts.path, body, _JSON)
            answer = connection.getresponse()
            answer.read()
            waits.append((time.monotonic() - sent) * 1000)
            if answer.status != 200:
                failures.append(f"{url} was answered with {answer.status}")
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise NotAnsweredError(failures[0])
    took = time.monotonic() - began
    return _Figures(len(waits), took, statistics.median(waits), statistics.quantiles(waits * 2, n=100)[98])
