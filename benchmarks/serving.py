"""Runs the server of a checkout, or another one, and measures its CPU time and memory (Linux)."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from workloads import PATHS, new_account

HERE = Path(__file__).resolve().parent.parent
_TICK = os.sysconf("SC_CLK_TCK")
_CONFLICT = 409
# Seconds: what a mock takes at most for the answers that it holds back, and some.
_LAST_WORDS = 20


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
    """A running server: its base URL, the id of its parent process, seconds from the command to its first answer."""

    url: str
    pid: int
    start: float

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

    def memory(self, field: str = "VmRSS") -> float:
        """Return a field of /proc/PID/status in MB, added up over its processes; pages that they share count twice."""
        return sum(_kilobytes(pid, field) for pid in self.family) / 1024


def _kilobytes(pid: int, field: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:"))


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


@contextmanager
def running(checkout: Checkout, *, workers: int, options: Sequence[str] = ()) -> Iterator[Server]:
    """Run the server of a checkout on a free port, with the account of the workloads."""
    command = checkout.command("serve", "--port", "0", "--workers", str(workers), *options)
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        env=checkout.environment,
        cwd=checkout.directory,
        start_new_session=True,
    )
    with ended(process):
        found = re.search(r" on (http://\S+)", process.stdout.readline() if process.stdout else "")
        if found is None:
            raise SystemExit(f"the server did not start: {' '.join(command)}")
        requests.get(found[1] + PATHS["W1"], timeout=60)  # any answer, as from the other servers
        start = time.perf_counter() - began
        added = requests.post(f"{found[1]}/__admin/accounts", json=new_account(), timeout=60)
        if added.status_code != _CONFLICT:  # its books were filled before
            added.raise_for_status()
        yield Server(found[1], process.pid, start)


@contextmanager
def ended(process: "subprocess.Popen[str]", *, patience: float = _LAST_WORDS) -> Iterator[None]:
    """End a process that leads a session, and wait for it, at the end of the context.

    One that does not end within `patience` seconds is killed with its children: granian alone, without ours around it,
    misses a signal that comes while its workers start.
    """
    try:
        yield
    finally:
        process.terminate()
        try:
            process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
