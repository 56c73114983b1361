"""Leads what `requests` clients send to the mock that has taken the address; knows no contract and no reply."""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from responses import RequestsMock

Send = Callable[..., Response]


@dataclass(frozen=True, slots=True, eq=False)
class Taker:
    """Who has taken base URLs, under http and https alike, and answers what is sent there.

    A URL without a port means every port of its host. `send` is called as `HTTPAdapter.send` is.
    """

    urls: Sequence[str]
    send: Send


_lock = Lock()
_active: list[Taker] = []
# Tasks and threads that took an address for themselves are not led to what others took.
_own: ContextVar[tuple[Taker, ...]] = ContextVar("remo_mock", default=())
_patched: list[tuple[type, str, Any]] = []


def begin(taker: Taker) -> None:
    """Lead requests to `taker`, before any that began earlier."""
    with _lock:
        _active.append(taker)
        _own.set((*_own.get(), taker))
        if not _patched:
            _patch()


def end(taker: Taker) -> None:
    """Lead no more requests to `taker`; the last one leaves `requests` as it was found."""
    with _lock:
        _active.remove(taker)
        _own.set(tuple(one for one in _own.get() if one is not taker))
        if not _active:
            while _patched:
                owner, name, found = _patched.pop()
                if getattr(getattr(owner, name), "of_remo_mock", False):  # else another mock ends after us
                    setattr(owner, name, found)


def find(url: str) -> Taker | None:
    """Return who has taken `url`: the last of the running task or thread, else the last of all, else None."""
    own = [taker for taker in _own.get() if taker in _active]
    return next((taker for taker in reversed([*_active, *own]) if path_below(url, taker.urls) is not None), None)


def path_below(url: str, bases: Sequence[str]) -> str | None:
    """Return the path of `url` below the base that it begins with, or None."""
    asked = urlsplit(url)
    for base in map(urlsplit, bases):
        same_port = base.port is None or base.port == (asked.port or {"http": 80, "https": 443}.get(asked.scheme))
        prefix = base.path.rstrip("/")
        if asked.hostname == base.hostname and same_port and f"{asked.path}/".startswith(f"{prefix}/"):
            return asked.path[len(prefix) :] or "/"
    return None


def _patch() -> None:
    """Stand before the sending of `requests`, and of each `responses` mock that starts while we are there.

    So a taken address is ours whichever mock came first, and all other addresses are theirs.
    """
    sending, starting = HTTPAdapter.send, RequestsMock.unbound_on_send

    def unbound_on_send(mock: RequestsMock) -> Send:
        return _before(starting(mock))

    unbound_on_send.of_remo_mock = True  # type: ignore[attr-defined]
    for owner, name, ours in (
        (HTTPAdapter, "send", _before(sending)),
        (RequestsMock, "unbound_on_send", unbound_on_send),
    ):
        found = getattr(owner, name)
        if not getattr(found, "of_remo_mock", False):
            _patched.append((owner, name, found))
            setattr(owner, name, ours)


def _before(others: Send) -> Send:
    def send(adapter: HTTPAdapter, request: PreparedRequest, *arguments: Any, **options: Any) -> Response:
        taker = find(request.url or "")
        answer = others if taker is None else taker.send
        return answer(adapter, request, *arguments, **options)

    send.of_remo_mock = True  # type: ignore[attr-defined]
    return send
