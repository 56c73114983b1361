"""Runs the server of a checkout, loads it with wrk, and measures requests a second and CPU time (Linux)."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from workloads import PATHS, new_account

HERE = Path(__file__).resolve().parent.parent
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Checkout:
    """A checkout of this project, also of the time when its package was called mock_server."""

    directory: Path

    @property
    def package(self) -> str:
        """The name of its package."""
        return "remo_mock" if (self.directory / "mock_server" / "remo_mock").is_dir() else "mock_server"

    def command(self, *arguments: str) -> list[str]:
        """Return the command that runs its command line, with the Python and the libraries of this process."""
        module = "remo_mock" if self.package == "remo_mock" else "mock_server.cli"
        return [sys.executable, "-m", module, *arguments]

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which its package, and no other checkout's, is imported."""
        paths = [self.directory / "mock_server", self.directory] if self.package == "remo_mock" else [self.directory]
        return os.environ | {"PYTHONPATH": os.pathsep.join(map(str, paths))}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its base URL, and the id of its parent process."""

    url: str
    pid: int

    @property
    def cpu_seconds(self) -> float:
        """The CPU time that its processes have used."""
        processes = _processes()
        return sum(processes[one][1] for one in self.family) / _TICK

    @property
    def family(self) -> list[int]:
        """The ids of its processes, the parent first."""
        processes, family = _processes(), [self.pid]
        for one in family:
            family += [number for number, (parent, _) in processes.items() if parent == one]
        return family


def _processes() -> dict[int, tuple[int, int]]:
    """Return the parent and the ticks of CPU time of each process."""
    found = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:  # the process has ended
            continue
        found[int(file.parent.name)] = int(fields[1]), int(fields[11]) + int(fields[12])
    return found


@dataclass(frozen=True, slots=True)
class Load:
    """What a server did under load: requests a second, CPU time of its processes for each request in milliseconds."""

    rate: float
    cpu_ms: float


@contextmanager
def running(checkout: Checkout, *, workers: int) -> Iterator[Server]:
    """Run the server of a checkout on a free port, with the account of the workloads."""
    command = checkout.command("serve", "--port", "0", "--workers", str(workers))
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=checkout.environment, cwd=checkout.directory
    )
    try:
        found = re.search(r" on (http://\S+)", process.stdout.readline() if process.stdout else "")
        if found is None:
            raise SystemExit(f"the server did not start: {' '.join(command)}")
        requests.post(f"{found[1]}/__admin/accounts", json=new_account(), timeout=60).raise_for_status()
        yield Server(found[1], process.pid)
    finally:
        process.terminate()
        process.communicate()


def load(server: Server, workload: str, bodies: Path, *, seconds: int, connections: int = 8) -> Load:
    """Send a workload for some seconds, after one second in which every worker sees the photos.

    `bodies` is the directory that `write_bodies` wrote to.
    """
    _wrk(server, workload, bodies, seconds=1, connections=connections)
    before = server.cpu_seconds
    output = _wrk(server, workload, bodies, seconds=seconds, connections=connections)
    cpu = server.cpu_seconds - before
    number, rate = re.search(r"(\d+) requests in", output), re.search(r"Requests/sec:\s+([\d.]+)", output)
    if "Non-2xx" in output or number is None or rate is None or number[1] == "0":
        raise SystemExit(f"{workload} was not answered with successes:\n{output}")
    return Load(rate=float(rate[1]), cpu_ms=cpu / int(number[1]) * 1000)


def _wrk(server: Server, workload: str, bodies: Path, *, seconds: int, connections: int) -> str:
    script = bodies / f"{workload}.lua"
    script.write_text(
        f'local file = io.open("{bodies / workload}", "rb")\n'
        'wrk.method = "POST"\nwrk.body = file:read("*a")\nwrk.headers["Content-Type"] = "application/json"\n'
    )
    options = ["-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "-s", str(script)]
    command = ["wrk", *options, server.url + PATHS[workload]]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
