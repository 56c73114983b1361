"""Sends requests over HTTP and returns bytes; follows no redirect, repeats nothing, knows no contract."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from threading import local
from urllib.parse import urlsplit

import requests
import urllib3

from .exchange import Reply

# Longer bodies are no reply of these endpoints: three images of 50 megapixels stay below.
_LARGEST = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request came to: a reply, or why there is none; and the seconds it took."""

    reply: Reply | None
    failure: str
    seconds: float
    refused: bool = False
    timed_out: bool = False


def is_loopback(url: str) -> bool:
    """Tell whether a URL names this machine; a name that only begins like its address does not."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Session(requests.Session):
    """A session that does not even look where a redirect leads: nothing of it is followed."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Find no target."""


def _wrong_length(announced: str, arrived: int) -> str:
    """Say what is wrong with a Content-Length; a list of equal values is allowed (RFC 9110, section 8.6)."""
    values = {value.strip() for value in announced.split(",") if value.strip()}
    if not values:
        return ""
    if len(values) > 1 or not all(value.isascii() and value.isdigit() for value in values):
        return "the reply's Content-Length is no length"
    missing = int(values.pop()) - arrived
    return f"the reply ends {missing} bytes too early" if missing > 0 else ""


class Client:
    """A keep-alive connection for each thread; credentials go to this base URL and nowhere else."""

    def __init__(self, base_url: str, *, timeout: float) -> None:
        self.base_url = base_url
        self._timeout = timeout
        self._threads = local()
        self._sessions: list[requests.Session] = []

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send one request; a time-out or a cut connection is an answer without a reply."""
        started = time.perf_counter()
        sent = {"Accept-Encoding": "identity", "Accept": "application/json", **headers}
        try:
            with self._session().request(
                method,
                self.base_url + path,
                data=body if method != "GET" else None,
                headers=sent,
                timeout=(min(10.0, self._timeout), self._timeout),
                allow_redirects=False,
                stream=True,
            ) as response:
                data = response.raw.read(_LARGEST, decode_content=False)
                wrong = _wrong_length(response.headers.get("Content-Length", ""), len(data))
                if wrong:
                    return Answer(None, wrong, time.perf_counter() - started)
                reply = Reply(response.status_code, {k.lower(): v for k, v in response.headers.items()}, data)
            return Answer(reply, "", time.perf_counter() - started)
        except requests.exceptions.ReadTimeout:
            why = f"no reply within {self._timeout:g} s"
            return Answer(None, why, time.perf_counter() - started, timed_out=True)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            # ValueError: what the target sent is no HTTP that Python can read, such as a header in another encoding.
            refused = isinstance(error, requests.exceptions.ConnectTimeout) or "NewConnectionError" in repr(error)
            why = "cannot connect" if refused else f"the connection broke: {_cause(error)}"
            return Answer(None, why, time.perf_counter() - started, refused=refused)

    def close(self) -> None:
        """Close all connections."""
        for session in self._sessions:
            session.close()

    def _session(self) -> requests.Session:
        if not hasattr(self._threads, "session"):
            session = _Session()
            # No proxy stands between us and this machine, and no netrc adds credentials of its own.
            session.trust_env = not is_loopback(self.base_url)
            session.auth = _no_auth
            self._threads.session = session
            self._sessions.append(session)
        found: requests.Session = self._threads.session
        return found


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _cause(error: BaseException) -> str:
    """Name the innermost exception: the outer ones repeat the URL and object addresses."""
    while error.args and isinstance(error.args[-1], BaseException):
        error = error.args[-1]
    return f"{type(error).__name__}: {error.args[0] if error.args else ''}".rstrip(": ")
