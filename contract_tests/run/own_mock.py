"""Starts a mock of our own as another program, for runs without a URL, and opens the accounts that a run needs."""

import json
import os
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, STDOUT, Popen, TimeoutExpired
from threading import Thread, Timer
from urllib.request import ProxyHandler, Request, build_opener

from remo_mock.contract.packaged import CONTRACT_DIR_VARIABLE

from ..model.credentials import Credentials
from ..plan.own_mock_stages import OwnMock

_TIMEOUT = 30
_CREDITS = 1000
# No proxy stands between us and a mock of our own, whatever HTTP_PROXY says.
_open = build_opener(ProxyHandler({})).open


class MockFailedError(Exception):
    """The mock did not start; the text holds what it printed."""


@contextmanager
def own_mock(*options: str, contract_dir: Path | None = None) -> Iterator[str]:
    """Serve a fresh mock on a free port while the block runs, and yield its URL. Raises `MockFailedError`.

    `contract_dir` is the folder of the contract that it keeps; None is the packaged one.
    """
    # -P: a folder of the same name in the working directory is not ours; nor are the user's settings of other mocks.
    command = [sys.executable, "-P", "-m", "remo_mock", "serve", "--port", "0", *options]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("REMO_MOCK_")}
    if contract_dir is not None:
        environment[CONTRACT_DIR_VARIABLE] = str(contract_dir)
    with Popen(command, stdout=PIPE, stderr=STDOUT, text=True, env=environment) as process:  # noqa: S603 - ours
        timer = Timer(_TIMEOUT, process.kill)
        timer.start()
        try:
            url = _announced_url(process)
            timer.cancel()
            # What the mock prints has to be taken from the pipe: a full one would stop it in the middle of a request.
            Thread(target=_drain, args=(process,), daemon=True).start()
            yield url
        finally:
            timer.cancel()
            process.terminate()
            try:
                process.wait(timeout=10)
            except TimeoutExpired:
                process.kill()


def _announced_url(process: Popen[str]) -> str:
    printed: list[str] = []
    for line in process.stdout or ():
        found = re.search(r"https?://\S+", line)
        if found:
            return found[0].rstrip("/")
        printed.append(line.rstrip())
    raise MockFailedError(f"remo-mock serve did not start: {' '.join(printed) or 'it printed nothing'}")


def _drain(process: Popen[str]) -> None:
    for _ in process.stdout or ():
        pass


def open_account(url: str, name: str, *, credit: int = _CREDITS) -> Credentials:
    """Open an account with random keys on a mock of our own."""
    # No report can hold these keys by chance, so a test can look for them.
    account = Credentials(
        f"verify-{name}-{secrets.token_hex(4)}@example.com",
        f"user-{secrets.token_hex(8)}",
        f"api-{secrets.token_hex(8)}",
    )
    body = {"email": account.email, "user_key": account.user_key, "api_key": account.api_key, "credit": credit}
    request = Request(  # noqa: S310 - the URL is our own mock's
        f"{url}/__admin/accounts", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with _open(request, timeout=_TIMEOUT):
        return account


def capabilities(url: str) -> frozenset[str]:
    """Return what a mock says that it can be asked for, such as `prefer`."""
    with _open(f"{url}/__admin/health", timeout=_TIMEOUT) as reply:
        health = json.load(reply)
    return frozenset(health.get("capabilities", ()))


def inspect_mock(url: str) -> OwnMock:
    """Return what a mock of our own can be asked for, and a new account of it without credits."""
    return OwnMock(capabilities(url), open_account(url, "broke", credit=0))
