"""Which names mean this machine alone; knows no server."""

_LOOPBACK = ("127.", "::1", "localhost")


def is_loopback(host: str) -> bool:
    """Tell whether only programs of this machine can reach an address to listen on."""
    return host.startswith(_LOOPBACK)


def names_this_machine(header: str) -> bool:
    """Tell whether a `Host` header names this machine by a loopback address or as localhost."""
    name = header[: header.index("]") + 1] if header.startswith("[") and "]" in header else header.partition(":")[0]
    name = name.lower().rstrip(".")
    return name in ("localhost", "[::1]") or name.endswith(".localhost") or _is_loopback_v4(name)


def _is_loopback_v4(name: str) -> bool:
    parts = name.split(".")
    return len(parts) == 4 and parts[0] == "127" and all(part.isdigit() for part in parts)
