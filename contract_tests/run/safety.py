"""Checks that a run against a URL is allowed: another machine, clear text and credits need an option each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from remo_mock.addresses import is_every_interface

from .client import is_loopback

_EXAMPLE = "http://127.0.0.1:4420"
_KEYS = "REMO_API_EMAIL, REMO_API_USER_KEY and REMO_API_KEY"
# What may be a host without a scheme; anything else may be a key in the wrong place, and is not repeated.
_HOST = re.compile(r"(localhost|[\w-]+(\.[\w-]+)+|\[[0-9a-fA-F:.]+\]|[\w-]+(?=:\d))(:\d+)?(/[\w./-]*)?")


@dataclass
class UnsafeError(Exception):
    """The run is not allowed; the text says which option allows it."""

    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.problem}. {self.remedy}"


def check_url(url: str, *, paths: Iterable[str] = ()) -> None:
    """Raise `UnsafeError` unless `url` is the base URL of a server; `paths` are the endpoints' paths."""
    # First of all: no message below may repeat a password.
    if "@" in url:
        raise UnsafeError("The URL holds a password or a name", f"Take it out: the credentials come from {_KEYS}")
    if not url.strip() or re.search(r"[\s\x00-\x1f\\]", url):
        raise UnsafeError("This is no URL of a server", f"Give one such as {_EXAMPLE}")
    if "://" not in url:
        raise UnsafeError("The URL has no scheme", f"Give {_with_scheme(url)}")
    parts = _split(url)
    if parts.scheme not in ("http", "https"):
        raise UnsafeError("This is no URL of a server that speaks HTTP", f"Give one such as {_EXAMPLE}")
    if "?" in url or "#" in url:
        raise UnsafeError("The URL has a query or a fragment", "Give the base URL alone: the paths are the contract's")
    for path in paths:
        if parts.path.rstrip("/").endswith(path):
            base = url.rstrip("/").removesuffix(path)
            raise UnsafeError(f"The URL ends in an endpoint's path, {path}", f"Give the base URL alone: {base}")


def check_target(
    url: str, *, live: bool, allow_http: bool, budget: int, has_credentials: bool, paths: Iterable[str] = ()
) -> None:
    """Raise `UnsafeError` unless the options allow a run against `url`."""
    check_url(url, paths=paths)
    if budget < 0:
        raise UnsafeError("The budget is negative", "Give --budget 0 or more credits")
    if is_loopback(url):
        return
    missing = list(_missing(_split(url), live=live, allow_http=allow_http, has_credentials=has_credentials))
    if missing:
        # All at once: users who are refused once for each learn to add options without reading.
        raise UnsafeError(". ".join(problem for problem, _ in missing), ". ".join(remedy for _, remedy in missing))


def _missing(parts: SplitResult, *, live: bool, allow_http: bool, has_credentials: bool) -> Iterator[tuple[str, str]]:
    """Yield each thing that is not allowed yet, with the option that allows it."""
    if not live:
        yield f"{parts.hostname} is not this machine", "Add --live if you may send test requests to it"
    if parts.scheme == "http" and not allow_http:
        remedy = "Use https, or add --allow-http if the network is yours"
        yield "Credentials would travel in clear text (L17)", remedy
    if not has_credentials:
        yield "Credentials are missing", f"Set {_KEYS} in the environment"


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", 0
    if port == 0 or not host:
        remedy = f"Give one such as {_EXAMPLE} or http://[::1]:4420, with a port up to 65535"
        raise UnsafeError("The URL has no valid host or port", remedy)
    if is_every_interface(host):
        raise UnsafeError(f"{host} is an address to listen on, and no address to call", f"Give one such as {_EXAMPLE}")
    return parts


def _with_scheme(url: str) -> str:
    try:
        near = is_loopback(f"http://{url}")
    except ValueError:
        return f"one such as {_EXAMPLE}"
    return f"{'http' if near else 'https'}://{url}" if _HOST.fullmatch(url) else f"one such as {_EXAMPLE}"
