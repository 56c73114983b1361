"""Which names mean this machine alone; knows no server."""

import ipaddress
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Tell whether only programs of this machine can reach an address to listen on."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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
