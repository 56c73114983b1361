"""Asks a mock over HTTP whether it answers, with the standard library alone, in a bounded time."""

import json
import math
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import urlsplit

from remo_mock.addresses import is_every_interface, is_loopback
from remo_mock.exceptions import RemoMockError

_PATH = "/__admin/health"
# What a mock answers is shorter; of another server's answer no more is read.
_LONGEST = 10_000
_MOST_SECONDS = 86_400
_VERSION = re.compile(r"[0-9A-Za-z.+_-]{1,50}")


class NotHealthyError(RemoMockError):
    """A mock does not answer, or not yet."""

    exit_code: ClassVar[int] = 1


@dataclass
class NoAnswerError(NotHealthyError):
    """Nothing, or something else than a mock, answers at an address."""

    url: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.url} {self.problem}. {self.remedy}"


@dataclass
class NotStartedError(NotHealthyError):
    """There is no ready file."""

    path: Path

    def __str__(self) -> str:
        return (
            f"--ready-file {self.path} is not there: the mock has not started yet, has ended, or was started without "
            "it. Look at what `remo-mock serve` printed, or give it more time with --wait 30."
        )


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a mock sends none, and where it would lead nobody asked about."""

    def redirect_request(self, *_: Any) -> None:
        return None


def read_url(text: str) -> str:
    """Return the base URL of a server, without a slash at its end. Raises `ValueError`, whose text quotes nothing."""
    url = text.strip().rstrip("/").removesuffix(_PATH)
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and "@" not in parts.netloc
    except ValueError:  # for what is no number of a port
        known = False
    if not known or not (url.isascii() and url.isprintable()) or " " in url or "?" in url or "#" in url:
        raise ValueError("give the base URL of a mock, such as http://127.0.0.1:4420.")
    return url


def read_seconds(text: str) -> float:
    """Read a number of seconds. Raises `ValueError`."""
    seconds = float(text)
    if not (math.isfinite(seconds) and 0 <= seconds <= _MOST_SECONDS):
        raise ValueError(text)
    return seconds


def ask(url: str, *, timeout: float) -> str:
    """Return the version of the mock at a base URL. Raises `NotHealthyError` within `timeout` seconds."""
    answers: list[str | NotHealthyError] = []
    # In a thread: a server that sends one byte now and then keeps each single wait short.
    asking = Thread(target=lambda: answers.append(_answer(url, timeout)), name="health", daemon=True)
    asking.start()
    asking.join(timeout)
    answer = answers[0] if answers else _silent(url, timeout)
    if isinstance(answer, NotHealthyError):
        raise answer
    return answer


def _answer(url: str, timeout: float) -> "str | NotHealthyError":
    host = urlsplit(url).hostname or ""
    direct = is_loopback(host) or is_every_interface(host)
    proxies = [urllib.request.ProxyHandler({})] if direct else []
    opener = urllib.request.build_opener(*proxies, _StayHere())
    try:
        with opener.open(url + _PATH, timeout=timeout) as response:
            return _version(url, response.read(_LONGEST))
    except urllib.error.HTTPError as error:
        error.close()
        return NoAnswerError(url, f"answers with HTTP {error.code} where a mock's health is", _OTHER)
    except TimeoutError:
        return _silent(url, timeout)
    except (OSError, ValueError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            return _silent(url, timeout)
        return NoAnswerError(url, f"does not answer: {_shown(getattr(reason, 'strerror', None) or reason)}", _START)


_START = "Start it with `remo-mock serve`, look at what that printed, or give it more time with --wait 30."
_OTHER = "Another server has this address: give that of the mock, which `remo-mock serve` prints."


def _shown(reason: object) -> str:
    """Return the beginning of a text without what steers a terminal: what is no HTTP is quoted as it came."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in str(reason)[:100])


def _silent(url: str, timeout: float) -> NoAnswerError:
    remedy = "Look whether it is busy, or give it more time with --timeout 30."
    return NoAnswerError(url, f"has not answered within {timeout:g} s", remedy)


def _version(url: str, body: bytes) -> "str | NotHealthyError":
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        document = None
    version = document.get("version") if isinstance(document, dict) and document.get("status") == "ok" else None
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        return NoAnswerError(url, "answers, and is no remo-mock", _OTHER)
    return version
