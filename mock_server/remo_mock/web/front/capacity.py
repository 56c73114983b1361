"""Finds out how many connections a worker can serve at once."""

import sys

# If it may open as many files; further connections wait. A silent one costs about 10 kB.
_CONNECTIONS = 8192
# Files that a worker opens for other ends than connections.
_OTHER_FILES = 256


def connections() -> int:
    """Return how many connections a worker can serve, after having raised its limit of open files as far as it may."""
    if sys.platform == "win32":
        return _CONNECTIONS
    import resource  # there is none on Windows

    wanted = _CONNECTIONS + _OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY:
        hard = wanted
    if 0 <= soft < min(wanted, hard):
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
        except (OSError, ValueError):  # macOS has a limit of its own below the hard one
            return max(soft - _OTHER_FILES, 1)
        soft = min(wanted, hard)
    return _CONNECTIONS if soft < 0 else max(min(_CONNECTIONS, soft - _OTHER_FILES), 1)
