"""Routes what `requests` clients send to intercepted base URLs to the mocks that answer there."""

import sys
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from threading import RLock
from typing import Any
from urllib.parse import urlsplit

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

from remo_mock.testing.import_hook import when_imported

Send = Callable[..., Response]

ORIGINAL_SEND: Send = getattr(sys.modules.get("responses"), "_real_send", HTTPAdapter.send)
"""The sending of `requests` itself, before a mock of `responses` or one of ours replaced it."""


@dataclass(frozen=True, slots=True, eq=False)
class Interceptor:
    """Base URLs, intercepted under http and https alike, and the `send` that answers requests to them.

    A URL without a port covers every port of its host. `send` is called as `HTTPAdapter.send` is.
    """

    urls: Sequence[str]
    send: Send


_lock = RLock()
_active: list[Interceptor] = []
# A task or thread that started interceptors of its own is answered by them before those of others.
_own: ContextVar[tuple[Interceptor, ...]] = ContextVar("remo_mock", default=())
_replaced: list[tuple[type, str, Any]] = []
# Gives up waiting for modules that were not imported.
_waiting: list[Callable[[], None]] = []
_MARK = "installed_by_remo_mock"


def start_intercepting(interceptor: Interceptor) -> None:
    """Route requests to `interceptor`, before those that were started earlier."""
    with _lock:
        _active.append(interceptor)
        _own.set((*_own.get(), interceptor))
        if not _replaced:
            _install()


def stop_intercepting(interceptor: Interceptor) -> None:
    """Route no more requests to `interceptor`; the last one restores `requests` and `responses`."""
    with _lock:
        _active.remove(interceptor)
        _own.set(tuple(own for own in _own.get() if own is not interceptor))
        if not _active:
            _uninstall()


def interceptor_of(url: str) -> Interceptor | None:
    """Return the interceptor of `url`: the last one of the running task or thread, else the last of all, else None."""
    own = [interceptor for interceptor in _own.get() if interceptor in _active]
    latest_first = reversed([*_active, *own])
    return next((one for one in latest_first if path_below(url, one.urls) is not None), None)


def path_below(url: str, bases: Sequence[str]) -> str | None:
    """Return the path of `url` below the first of the base URLs that it begins with, or None."""
    parts = urlsplit(url)
    for base in map(urlsplit, bases):
        same_port = base.port is None or base.port == (parts.port or {"http": 80, "https": 443}.get(parts.scheme))
        prefix = base.path.rstrip("/")
        if parts.hostname == base.hostname and same_port and f"{parts.path}/".startswith(f"{prefix}/"):
            return parts.path[len(prefix) :] or "/"
    return None


def _install() -> None:
    """Wrap the sending of `requests`, and of each `responses` mock that starts from now on.

    So an intercepted address is ours whichever mock came first, and all other addresses stay theirs.
    """
    _replace(HTTPAdapter, "send", _wrap(HTTPAdapter.send))
    _waiting.append(when_imported("responses", _install_in_responses))


def _install_in_responses(responses: Any) -> None:
    starting = responses.RequestsMock.unbound_on_send

    def unbound_on_send(mock: Any) -> Send:
        return _wrap(starting(mock))

    setattr(unbound_on_send, _MARK, True)
    with _lock:
        if _active:
            _replace(responses.RequestsMock, "unbound_on_send", unbound_on_send)


def _replace(owner: type, name: str, wrapped: Any) -> None:
    found = getattr(owner, name)
    if not getattr(found, _MARK, False):
        _replaced.append((owner, name, found))
        setattr(owner, name, wrapped)


def _uninstall() -> None:
    while _waiting:
        _waiting.pop()()
    while _replaced:
        owner, name, found = _replaced.pop()
        if getattr(getattr(owner, name), _MARK, False):  # else a mock of `responses` outlives ours, and restores it
            setattr(owner, name, found)


def _wrap(send_elsewhere: Send) -> Send:
    def send(adapter: HTTPAdapter, request: PreparedRequest, *arguments: Any, **options: Any) -> Response:
        interceptor = interceptor_of(request.url or "")
        chosen = send_elsewhere if interceptor is None else interceptor.send
        return chosen(adapter, request, *arguments, **options)

    setattr(send, _MARK, True)
    return send
