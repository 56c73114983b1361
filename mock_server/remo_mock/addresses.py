"""Host names, addresses and origins: which ones mean this machine, and how URLs and browsers write them."""

import ipaddress
import re
import socket
from urllib.parse import urlsplit

ANY_ORIGIN = "*"
"""Every origin, also the `null` of pages that were opened from a file."""

ORIGIN_FORM = "the origin of a page, such as http://localhost:3000 (scheme, host and port; no path), or * for any page"

_DEFAULT_PORTS = {"http": 80, "https": 443}
_ORIGIN = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<host>[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(?::(?P<port>\d{1,5}))?/?"
)


def is_loopback(host: str) -> bool:
    """Tell whether a host is reached by programs of this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_every_interface(host: str) -> bool:
    """Tell whether an address to listen on stands for all addresses of this machine."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def reachable(host: str) -> str:
    """Return the host to connect to for a server of this machine that listens on `host`."""
    if is_every_interface(host):
        return "::1" if ":" in host else "127.0.0.1"
    return host


def base_url(host: str, port: int) -> str:
    """Return the URL at which this machine reaches a server that listens on `host`."""
    host = reachable(host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_base_url(url: object) -> bool:
    """Tell whether something is the base URL of a server: http or https, a host, and no query."""
    try:
        parts = urlsplit(url) if isinstance(url, str) else None
        return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query
    except ValueError:
        return False


def url_for_others(host: str, port: int) -> str | None:
    """Return the URL at which other machines reach a server that listens on `host`; None if they cannot.

    For every interface it is the address by which this machine reaches others; without a network there is none.
    """
    if is_loopback(host):
        return None
    if is_every_interface(host):
        family, elsewhere = (socket.AF_INET6, "2001:db8::1") if ":" in host else (socket.AF_INET, "192.0.2.1")
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((elsewhere, 9))  # sends nothing: it only chooses the interface
                host = probe.getsockname()[0]
        except OSError:
            return None
    return base_url(host, port)


def names_this_machine(header: str) -> bool:
    """Tell whether a `Host` header names this machine by a loopback address or as localhost."""
    name = header[: header.index("]") + 1] if header.startswith("[") and "]" in header else header.partition(":")[0]
    name = name.lower().rstrip(".")
    return name in ("localhost", "[::1]") or name.endswith(".localhost") or _is_loopback_v4(name)


def is_of_a_foreign_page(*, site: str | None, origin: str | None, host: str) -> bool:
    """Tell whether a page of another site sends a request, by the headers Sec-Fetch-Site, Origin and Host.

    Programs send neither of the first two, old browsers only the second.
    """
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is not None and origin.partition("://")[2].lower() != host.lower()


def parse_origin(text: str) -> str:
    """Return an origin the way browsers write it: in lower case, without a last slash or the scheme's own port.

    Raises `ValueError` for what no browser sends, and for `null`, which stands for pages of every kind.
    """
    text = text.strip().lower()
    if text == ANY_ORIGIN:
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


def _is_loopback_v4(name: str) -> bool:
    parts = name.split(".")
    return len(parts) == 4 and parts[0] == "127" and all(part.isdigit() for part in parts)
