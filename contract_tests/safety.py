"""Decides what may be sent where: nothing leaves this machine, in clear text, or for credits, unless told."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from .client import is_loopback


@dataclass
class UnsafeError(Exception):
    """What was asked for is refused; the text says which option allows it."""

    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.problem}. {self.remedy}"


def check_target(url: str, *, live: bool, allow_http: bool, budget: int, has_credentials: bool) -> None:
    """Raise `UnsafeError` unless a run against `url` was allowed in so many words."""
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_is_fine = urlsplit("//"), False
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_fine:
        raise UnsafeError("This is no URL of a server", "Give one such as http://127.0.0.1:4420")
    if parts.username is not None or parts.password is not None:
        raise UnsafeError("The URL holds a password", "Give the credentials as REMO_API_EMAIL and the like")
    if parts.query or parts.fragment:
        raise UnsafeError("The URL has a query or a fragment", "Give the base URL alone: the paths are the contract's")
    if budget < 0:
        raise UnsafeError("A budget is no debt", "Give --budget 0 or more credits")
    if is_loopback(url):
        return
    if not live:
        raise UnsafeError(f"{parts.hostname} is not this machine", "Add --live if you may send test requests to it")
    if parts.scheme == "http" and not allow_http:
        raise UnsafeError(
            "Credentials would travel in clear text (L17)", "Use https, or add --allow-http if the network is yours"
        )
    if not has_credentials:
        raise UnsafeError(
            "Credentials are missing", "Set REMO_API_EMAIL, REMO_API_USER_KEY and REMO_API_KEY in the environment"
        )
