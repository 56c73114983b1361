"""Tries a root file system as a container engine runs it: PID 1, read-only, another user, nothing but its own files."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from image.dockerfile import Stage

_SECONDS = 60
_STOP_SECONDS = 3.0
_PATH = "/usr/local/bin:/usr/bin:/bin"
# Of the container's own namespaces: its root, read-only, with /proc, a few devices and the data volume.
_ENTER = r"""
mount --make-rprivate /
mount --bind "$1" "$1"
mount --bind "$2" "$1/data"
for device in null zero urandom; do touch "$1/dev/$device"; mount --bind "/dev/$device" "$1/dev/$device"; done
mount -t proc proc "$1/proc"
mount -o remount,bind,ro "$1"
user=$3; folder=$4; root=$1; shift 4
cd "$root"
exec chroot --userspec="$user" "$root" /usr/bin/env --chdir="$folder" "$@"
"""


def try_root(root: Path, stage: Stage) -> Iterator[str]:
    """Yield a line for each thing that holds. Raises `AssertionError` with what does not."""
    port, token = str(_free_port()), "sesame"
    given = {"REMO_MOCK_PORT": port, "REMO_MOCK_ADMIN_TOKEN": token, "REMO_MOCK_DB": "/data/accounts.sqlite"}
    user = stage.last("USER")
    with tempfile.TemporaryDirectory(prefix="remo-mock-data-") as data:
        os.chown(data, *map(int, user.split(":")))
        for start in (1, 2):
            with _container(root, Path(data), stage, given) as (process, pid):
                began = time.monotonic()
                _until(lambda: _in_root(pid, stage.health_command, user, stage, given) == 0, process, "it is healthy")
                yield f"start {start}: healthy by {stage.health_command} after {time.monotonic() - began:.1f} s"
                _holds(_status(pid, "Uid").split()[0] == user.partition(":")[0], f"it runs as {_status(pid, 'Uid')}")
                _holds(_status(pid, "NSpid").split()[-1] == "1", f"it is PID {_status(pid, 'NSpid')}")
                _holds("ro" in _mount_options(pid), f"its root is mounted {_mount_options(pid)}")
                _holds(_reached(port) == 200, "it is reached from outside, which needs 0.0.0.0")
                _holds(_reached(port, "/__admin/accounts") == 401, "/__admin wants a token")
                _holds(_reached(port, "/__admin/accounts", token) == 200, "the token of the environment is taken")
                yield f"start {start}: PID 1 as {user} on a read-only root, 0.0.0.0, token of the environment"
                began = time.monotonic()
                os.kill(pid, signal.SIGTERM)
                code = process.wait(_SECONDS)
                took = time.monotonic() - began
                _holds(code == 0 and took < _STOP_SECONDS, f"SIGTERM: exit code {code} after {took:.2f} s")
                yield f"start {start}: SIGTERM ended it after {took:.2f} s with exit code 0"
        kept = [path.name for path in Path(data).iterdir()]
        _holds("accounts.sqlite" in kept, f"the volume holds {kept}")
        yield f"the volume keeps {kept}"


@contextmanager
def _container(
    root: Path, data: Path, stage: Stage, given: dict[str, str]
) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    unshare = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-ec", _ENTER, "sh"]
    variables = stage.environment({"PATH": _PATH}) | given
    words = [f"{name}={value}" for name, value in variables.items()]
    command = [*unshare, str(root), str(data), stage.last("USER"), stage.last("WORKDIR"), "-i", *words, *stage.command]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        yield process, _until(lambda: _child_of(process.pid), process, "it has started")
    finally:
        process.kill()
        process.wait()


def _in_root(pid: int, command: Sequence[str], user: str, stage: Stage, given: dict[str, str]) -> int:
    """Run a command beside the one of a container, as `docker exec` and health checks do; return its exit code."""
    variables = stage.environment({"PATH": _PATH}) | given
    uid, _, gid = user.partition(":")
    enter = ["nsenter", "--target", str(pid), "--mount", "--pid", "--root", "--setuid", uid, "--setgid", gid]
    words = [f"{name}={value}" for name, value in variables.items()]
    inside = ["/usr/bin/env", "-i", *words, *command]
    return subprocess.run([*enter, *inside], capture_output=True, check=False).returncode  # noqa: S603 - ours


def _child_of(pid: int) -> int:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0]) if children else 0


def _status(pid: int, name: str) -> str:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(line.partition(":")[2].strip() for line in lines if line.startswith(f"{name}:"))


def _mount_options(pid: int) -> list[str]:
    mounts = [line.split() for line in Path(f"/proc/{pid}/mountinfo").read_text().splitlines()]
    return next(one[5] for one in reversed(mounts) if one[4] == "/").split(",")


def _reached(port: str, path: str = "/__admin/health", token: str = "") -> int:
    """Ask by an address of this machine that is not loopback, where it has one; return the HTTP status."""
    header = f"Authorization: Bearer {token}\r\n" if token else ""
    host = socket.gethostbyname(socket.gethostname())
    with socket.create_connection((host, int(port)), timeout=_SECONDS) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n{header}Connection: close\r\n\r\n".encode())
        return int(connection.recv(64).split()[1])


def _free_port() -> int:
    with socket.create_server(("0.0.0.0", 0)) as probe:  # noqa: S104 - closed at once
        return int(probe.getsockname()[1])


def _until(condition: Callable[[], int], process: "subprocess.Popen[bytes]", what: str) -> int:
    end = time.monotonic() + _SECONDS
    while not (found := condition()):
        _holds(process.poll() is None and time.monotonic() < end, f"waited in vain until {what}")
        time.sleep(0.05)
    return int(found)


def _holds(condition: bool, what: str) -> None:
    if not condition:
        raise AssertionError(what)
