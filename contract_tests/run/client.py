"""Sends requests over HTTP and returns bytes; follows no redirect, repeats nothing that may cost, knows no contract."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import local
from urllib.parse import urlsplit

import requests
import urllib3

from remo_mock import addresses

from ..model.exchange import Reply
from .connection import DeadlineAdapter, DiedIdleError
from .unpacking import unpack

# Longer bodies are no reply of these endpoints: three images of 50 megapixels stay below.
_LARGEST = 256 * 1024 * 1024
_PIECE = 256 * 1024


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
    return addresses.is_loopback(urlsplit(url).hostname or "")


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

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str], *, free: bool = False) -> Answer:
        """Send one request; a time-out or a cut connection is an answer without a reply.

        Only one that is `free` may go by a kept connection, and once more if that one turns out to have died.
        """
        started = time.perf_counter()
        try:
            if not free:
                self._session().close()
            try:
                reply = self._reply(method, path, body, headers)
            except requests.ConnectionError as error:
                if not free or not isinstance(_innermost(error), DiedIdleError):
                    raise
                reply = self._reply(method, path, body, headers)
        except (requests.exceptions.ReadTimeout, urllib3.exceptions.ReadTimeoutError):
            return Answer(None, self._late, time.perf_counter() - started, timed_out=True)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            # ValueError: what the target sent is no HTTP that Python can read, such as a header in another encoding.
            seconds = time.perf_counter() - started
            refused = isinstance(error, requests.exceptions.ConnectTimeout) or "NewConnectionError" in repr(error)
            if not refused and isinstance(_innermost(error), TimeoutError):  # while the photos were sent
                return Answer(None, self._late, seconds, timed_out=True)
            why = "cannot connect" if refused else f"the connection broke: {_cause(error)}"
            return Answer(None, why, seconds, refused=refused)
        seconds = time.perf_counter() - started
        return Answer(None, reply, seconds) if isinstance(reply, str) else Answer(reply, "", seconds)

    def _reply(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply | str:
        """Return the reply, or what is wrong with its length."""
        sent = {"Accept-Encoding": "identity", "Accept": "application/json", **headers}
        with self._session().request(
            method,
            self.base_url + path,
            data=body if method != "GET" else None,
            headers=sent,
            timeout=(min(10.0, self._timeout), self._timeout),
            allow_redirects=False,
            stream=True,
        ) as response:
            data = self._read(response)
            told = {name.lower(): value for name, value in response.headers.items()}
        wrong = _wrong_length(told.get("content-length", ""), len(data))
        if wrong:
            return wrong
        plain = unpack(data, told.get("content-encoding", ""), largest=_LARGEST)
        return Reply(response.status_code, told, data if plain is None else plain, plain is not None)

    def _read(self, response: requests.Response) -> bytes:
        """Read the body as it is, to its end; raise once that takes too long, though each byte came in time."""
        pieces, size, until = list[bytes](), 0, time.perf_counter() + self._timeout
        while size < _LARGEST and (piece := response.raw.read1(_PIECE, decode_content=False)):
            pieces.append(piece)
            size += len(piece)
            if time.perf_counter() > until:
                raise requests.exceptions.ReadTimeout
        return b"".join(pieces)

    @property
    def _late(self) -> str:
        return f"no reply within {self._timeout:g} s"

    def close(self) -> None:
        """Close all connections."""
        for session in self._sessions:
            session.close()

    def _session(self) -> requests.Session:
        if not hasattr(self._threads, "session"):
            session = _Session()
            for scheme in ("http://", "https://"):
                session.mount(scheme, DeadlineAdapter(self._timeout))
            # No proxy stands between us and this machine, and no netrc adds credentials of its own.
            session.trust_env = not is_loopback(self.base_url)
            session.auth = _no_auth
            self._threads.session = session
            self._sessions.append(session)
        found: requests.Session = self._threads.session
        return found


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _innermost(error: BaseException) -> BaseException:
    """Return the exception that the others are about: those repeat the URL and object addresses."""
    while error.args and isinstance(error.args[-1], BaseException):
        error = error.args[-1]
    return error


def _cause(error: BaseException) -> str:
    error = _innermost(error)
    return f"{type(error).__name__}: {error.args[0] if error.args else ''}".rstrip(": ")
