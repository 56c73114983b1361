"""Web origins as browsers send them (RFC 6454); knows no request."""

import ipaddress
import re

ANY = "*"
"""Every origin, also the `null` of pages that were opened from a file."""

EXPECTED = "the origin of a page, such as http://localhost:3000 (scheme, host and port; no path), or * for any page"

_DEFAULT_PORTS = {"http": 80, "https": 443}
_ORIGIN = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<host>[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(?::(?P<port>\d{1,5}))?/?"
)


def parse_origin(text: str) -> str:
    """Return an origin the way browsers write it: in lower case, without a last slash or the scheme's own port.

    Raises `ValueError` for what no browser sends, and for `null`, which stands for pages of every kind.
    """
    text = text.strip().lower()
    if text == ANY:
        return text
    found = _ORIGIN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    scheme, host, port = found["scheme"], found["host"], found["port"]
    if host.startswith("["):
        host = f"[{ipaddress.IPv6Address(host[1:-1]).compressed}]"
    if port is None or int(port) == _DEFAULT_PORTS.get(scheme):
        return f"{scheme}://{host}"
    if not 0 < int(port) <= 65535:
        raise ValueError(text)
    return f"{scheme}://{host}:{int(port)}"
