"""Sends requests over HTTP and returns the bytes of the reply; follows no redirect, repeats nothing that may cost."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import local
from urllib.parse import urlsplit

import requests
import urllib3

from remo_mock import addresses

from ..model.exchange import Reply
from .connection import DeadlineAdapter, DiedIdleError, NoTlsError
from .response_body import Received, TooLongError, decompress, length_error, longest_reply, read_raw

_LONGEST_CONNECT = 10.0


@dataclass(frozen=True, slots=True)
class SendResult:
    """A reply, or why there is none, and the seconds that it took.

    `refused`: no connection could be made; `timed_out`: there was no whole reply in time.
    """

    reply: Reply | None
    failure: str
    seconds: float
    refused: bool = False
    timed_out: bool = False


def is_loopback(url: str) -> bool:
    """Tell whether a URL names this machine; a name that only begins like its address does not."""
    return addresses.is_loopback(urlsplit(url).hostname or "")


class _Session(requests.Session):
    """A session that does not even parse the target of a redirect: it follows none."""

    adapter: DeadlineAdapter

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return no target."""


class Client:
    """A keep-alive connection for each thread; credentials go to this base URL and nowhere else."""

    def __init__(self, base_url: str, *, timeout: float) -> None:
        self.base_url = base_url
        self.counted = Received()
        self._timeout = timeout
        self._threads = local()
        self._sessions: list[_Session] = []

    def send(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], *, free: bool = False
    ) -> SendResult:
        """Send one request; a timeout or a broken connection is a result without a reply.

        A request that is `free` may use a kept connection, and is sent once more if that one turns out to be dead.
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
        except TooLongError as error:
            self._session().close()
            return SendResult(None, str(error), time.perf_counter() - started)
        except (requests.exceptions.ReadTimeout, urllib3.exceptions.ReadTimeoutError):
            return SendResult(None, self._late, time.perf_counter() - started, timed_out=True)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            # ValueError: what the target sent is no HTTP that Python can read, such as a header in another encoding.
            seconds = time.perf_counter() - started
            no_tls = getattr(error.args[0], "reason", None) if error.args else None
            if isinstance(no_tls, NoTlsError):
                return SendResult(None, f"cannot connect by TLS ({no_tls.reason})", seconds, refused=True)
            refused = isinstance(error, requests.exceptions.ConnectTimeout) or "NewConnectionError" in repr(error)
            if not refused and isinstance(_innermost(error), TimeoutError):  # while the photos were sent
                return SendResult(None, self._late, seconds, timed_out=True)
            failure = "cannot connect" if refused else f"the connection broke: {_described(error)}"
            return SendResult(None, failure, seconds, refused=refused)
        seconds = time.perf_counter() - started
        return SendResult(None, reply, seconds) if isinstance(reply, str) else SendResult(reply, "", seconds)

    def close(self) -> None:
        """Close all connections."""
        for session in self._sessions:
            session.close()

    def _reply(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply | str:
        """Return the reply, or what is wrong with its length."""
        longest = longest_reply(len(body))
        self.counted.add(sent=len(body))
        with self._session().request(
            method,
            self.base_url + path,
            data=body if method != "GET" else None,
            headers={"Accept-Encoding": "identity", "Accept": "application/json", **headers},
            timeout=(min(_LONGEST_CONNECT, self._timeout), self._timeout),
            allow_redirects=False,
            stream=True,
        ) as response:
            try:
                with self._session().adapter.keep_deadline():
                    data = read_raw(response, timeout=self._timeout, longest=longest)
            except TooLongError:
                self.counted.add(received=longest)
                raise
            self.counted.add(received=len(data))
            received = {name.lower(): value for name, value in response.headers.items()}
        wrong = length_error(received.get("content-length", ""), len(data))
        if wrong:
            return wrong
        plain = decompress(data, received.get("content-encoding", ""), longest=longest)
        if plain is not None:
            self.counted.add(received=max(0, len(plain) - len(data)))
        return Reply(response.status_code, received, data if plain is None else plain, plain is not None)

    @property
    def _late(self) -> str:
        return f"no reply within {self._timeout:g} s"

    def _session(self) -> _Session:
        if not hasattr(self._threads, "session"):
            session = _Session()
            session.adapter = DeadlineAdapter(self._timeout)
            for scheme in ("http://", "https://"):
                session.mount(scheme, session.adapter)
            # No proxy stands between us and this machine, and no netrc adds credentials of its own.
            session.trust_env = not is_loopback(self.base_url)
            session.auth = _no_auth
            self._threads.session = session
            self._sessions.append(session)
        found: _Session = self._threads.session
        return found


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _innermost(error: BaseException) -> BaseException:
    """Return the exception that the others wrap: those repeat the URL and addresses of objects."""
    while error.args and isinstance(error.args[-1], BaseException):
        error = error.args[-1]
    return error


def _described(error: BaseException) -> str:
    error = _innermost(error)
    return f"{type(error).__name__}: {error.args[0] if error.args else ''}".rstrip(": ")
