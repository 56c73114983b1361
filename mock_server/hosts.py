"""Which names mean this machine, alone or for all others, and how a URL writes them; knows no server."""

import ipaddress
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Tell whether only programs of this machine can reach an address to listen on."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_every_interface(host: str) -> bool:
    """Tell whether an address to listen on stands for all of this machine's."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def reachable(host: str) -> str:
    """Return where this machine reaches who listens on `host`."""
    if is_every_interface(host):
        return "::1" if ":" in host else "127.0.0.1"
    return host


def base_url(host: str, port: int) -> str:
    """Return the URL by which this machine reaches who listens on `host`."""
    host = reachable(host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


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
    return origin is not None and urlsplit(origin).netloc.lower() != host.lower()


def _is_loopback_v4(name: str) -> bool:
    parts = name.split(".")
    return len(parts) == 4 and parts[0] == "127" and all(part.isdigit() for part in parts)
