"""Lets web pages of another origin call the vendor's paths, if the settings name one."""

import re
from collections.abc import Callable

from remo_mock.service.messages.headers import PREFER, RESPONSE_HEADERS
from remo_mock.settings import Settings

Header = Callable[[str], str | None]
"""Returns a header of the request by its name, or None."""

# A header's name (RFC 9110, section 5.1).
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_ASKED_METHOD = "Access-Control-Request-Method"
_ASKED_HEADERS = "Access-Control-Request-Headers"
# The methods that a contract may have; of others the browser need not ask.
_METHODS = {"POST", "PUT", "PATCH"}
# The headers that clients of the vendor send, and ours.
_USUAL = ("Content-Type", PREFER)
# Characters of the header names that a page asks for: a longer list is none that a browser sends.
_LONGEST = 4096


def is_preflight(method: str, header: Header, settings: Settings) -> bool:
    """Tell whether a request is a browser's question whether a page may call, and is answered."""
    return bool(settings.cors) and method == "OPTIONS" and header(_ASKED_METHOD) is not None


def permission(header: Header, settings: Settings) -> dict[str, str]:
    """Return the headers that let web pages of `settings.cors` call and read; never for a route under /__admin."""
    if not settings.cors:
        return {}
    return {
        "Access-Control-Allow-Origin": settings.cors,
        "Access-Control-Allow-Methods": ", ".join(dict.fromkeys(("POST", *_METHODS & {header(_ASKED_METHOD)}))),
        "Access-Control-Allow-Headers": ", ".join((*_USUAL, *_further_names(header(_ASKED_HEADERS) or ""))),
        "Access-Control-Expose-Headers": ", ".join(RESPONSE_HEADERS),
    }


def _further_names(asked: str) -> list[str]:
    """Return the names that a page asks for beside the usual ones: all of them are allowed."""
    usual = [name.lower() for name in _USUAL]
    names = [name.strip() for name in asked[:_LONGEST].split(",")]
    return [name for name in names if _NAME.fullmatch(name) and name.lower() not in usual]
